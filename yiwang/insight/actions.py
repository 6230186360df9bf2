"""Keep the roll-ups: find the cases that have moved, take away what they had added, add what they add now.

Each batch is one transaction that holds the row of `Progress`: however many workers count, and wherever one is killed,
the tallies are the sum of the marks that are kept. A case counted twice adds nothing the second time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.db import connection, transaction
from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.cases.rules import county_of
from yiwang.insight.matters import read
from yiwang.insight.models import BECAME, MEASURES, Counted, Outcome, Progress, Tally
from yiwang.insight.rules import behind, marks, outcomes
from yiwang.insight.rules.marks import Added, Key, Mark, Where, add
from yiwang.insight.rules.outcomes import At, Summed, sum_up
from yiwang.plumbing.walls.certainty import certain_at

BATCH = 5000
VERSION = 10_000 * behind.VERSION + 100 * marks.VERSION + outcomes.VERSION
"""Of all rules by which is counted; another one, and every case is counted anew."""
# By its length a history is known to be longer than the one that was counted. What is sealed is not counted, and what
# has been sealed since then not any more.
_MOVED = """
SELECT moved.number FROM (
    SELECT number, county, max(seq) AS steps FROM cases_step WHERE recorded_at >= %s GROUP BY number, county
) AS moved
JOIN cases_case AS k ON k.number = moved.number AND k.county = moved.county
LEFT JOIN insight_counted AS c ON c.number = moved.number AND c.county = moved.county
WHERE c.steps < moved.steps OR (c.steps IS NULL AND k.secrecy <> 'sealed') ORDER BY moved.number LIMIT %s
"""
_ADD = f"""
INSERT INTO insight_tally (county, facet, place, day, key, {", ".join(MEASURES)})
SELECT county, facet, place, day, key, {", ".join(f"coalesce({name}, 0)" for name in MEASURES)}
FROM json_populate_recordset(NULL::insight_tally, %s::text::json)
ON CONFLICT (county, facet, place, day, key) DO UPDATE
SET {", ".join(f"{name} = insight_tally.{name} + excluded.{name}" for name in MEASURES)}
"""  # noqa: S608 - names of our own
_SUM_UP = f"""
INSERT INTO insight_outcome (county, place, month, item, unit, {", ".join(BECAME)})
SELECT county, place, month, item, unit, {", ".join(f"coalesce({name}, 0)" for name in BECAME)}
FROM json_populate_recordset(NULL::insight_outcome, %s::text::json)
ON CONFLICT (county, place, month, item, unit) DO UPDATE
SET {", ".join(f"{name} = insight_outcome.{name} + excluded.{name}" for name in BECAME)}
"""  # noqa: S608 - as above
# A report that is joined to another case, or taken out again, adds to that one's outcome without a step of it.
_JOINED = """
SELECT DISTINCT (given->>'into')::bigint FROM cases_step
WHERE number = ANY(%s) AND county = ANY(%s) AND move IN ('merge', 'follow')
"""
_COLUMNS = [field.attname for field in Counted._meta.local_concrete_fields]  # noqa: SLF001
_KEEP = f"""
INSERT INTO insight_counted ({", ".join(_COLUMNS)})
SELECT {", ".join(_COLUMNS)} FROM json_populate_recordset(NULL::insight_counted, %s::text::json)
ON CONFLICT (number, county) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
"""  # noqa: S608 - as above
# A clock that was set back may have recorded something before what was thought certain.
_LOOK_BACK = timedelta(days=1)

Told = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Followed:
    """How many cases were counted, and whether more wait."""

    cases: int
    more: bool


@transaction.atomic
def follow(*, now: datetime, most: int = BATCH) -> Followed:
    """Count the cases that have moved since the last time, and so many of those there were before counting began.

    Stands everywhere. Safe to run at any time, by as many workers as there are: the second waits for the first.
    """
    progress = _progress(now)
    certain = certain_at()
    # Later than the question before it, so that whatever is certain can be seen.
    since = progress.certain_at if progress.certain_at <= certain else certain - _LOOK_BACK
    moved = _moved(since, most)
    _count(sorted({*moved, *_joined(moved)}))
    if len(moved) < most:
        progress.certain_at = certain
    walked = _walk(progress, most) if progress.walked is not None else 0
    progress.counted_at = now
    progress.save()
    return Followed(len(moved) + walked, more=len(moved) == most or progress.walked is not None)


@transaction.atomic
def count_again(number: int, *, now: datetime) -> None:
    """Count one case anew: something beside its history has changed what it adds. Stands everywhere."""
    _progress(now).save()
    _count([number])


@transaction.atomic
def begin_again(*, now: datetime) -> None:
    """Forget all that was counted: `follow` then counts every case anew, batch by batch. Stands everywhere."""
    progress = _progress(now)
    _forget(progress)
    progress.save()


def count_all(*, now: datetime, told: Told = lambda _done, _of: None) -> int:
    """Count every case anew until all are; how many. For an installation into which many came at once."""
    begin_again(now=now)
    done = 0
    while True:
        followed = follow(now=now)
        done += followed.cases
        told(done, None)
        if not followed.more:
            return done


def _progress(now: datetime) -> Progress:
    """How far it is, nobody else's to change until the transaction ends; begun anew where the rules are others."""
    fresh = {"version": VERSION, "certain_at": certain_at, "walked": 0, "counted_at": now}
    Progress.objects.get_or_create(id=1, defaults=fresh)
    progress = Progress.objects.select_for_update().get(id=1)
    if progress.version != VERSION:
        _forget(progress)
    return progress


