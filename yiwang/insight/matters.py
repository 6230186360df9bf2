"""Cases as the rules of counting know them, read with their parts and steps: a batch in six queries.

Only here and in `actions` are the tables of cases read: to count what has changed, never to answer a question.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from django.db import connection
from django.utils import timezone

from yiwang.cases.rules import Part, State, Told, county_of, has_it
from yiwang.catalogue.models import ItemVersion
from yiwang.catalogue.rules import Secrecy
from yiwang.insight.rules import marks
from yiwang.insight.rules.behind import keys_of
from yiwang.insight.rules.marks import Mark, Matter, Move, Offices, Where
from yiwang.insight.rules.outcomes import Outcome, outcome_of
from yiwang.people.roster import Roster, roster
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
    opened_at: str
    due_at: str | None
    next_due_at: str | None
    finished_at: str | None
    closed_at: str | None
    hand_backs: int
    extensions: int
    reopened: int
    reached: bool | None
    solved: bool | None
    satisfied: bool | None
    steps: int


# Moments come as text: what Django makes of a moment by itself takes ten times as long. Numbers go as one text, too.
_CASES = f"""SELECT {", ".join(f"{name}::text" if name.endswith("_at") else name for name in _Case._fields)}
    FROM cases_case WHERE number = ANY(%s::bigint[]) AND county = ANY(%s) AND secrecy <> 'sealed' ORDER BY number"""  # noqa: S608 - names of our own
_PARTS = """SELECT case_id, post_id, part, given_at::text, sign_due::text, handle_due::text, signed_at::text,
    ended_at::text, ending FROM cases_assignment
    WHERE case_id = ANY(%s::bigint[]) AND county = ANY(%s) ORDER BY case_id, id"""
_MOVES = """SELECT number, at::text, move, actor, coalesce(post_id, 0), given->>'way' = 'page',
    jsonb_array_length(coalesce(given->'photos', '[]')) > 0 FROM cases_step
    WHERE number = ANY(%s::bigint[]) AND county = ANY(%s) AND move = ANY(%s) ORDER BY number, seq"""
_TOLD_AGAIN = """SELECT merged_into, count(*) FROM cases_case
    WHERE merged_into = ANY(%s::bigint[]) AND county = ANY(%s) GROUP BY merged_into"""
KEPT = (
    "number", "county", "place", "board", "item", "state", "is_open", "holder", "unit", "opened_at", "next_due_at",
    "reopened", "hand_backs", "extensions", "steps", "marks", "outcome", "behind",
)  # fmt: skip
"""The columns of what is kept of a case, in the order of `Read.line`."""
_NULL = "\\N"
_COUNTED_MOVES = ["finish", "confirm", "send_back", "settle", "reopen", "call_back", "whistle", "grant_pause"]
_PROVES = frozenset({"finish", "settle"})
_PERSON = "person:"


@dataclass(frozen=True, slots=True)
class Read:
    """The row of a case as it is to be kept (`KEPT`), its marks and where they are counted, what became of it."""

    line: str
    marks: list[Mark]
    where: Where
    opened_at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Which:
    """Cases by their numbers, as PostgreSQL reads them."""

    numbers: str
    counties: list[str]

    @classmethod
    def of(cls, numbers: Collection[int]) -> "_Which":
        return cls(f"{{{','.join(map(str, numbers))}}}", sorted({county_of(number) for number in numbers}))

    def asked(self, statement: str, *more: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, [self.numbers, self.counties, *more])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def read(numbers: Collection[int]) -> Iterator[Read]:
    """These cases as they stand now; what is sealed, or not there, is left out. Stands everywhere."""
    which, posts = _Which.of(numbers), roster()
    # The cases last: what is read of them is never older than what is read beside them.
    parts, moves, let_off = _parts(which), _moves(which), exempt(numbers)
    again = dict(which.asked(_TOLD_AGAIN))
    rows = [_Case(*values) for values in which.asked(_CASES)]
    boards = dict(ItemVersion.objects.filter(pk__in={case.version_id for case in rows}).values_list("pk", "board_id"))
    zone = timezone.get_default_timezone()
    for case in rows:
        number = case.number
        matter = _matter(case, parts.get(number, ()), moves.get(number, ()), exempt=number in let_off)
        offices = offices_of(matter, posts)
        found = marks.marks_of(matter, offices, zone)
        where = Where(case.place, boards.get(case.version_id or 0, 0), case.item_id or 0)
        became = outcome_of(matter, again.get(number, 0), offices) if case.secrecy == Secrecy.OPEN else {}
        line = _line(case, matter, where=where, found=found, became=became, posts=posts)
        yield Read(line, found, where, matter.opened_at, became)


def _matter(case: _Case, parts: Iterable[marks.Part], moves: Iterable[Move], *, exempt: bool) -> Matter:
    return Matter(
        state=State(case.state), told=Told(case.told), teller=_person(case.teller), handler=_person(case.handler),
        lead=case.lead_id or 0, is_part=case.part_of is not None, is_brought_in=bool(case.source),
        opened_at=datetime.fromisoformat(case.opened_at), due_at=_moment(case.due_at),
        finished_at=_moment(case.finished_at), closed_at=_moment(case.closed_at),
        extensions=case.extensions, reached=case.reached, solved=case.solved, satisfied=case.satisfied,
        parts=tuple(parts), moves=tuple(moves), exempt=exempt,
    )  # fmt: skip


def _line(case: _Case, matter: Matter, *, where: Where, found: list[Mark], became: Outcome, posts: Roster) -> str:
    """A row as COPY reads it: numbers, codes, moments and words of our own, in none of which anything is to escape."""
    holder = has_it(matter.state, lead=case.lead_id, keeper=case.keeper_id) or 0
    kept = orjson.dumps([mark.packed() for mark in found]).decode()
    outcome = orjson.dumps(became, option=orjson.OPT_NON_STR_KEYS).decode()
    return (
        f"{case.number}\t{case.county}\t{case.place}\t{where.board}\t{where.item}\t{case.state}\t{matter.is_open}\t"
        f"{holder}\t{_unit(holder, posts)}\t{case.opened_at}\t{case.next_due_at or _NULL}\t{case.reopened}\t"
        f"{case.hand_backs}\t{case.extensions}\t{case.steps}\t{kept}\t{outcome}\t"
        f"{{{','.join(map(str, keys_of(found)))}}}\n"
    )


def offices_of(matter: Matter, posts: Roster) -> Offices:
    """What the counting needs to know of the posts that have or had a part in a case."""
    there = {matter.lead, *(part.post for part in matter.parts)} - {0}
    lines = [line for post in there if (line := posts.get(post))]
    return Offices(
        {line.id: line.unit for line in lines}, frozenset(line.id for line in lines if len(line.ground) >= marks.BASE)
    )


def _unit(post: int, posts: Roster) -> int:
    line = posts.get(post)
    return line.unit if line else 0


def _person(subject: str) -> int:
    return int(subject.removeprefix(_PERSON)) if subject.startswith(_PERSON) else 0


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _parts(which: _Which) -> dict[int, list[marks.Part]]:
    found: dict[int, list[marks.Part]] = defaultdict(list)
    for number, post, part, given, sign, handle, signed, ended, ending in which.asked(_PARTS):
        given_at, sign_due, handle_due = map(datetime.fromisoformat, (given, sign, handle))
        lead, signed_at, ended_at = part == Part.LEAD, _moment(signed), _moment(ended)
        found[number].append(marks.Part(post, lead, given_at, sign_due, handle_due, signed_at, ended_at, ending))
    return found


def _moves(which: _Which) -> dict[int, list[Move]]:
    found: dict[int, list[Move]] = defaultdict(list)
    for number, at, move, actor, post, by_page, photos in which.asked(_MOVES, _COUNTED_MOVES):
        shown = photos and move in _PROVES
        found[number].append(Move(datetime.fromisoformat(at), move, _person(actor), post, bool(by_page), shown))
    return found
