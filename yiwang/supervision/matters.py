"""Cases as the clock knows them: a batch in three queries. Only here are the tables of cases read to be followed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from yiwang.cases.models import Case
from yiwang.cases.rules import TAKE_UP_WITHIN, State, county_of, has_it
from yiwang.catalogue.models import ItemVersion
from yiwang.catalogue.queries import promise
from yiwang.catalogue.rules import Secrecy, Stage
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.supervision.rules.clock import Running, whole_of

# With these a limit begins; the others leave the one that runs, or move its end.
_BEGINS = frozenset(
    {
        "report", "accept", "reclassify", "separate", "dispatch", "assign_firmly", "hand_back", "recall", "settle",
        "finish", "confirm", "send_back", "reopen", "join_up",
    }
)  # fmt: skip
_STOPS, _GOES_ON = "grant_pause", "resume"
_STEPS = """SELECT number, at, move FROM cases_step
    WHERE number = ANY(%s) AND county = ANY(%s) AND move = ANY(%s) ORDER BY number, seq"""
_MOVES = [*sorted(_BEGINS), _STOPS, _GOES_ON]


class _Row(NamedTuple):
    number: int
    county: str
    state: str
    place: str
    version_id: int | None
    urgency: str
    next_due_at: datetime | None
    next_stage: str
    opened_at: datetime
    paused_at: datetime | None
    lead_id: int | None
    keeper_id: int | None
    steps: int


@dataclass(frozen=True, slots=True)
class Matter:
    """A case as it stands: in which stage since when (`begun`), what limit runs, and who has it.

    No stage: it has ended, or goes on in parts. A stage and nothing that runs: it is paused.
    """

    number: int
    county: str
    place: str
    steps: int
    board: int
    urgency: str
    holder: int | None
    stage: Stage | None
    begun: datetime | None
    running: Running | None


Told = tuple[datetime, str]


def read(numbers: Collection[int]) -> Iterator[Matter]:
    """These cases as they stand now; what is sealed, or not there, is left out. Stands everywhere."""
    counties = sorted({county_of(number) for number in numbers})
    cases = Case.objects.filter(number__in=numbers, county__in=counties).exclude(secrecy=Secrecy.SEALED)
    steps = _steps(numbers, counties)
    # The cases last: what is read of them is never older than what is read beside them.
    rows = [_Row(*values) for values in cases.order_by("number").values_list(*_Row._fields)]
    boards = dict(ItemVersion.objects.filter(pk__in={row.version_id for row in rows}).values_list("pk", "board_id"))
    for row in rows:
        stage = Stage(row.next_stage) if row.next_stage and row.next_due_at else None
        begun, pauses = _begun(row, steps.get(row.number, ())) if stage else (None, [])
        # While a case is paused its clock stands still: it goes on by itself, and is looked at again then.
        runs = stage and begun and row.paused_at is None
        yield Matter(
            row.number, row.county, row.place, row.steps, boards.get(row.version_id or 0, 0), row.urgency,
            has_it(State(row.state), lead=row.lead_id, keeper=row.keeper_id), stage, begun,
            _running(row, stage, begun, pauses) if runs else None,  # type: ignore[arg-type]
        )  # fmt: skip


def _steps(numbers: Collection[int], counties: list[str]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, [list(numbers), counties, _MOVES])
        for number, at, move in cursor.fetchall():
            found[number].append((at, move))
    return found


def _running(row: _Row, stage: Stage, begun: datetime, pauses: list[tuple[datetime, datetime]]) -> Running:
    assert row.next_due_at is not None, "what runs is due"
    working = (promise(row.version_id, stage) if row.version_id else TAKE_UP_WITHIN).working
    whole = whole_of(begun, row.next_due_at, pauses, calendar_for(row.place), working=working)
    return Running(begun, row.next_due_at, whole, working)


def _begun(row: _Row, told: Iterable[Told]) -> tuple[datetime, list[tuple[datetime, datetime]]]:
    """When the limit that runs began, and from when to when it stood still since."""
    begun, stopped = row.opened_at, None
    pauses: list[tuple[datetime, datetime]] = []
    for at, move in told:
        if move in _BEGINS:
            begun, stopped, pauses = at, None, []
        elif move == _STOPS:
            stopped = at
        elif stopped is not None:
            pauses.append((stopped, at))
            stopped = None
    return begun, pauses
