"""Cases as the rules of counting know them, read with their parts and steps: a batch in six queries.

Only here and in `actions` are the tables of cases read: to count what has changed, never to answer a question.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from yiwang.cases.models import Assignment, Case
from yiwang.cases.rules import Part, State, Told, county_of, has_it
from yiwang.catalogue.models import ItemVersion
from yiwang.catalogue.rules import Secrecy
from yiwang.insight.rules import marks
from yiwang.insight.rules.behind import keys_of
from yiwang.insight.rules.marks import Mark, Matter, Move, Offices, Where
from yiwang.insight.rules.outcomes import Outcome, outcome_of
from yiwang.people.roster import roster
from yiwang.supervision.queries import exempt


class _Case(NamedTuple):
    """What is read of a case: plain values, for a model's row takes longer to make than all that is counted of it."""

    number: int
    county: str
    state: str
    secrecy: str
    place: str
    item_id: int | None
    version_id: int | None
    told: str
    teller: str
    handler: str
    lead_id: int | None
    keeper_id: int | None
    part_of: int | None
    source: str
    opened_at: datetime
    due_at: datetime | None
    next_due_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    hand_backs: int
    extensions: int
    reopened: int
    reached: bool | None
    solved: bool | None
    satisfied: bool | None
    steps: int


_PART = ("case_id", "post_id", "part", "given_at", "sign_due", "handle_due", "signed_at", "ended_at", "ending")
_MOVES = """SELECT number, at, move, actor, coalesce(post_id, 0), given->>'way' = 'page',
    jsonb_array_length(coalesce(given->'photos', '[]')) > 0 FROM cases_step
    WHERE number = ANY(%s) AND county = ANY(%s) AND move = ANY(%s) ORDER BY number, seq"""
_COUNTED_MOVES = ["finish", "confirm", "send_back", "settle", "reopen", "call_back", "whistle", "grant_pause"]
_PROVES = frozenset({"finish", "settle"})
_PERSON = "person:"


@dataclass(frozen=True, slots=True)
class Read:
    """The columns of a case as it is to be kept, its marks and where they are counted, what became of it."""

    row: dict[str, Any]
    marks: list[Mark]
    where: Where
    outcome: Outcome


def read(numbers: Collection[int]) -> Iterator[Read]:
    """These cases as they stand now; what is sealed, or not there, is left out. Stands everywhere."""
    counties = sorted({county_of(number) for number in numbers})
    cases = Case.objects.filter(number__in=numbers, county__in=counties).exclude(secrecy=Secrecy.SEALED)
    # The cases last: what is read of them is never older than what is read beside them.
    parts, moves, let_off = _parts(numbers, counties), _moves(numbers, counties), exempt(numbers)
    again = _told_again(numbers, counties)
    rows = [_Case(*values) for values in cases.order_by("number").values_list(*_Case._fields)]
    boards = dict(ItemVersion.objects.filter(pk__in={case.version_id for case in rows}).values_list("pk", "board_id"))
    zone = timezone.get_default_timezone()
    for case in rows:
        matter = _matter(case, tuple(parts[case.number]), tuple(moves[case.number]), exempt=case.number in let_off)
        offices = offices_of(matter)
        found = marks.marks_of(matter, offices, zone)
        where = Where(case.place, boards.get(case.version_id or 0, 0), case.item_id or 0)
        became = outcome_of(matter, again[case.number], offices) if case.secrecy == Secrecy.OPEN else {}
        yield Read(_row(case, matter, found, where) | {"outcome": became}, found, where, became)


def _matter(case: _Case, parts: tuple[marks.Part, ...], moves: tuple[Move, ...], *, exempt: bool) -> Matter:
    return Matter(
        state=State(case.state), told=Told(case.told), teller=_person(case.teller), handler=_person(case.handler),
        lead=case.lead_id or 0, is_part=case.part_of is not None, is_brought_in=bool(case.source),
        opened_at=case.opened_at, due_at=case.due_at, finished_at=case.finished_at, closed_at=case.closed_at,
        extensions=case.extensions, reached=case.reached, solved=case.solved, satisfied=case.satisfied,
        parts=parts, moves=moves, exempt=exempt,
    )  # fmt: skip


def _row(case: _Case, matter: Matter, found: list[Mark], where: Where) -> dict[str, Any]:
    holder = has_it(matter.state, lead=case.lead_id, keeper=case.keeper_id) or 0
    return {
        "number": case.number, "county": case.county, "place": case.place, "board": where.board, "item": where.item,
        "state": case.state, "is_open": matter.is_open, "holder": holder, "unit": _unit(holder),
        "opened_at": case.opened_at, "next_due_at": case.next_due_at, "reopened": case.reopened,
        "hand_backs": case.hand_backs, "extensions": case.extensions, "steps": case.steps,
        "marks": [mark.packed() for mark in found], "behind": keys_of(found),
    }  # fmt: skip


def offices_of(matter: Matter) -> Offices:
    """What the counting needs to know of the posts that have or had a part in a case."""
    posts = {matter.lead, *(part.post for part in matter.parts)} - {0}
    lines = [line for post in posts if (line := roster().get(post))]
    return Offices(
        {line.id: line.unit for line in lines}, frozenset(line.id for line in lines if len(line.ground) >= marks.BASE)
    )


def _unit(post: int) -> int:
    line = roster().get(post)
    return line.unit if line else 0


def _person(subject: str) -> int:
    return int(subject.removeprefix(_PERSON)) if subject.startswith(_PERSON) else 0


def _parts(numbers: Collection[int], counties: list[str]) -> dict[int, list[marks.Part]]:
    found: dict[int, list[marks.Part]] = defaultdict(list)
    held = Assignment.objects.filter(case__in=list(numbers), county__in=counties).order_by("case", "pk")
    for number, post, part, given, sign, handle, signed, ended, ending in held.values_list(*_PART):
        found[number].append(marks.Part(post, part == Part.LEAD, given, sign, handle, signed, ended, ending))
    return found


def _moves(numbers: Collection[int], counties: list[str]) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_MOVES, [list(numbers), counties, _COUNTED_MOVES])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    for number, at, move, actor, post, by_page, photos in rows:
        found[number].append(Move(at, move, _person(actor), post, bool(by_page), photos and move in _PROVES))
    return found


def _told_again(numbers: Collection[int], counties: list[str]) -> Counter[int]:
    """How many reports were joined to each of these."""
    joined = Case.objects.filter(merged_into__in=list(numbers), county__in=counties)
    return Counter(into for into in joined.values_list("merged_into", flat=True) if into is not None)
