"""Open cases as timing anew knows them: a batch, locked, in four queries. Who is busy with a case is passed over."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from yiwang.cases.models import Assignment, Case, Step
from yiwang.cases.rules import BEING_PROVEN, OPEN, Ending, State, county_of
from yiwang.cases.rules import Part as PartKind
from yiwang.catalogue.models import ItemVersion
from yiwang.catalogue.queries import promise
from yiwang.catalogue.rules import Stage, Urgency
from yiwang.retiming.rules import MOVES, Limits, Matter, Part, Told


@dataclass(frozen=True, slots=True)
class Found:
    """A case that is locked, its parts that may still go on, how its limits came about, and what they are."""

    case: Case
    parts: tuple[Assignment, ...]
    matter: Matter
    kept: Limits


def take_in(numbers: Collection[int]) -> Iterator[Found]:
    """The open ones of these cases, locked; whoever is held by somebody else is left out, and comes later."""
    counties = sorted({county_of(number) for number in numbers})
    here = {"county__in": counties, "number__in": list(numbers)}
    cases = Case.objects.filter(**here, state__in=sorted(state.value for state in OPEN)).order_by("number")
    held = list(cases.select_for_update(skip_locked=True))
    mine = [case.number for case in held]
    told, parts = _told(mine, counties), _parts(held, counties)
    own = dict(ItemVersion.objects.filter(pk__in={c.version_id for c in held}).values_list("pk", "urgency"))
    for case in held:
        rows = tuple(parts[case.number])
        promises = {stage: promise(case.version_id, stage) for stage in Stage} if case.version_id else None
        # What the item calls an emergency has the item's limits; a danger that it does not know, is looked at at once.
        danger = case.urgency == Urgency.EMERGENCY and own.get(case.version_id or 0) != Urgency.EMERGENCY
        matter = Matter(tuple(told[case.number]), tuple(map(_part, rows)), promises, danger)
        dues = {row.pk: (row.sign_due, row.handle_due) for row in rows}
        yield Found(case, rows, matter, Limits(case.due_at, case.next_due_at, case.provisional, dues))


def gone(numbers: Collection[int]) -> list[int]:
    """Those of these cases that are not open any more: nothing is timed anew for them."""
    counties = sorted({county_of(number) for number in numbers})
    cases = Case.objects.filter(county__in=counties, number__in=list(numbers))
    still = set(cases.filter(state__in=sorted(state.value for state in OPEN)).values_list("number", flat=True))
    return [number for number in numbers if number not in still]


def _part(row: Assignment) -> Part:
    return Part(row.pk, row.part == PartKind.LEAD, row.given_at, row.hours, row.signed_at)


def _told(numbers: Collection[int], counties: list[str]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    steps = Step.objects.filter(county__in=counties, number__in=list(numbers), move__in=sorted(MOVES))
    for number, at, move, given in steps.order_by("number", "seq").values_list("number", "at", "move", "given"):
        found[number].append(Told(at, move, given))
    return found


def _parts(cases: Collection[Case], counties: list[str]) -> dict[int, list[Assignment]]:
    """The parts that go on; of what is being proven, the lead's, which goes on if it is sent back."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    states = {case.number: State(case.state) for case in cases}
    rows = Assignment.objects.filter(county__in=counties, case__in=list(states)).order_by("case", "-pk")
    for row in rows.filter(ending__in=["", Ending.DONE.value]):
        of_case = found[row.case_id]
        leads = row.part == PartKind.LEAD
        proven = leads and states[row.case_id] in BEING_PROVEN and not any(p.part == PartKind.LEAD for p in of_case)
        if row.ended_at is None or proven:
            of_case.append(row)
    return found