def _forget(progress: Progress) -> None:
    Counted.objects.all().delete()
    Tally.objects.all().delete()
    Outcome.objects.all().delete()
    progress.version, progress.certain_at, progress.walked = VERSION, certain_at(), 0


def _moved(since: datetime, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [since, most])
        return [number for (number,) in cursor.fetchall()]


def _walk(progress: Progress, most: int) -> int:
    """Count the next cases in the order of their numbers."""
    following = Case.objects.filter(number__gt=progress.walked).order_by("number")
    numbers = list(following.values_list("number", flat=True)[:most])
    _count(numbers)
    progress.walked = numbers[-1] if len(numbers) == most else None
    return len(numbers)


def _joined(numbers: list[int]) -> list[int]:
    """The cases to which these were joined at any time."""
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_JOINED, [numbers, sorted({county_of(number) for number in numbers})])
        return [number for (number,) in cursor.fetchall() if number is not None]


def _count(numbers: list[int]) -> None:
    """Let the roll-ups say of these cases what holds now."""
    if not numbers:
        return
    added: Added = {}
    summed: Summed = {}
    known = _take_away(numbers, added, summed)
    found = list(read(numbers))
    for one in found:
        add(added, one.marks, one.where)
        sum_up(summed, one.outcome, at(one.where, one.row["opened_at"]))
    gone = known - {one.row["number"] for one in found}
    Counted.objects.filter(number__in=gone).delete()
    _write(_KEEP, [one.row for one in found])
    _write(_ADD, [_summed(key, sums) for key, sums in sorted(added.items()) if any(sums.values())])
    _write(_SUM_UP, [_became(key, sums) for key, sums in sorted(summed.items()) if any(sums.values())])


def _take_away(numbers: list[int], added: Added, summed: Summed) -> set[int]:
    """What these cases had added before; gives the numbers of those that had."""
    known = set()
    before = Counted.objects.filter(number__in=numbers).values_list(
        "number", "place", "board", "item", "marks", "opened_at", "outcome"
    )
    for number, place, board, item, kept, opened_at, outcome in before:
        known.add(number)
        where = Where(place, board, item)
        add(added, map(Mark.unpacked, kept), where, times=-1)
        became = {int(unit): counts for unit, counts in outcome.items()}
        sum_up(summed, became, at(where, opened_at), times=-1)
    return known


def at(where: Where, opened_at: datetime) -> At:
    """Where the outcome of a case that was received then is summed."""
    return At(where.place, timezone.localdate(opened_at).replace(day=1), where.item)


def _became(key: outcomes.Key, sums: dict[str, int]) -> dict[str, Any]:
    place, month, item, unit = key
    return {"county": place[:6], "place": place, "month": month, "item": item, "unit": unit, **sums}


def _summed(key: Key, sums: dict[str, int]) -> dict[str, Any]:
    facet, place, day, own = key
    return {"county": place[:6], "facet": facet, "place": place, "day": day, "key": own, **sums}


def _write(statement: str, rows: list[dict[str, Any]]) -> None:
    """In one round trip; in one order, so that two who write never wait for each other."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(statement, [orjson.dumps(rows, option=orjson.OPT_NON_STR_KEYS).decode()])
