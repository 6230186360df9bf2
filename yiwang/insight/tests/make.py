"""What the roll-ups should hold, counted from nothing; and what they hold."""

from yiwang.cases.models import Case
from yiwang.insight.counting import at
from yiwang.insight.matters import read
from yiwang.insight.models import BECAME, MEASURES, Counted, Outcome, Tally
from yiwang.insight.rules.marks import SUMS, Added, add
from yiwang.insight.rules.outcomes import SUMS as OUTCOMES
from yiwang.insight.rules.outcomes import Key, Summed, sum_up

Sums = dict[tuple[str, str, str, int], dict[str, int]]
Became = dict[Key, dict[str, int]]


def recount() -> Sums:
    """Every tally that is not nothing, summed anew from the cases as they stand."""
    added: Added = {}
    for one in read(list(Case.objects.values_list("number", flat=True))):
        add(added, one.marks, one.where)
    return _plain((facet, place, str(day), key, SUMS.counts(sums)) for (facet, place, day, key), sums in added.items())


def tallies() -> Sums:
    """Every tally that is not nothing, as it is kept."""
    return _plain(
        (row.facet, row.place, str(row.day), row.key, {name: getattr(row, name) for name in MEASURES})
        for row in Tally.objects.all()
    )


def outcomes_anew() -> Became:
    """Every outcome that is not nothing, summed anew from the cases as they stand."""
    summed: Summed = {}
    for one in read(list(Case.objects.values_list("number", flat=True))):
        sum_up(summed, one.outcome, at(one.where, one.opened_at))
    return {key: OUTCOMES.counts(sums) for key, sums in summed.items()}


def outcomes() -> Became:
    """Every outcome that is not nothing, as it is kept."""
    rows = {
        (row.place, row.month, row.item, row.unit): {name: n for name in BECAME if (n := getattr(row, name))}
        for row in Outcome.objects.all()
    }
    return {key: sums for key, sums in rows.items() if sums}


def counted() -> dict[int, tuple[str, str, int]]:
    """State, place and length of history of every case that is counted."""
    return {row.number: (row.state, row.place, row.steps) for row in Counted.objects.all()}


def _plain(rows) -> Sums:  # type: ignore[no-untyped-def]  # noqa: ANN001
    kept = {}
    for facet, place, day, key, sums in rows:
        if said := {name: n for name, n in sums.items() if n}:
            kept[facet, place, day, key] = said
    return kept
