"""What a case adds to the numbers: its marks, and the tallies into which each of them goes.

A case's marks follow from how it stands and from its history alone. They are kept beside it, so that exactly what it
added can be taken away again when it has moved on: the tallies are always the sum of all marks.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Any

from yiwang.cases.rules import BEING_PROVEN, OPEN, WITH_A_POST, Ending, State, Told
from yiwang.insight.rules.abacus import Abacus
from yiwang.insight.rules.durations import bucket_of

VERSION = 3
"""Of these rules: another one lets every installation count all its cases anew."""


class Measure(StrEnum):
    """What is counted, each on the day on which it happened unless another is named."""

    REPORTED = "reported"  # told, by the day received; the parts of a split case are not told anew
    ACCEPTED = "accepted"  # taken on, by the day received
    UNOWNED = "unowned"  # of these, accepted and still on a desk because no post answers for it
    DUE = "due"  # promised for that day, or of a post: its part was to be done by then
    DUE_CLOSED = "due_closed"  # of these, done by now
    DUE_IN_TIME = "due_in_time"  # of these, done in time
    CLOSED = "closed"
    MINUTES = "minutes"  # between receipt and closing, of the closed
    ON_THE_SPOT = "on_the_spot"  # of the closed, settled where it was found
    AT_BASE = "at_base"  # of the closed, dealt with by community or grid
    REWORKED = "reworked"  # of the closed, sent back or opened again at least once; of what a person finished, too
    EXTENDED = "extended"  # of the closed, given more time
    ASKED = "asked"  # of the closed, whose reporter was called or tried
    REACHED = "reached"
    SOLVED = "solved"
    SATISFIED = "satisfied"
    RATED = "rated"  # of the closed, judged by the reporter on their own page
    RATED_SATISFIED = "rated_satisfied"
    REOPENED = "reopened"
    GIVEN = "given"  # parts given to a post to lead, by the day given
    SIGNED_IN_TIME = "signed_in_time"  # of these
    HANDED_BACK = "handed_back"  # of these
    CHECKED = "checked"  # somebody's look whether it is done


class Facet(StrEnum):
    """By what tallies are kept apart inside a place, each by its key."""

    BOARD = "board"
    HOUR = "hour"
    ITEM = "item"
    UNIT = "unit"
    POST = "post"
    PERSON = "person"
    DURATION = "duration"  # how long closing took, for what no sum can say: the median


@dataclass(frozen=True, slots=True)
class Kept:
    """How a facet's tallies are kept: for places of so many digits (county 6, town 9, community 12, grid 15), by day
    or by month (then on its first day), and only of these measures where it says so.

    What is asked for a place is a row or a few for each day, never a sum over all that lies in it.
    """

    facet: Facet
    levels: tuple[int, ...]
    monthly: bool = False
    only: frozenset[str] = frozenset()


_HOURLY = frozenset({Measure.REPORTED.value, Measure.CLOSED.value})
DAILY_LEVELS = (6, 9, 12)
LEVELS_BY_HOUR = (6, 9)
OF_MATTERS = (
    Kept(Facet.BOARD, DAILY_LEVELS),
    Kept(Facet.BOARD, (15,), monthly=True),
    Kept(Facet.ITEM, (6, 9), only=frozenset({Measure.REPORTED.value})),
    Kept(Facet.HOUR, LEVELS_BY_HOUR, only=_HOURLY),
)
OF_CLOSING = Kept(Facet.DURATION, LEVELS_BY_HOUR, only=frozenset({Measure.CLOSED.value}))
OF_POSTS = (Kept(Facet.UNIT, (6, 9)), Kept(Facet.POST, (12,)))
OF_PEOPLE = (Kept(Facet.PERSON, (15,), monthly=True),)
BASE = 12
_OF_SOMEBODY = {Facet.UNIT, Facet.POST, Facet.PERSON}
_ENDED_OTHERWISE = {State.DECLINED, State.MERGED, State.WITHDRAWN, State.SPLIT}
_HAS_LEAD = WITH_A_POST | BEING_PROVEN | {State.CLOSED}
_NOBODY = 0
_DUE = frozenset({Measure.DUE.value, Measure.DUE_CLOSED.value, Measure.DUE_IN_TIME.value})
# Asked once: of every case some thirty are said, and an enum is slow to tell its value.
_NAMES = {measure: measure.value for measure in Measure}
SUMS = Abacus(_NAMES.values())
"""How the counts of a tally are packed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a post has or had in a case."""

    post: int
    is_lead: bool
    given_at: datetime
    sign_due: datetime
    handle_due: datetime
    signed_at: datetime | None
    ended_at: datetime | None
    ending: str


@dataclass(frozen=True, slots=True)
class Move:
    """A step of a case's history, as far as it is counted. `actor`: the person's number, 0 for anybody else.

    `shown`: photos were brought with it.
    """

    at: datetime
    move: str
    actor: int
    post: int
    by_page: bool = False
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """A case as it stands. `teller`, `handler`: numbers of people, 0 for nobody known; `lead` a post, or 0."""

    state: State
    told: Told
    teller: int
    handler: int
    lead: int
    is_part: bool
    is_brought_in: bool
    opened_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    extensions: int
    reached: bool | None
    solved: bool | None
    satisfied: bool | None
    parts: tuple[Part, ...] = ()
    moves: tuple[Move, ...] = ()
    exempt: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state in OPEN

    @property
    def is_whole_of_parts(self) -> bool:
        """Whether it went on in parts, which are counted instead of it."""
        return self.state in _HAS_LEAD and not self.lead and not self.is_brought_in

    @property
    def counts(self) -> bool:
        """Whether somebody has to deal with it, or has."""
        return self.state not in _ENDED_OTHERWISE and not self.is_whole_of_parts

    @property
    def done_at(self) -> datetime | None:
        """When it was done, as far as it is closed: the limit is the handler's, the proof afterwards has its own."""
        return (self.finished_at or self.closed_at) if self.state is State.CLOSED else None


@dataclass(slots=True)
class Mark:
    """What a case adds on one day: to the matters' numbers (no post, no person), a post's or a person's.

    `hour` is 0 to 23 in the installation's zone; -1 where only the day matters.
    """

    day: date
    hour: int = -1
    post: int = _NOBODY
    unit: int = _NOBODY
    person: int = _NOBODY
    counts: dict[str, int] = field(default_factory=dict)

    def packed(self) -> list[object]:
        """As it is kept in JSON."""
        return [self.day.toordinal(), self.hour, self.post, self.unit, self.person, self.counts]

    @classmethod
    def unpacked(cls, kept: list[Any]) -> "Mark":
        """The mark that was kept so."""
        return cls(date.fromordinal(kept[0]), *kept[1:])


@dataclass(frozen=True, slots=True)
class Where:
    """Where a case is counted: its place (code), board and item (ids, 0 for none)."""

    place: str
    board: int
    item: int


# Facet, place, day, key. Plain words and tuples here and in marks: a county's year is millions of them.
Key = tuple[str, str, date, int]
Added = dict[Key, int]
"""What is added to each tally, packed (`SUMS`)."""
_KEYS: dict[Facet, Callable[[Mark, Where], int]] = {
    Facet.BOARD: lambda _mark, where: where.board, Facet.ITEM: lambda _mark, where: where.item,
    Facet.HOUR: lambda mark, _where: mark.hour, Facet.UNIT: lambda mark, _where: mark.unit,
    Facet.POST: lambda mark, _where: mark.post, Facet.PERSON: lambda mark, _where: mark.person,
    Facet.DURATION: lambda mark, _where: bucket_of(mark.counts[Measure.MINUTES]),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offices:
    """What is known of a post: its unit, and whether it stands at the base (community or grid)."""

    units: dict[int, int]
    at_base: frozenset[int]


def marks_of(matter: Matter, offices: Offices, zone: tzinfo) -> list[Mark]:
    """All that a case adds to the numbers, in a fixed order. Days and hours are those of `zone`.

    Of one that is exempt, after an appeal, nothing is counted as due: neither late nor in time.
    """
    found = list(_all_marks(matter, offices, zone))
    for mark in found if matter.exempt else ():
        mark.counts = {name: n for name, n in mark.counts.items() if name not in _DUE}
    return [mark for mark in found if mark.counts]


def _all_marks(matter: Matter, offices: Offices, zone: tzinfo) -> Iterator[Mark]:
    opened, *_rest = _day_and_hour(matter.opened_at, zone), None
    taken = matter.counts and matter.state is not State.REPORTED
    unowned = matter.state is State.ACCEPTED and not matter.lead
    told = {Measure.REPORTED: not matter.is_part, Measure.ACCEPTED: taken, Measure.UNOWNED: unowned}
    yield Mark(*opened, counts=_set(told))
    if matter.told is Told.WORKER and matter.teller:
        yield Mark(opened[0], person=matter.teller, counts=_set({Measure.REPORTED: True}))
    if matter.counts and matter.due_at:
        yield Mark(_day(matter.due_at, zone), counts=_due(matter.due_at, matter.done_at, closed=_is_closed(matter)))
    if matter.counts and matter.closed_at and _is_closed(matter):
        yield from _of_closing(matter, offices, zone)
    for part in _parts(matter):
        yield from _of_part(part, offices, zone)
    yield from _of_moves(matter, offices, zone)


def _of_closing(matter: Matter, offices: Offices, zone: tzinfo) -> Iterator[Mark]:
    assert matter.closed_at is not None
    day, hour = _day_and_hour(matter.closed_at, zone)
    moves = {move.move for move in matter.moves}
    asked = [move for move in matter.moves if move.move == "call_back"]
    by_page = bool(asked and asked[-1].by_page)
    called = matter.reached is not None and not by_page
    counts = _set({
        Measure.CLOSED: True,
        Measure.ON_THE_SPOT: "settle" in moves,
        Measure.AT_BASE: matter.lead in offices.at_base,
        Measure.REWORKED: bool(moves & {"send_back", "reopen"}),
        Measure.EXTENDED: matter.extensions > 0,
        Measure.ASKED: called,
        Measure.REACHED: called and bool(matter.reached),
        Measure.SOLVED: called and bool(matter.reached and matter.solved),
        Measure.SATISFIED: called and bool(matter.reached and matter.satisfied),
        Measure.RATED: by_page,
        Measure.RATED_SATISFIED: by_page and bool(matter.satisfied),
    })  # fmt: skip
    counts[Measure.MINUTES.value] = max(0, int((matter.closed_at - matter.opened_at).total_seconds()) // 60)
    yield Mark(day, hour, counts=counts)
    if matter.lead:
        yield Mark(day, post=matter.lead, unit=offices.units.get(matter.lead, _NOBODY), counts=dict(counts))


def _parts(matter: Matter) -> Iterable[Part]:
    """The parts that posts had; of what another system brought in only its lead's is known."""
    if matter.parts or not (matter.lead and matter.due_at and matter.counts and matter.is_brought_in):
        return matter.parts
    ending = Ending.DONE.value if matter.done_at else ""
    return (
        Part(matter.lead, True, matter.opened_at, matter.due_at, matter.due_at, None, matter.done_at, ending),
    )  # fmt: skip


def _of_part(part: Part, offices: Offices, zone: tzinfo) -> Iterator[Mark]:
    whose = {"post": part.post, "unit": offices.units.get(part.post, _NOBODY)}
    if part.is_lead:
        in_time = part.signed_at is not None and part.signed_at <= part.sign_due
        given = {Measure.GIVEN: True, Measure.SIGNED_IN_TIME: in_time,
                 Measure.HANDED_BACK: part.ending == Ending.HANDED_BACK}  # fmt: skip
        yield Mark(_day(part.given_at, zone), **whose, counts=_set(given))
    if part.ending in {"", Ending.DONE}:
        done = part.ended_at if part.ending else None
        yield Mark(_day(part.handle_due, zone), **whose, counts=_due(part.handle_due, done, closed=done is not None))


def _of_moves(matter: Matter, offices: Offices, zone: tzinfo) -> Iterator[Mark]:
    finished_by = _NOBODY
    for move in matter.moves:
        day = _day(move.at, zone)
        if move.move in {"finish", "settle"}:
            finished_by = move.actor
        if move.move in {"send_back", "reopen"} and finished_by:
            yield Mark(day, person=finished_by, counts=_set({Measure.REWORKED: True}))
        if move.move in {"confirm", "send_back"} and move.actor:
            yield Mark(day, person=move.actor, counts=_set({Measure.CHECKED: True}))
        elif move.move == "settle" and move.actor:
            yield Mark(day, person=move.actor, counts=_set({Measure.ON_THE_SPOT: True}))
        elif move.move == "reopen":
            yield Mark(day, counts=_set({Measure.REOPENED: True}))
            if matter.lead:
                unit = offices.units.get(matter.lead, _NOBODY)
                yield Mark(day, post=matter.lead, unit=unit, counts=_set({Measure.REOPENED: True}))
    if matter.handler and matter.finished_at:
        in_time = matter.due_at is not None and matter.finished_at <= matter.due_at
        done = {Measure.DUE_CLOSED: True, Measure.DUE_IN_TIME: in_time}
        yield Mark(_day(matter.finished_at, zone), person=matter.handler, counts=_set(done))


def add(added: Added, marks: Iterable[Mark], where: Where, *, times: int = 1) -> None:
    """Add to the tallies what these marks say; with `times` -1 take it away."""
    for mark in marks:
        all_of_it = SUMS.packed(mark.counts) * times
        for kept in _kept(mark):
            sums = _some(mark.counts, kept.only) * times if kept.only else all_of_it
            if not sums:
                continue
            facet, own = kept.facet, _KEYS[kept.facet](mark, where)
            day = mark.day.replace(day=1) if kept.monthly else mark.day
            for place in _places(kept.levels, where.place, whole=facet in _OF_SOMEBODY):
                key = (facet, place, day, own)
                added[key] = added.get(key, 0) + sums


def _some(counts: dict[str, int], only: frozenset[str]) -> int:
    return SUMS.packed({name: counts[name] for name in only if name in counts})


@lru_cache(maxsize=4096)
def _places(levels: tuple[int, ...], place: str, *, whole: bool) -> tuple[str, ...]:
    """A case that lies on no grid adds to none; somebody's numbers (`whole`) go into all places, however large."""
    return tuple(dict.fromkeys(place[:digits] for digits in levels if whole or len(place) >= digits))


def _kept(mark: Mark) -> tuple[Kept, ...]:
    if mark.person:
        return OF_PEOPLE
    if mark.post:
        return OF_POSTS
    kept = OF_MATTERS if mark.hour >= 0 else OF_MATTERS[:-1]
    return (*kept, OF_CLOSING) if Measure.MINUTES in mark.counts else kept


def _due(due: datetime, done: datetime | None, *, closed: bool) -> dict[str, int]:
    in_time = closed and done is not None and done <= due
    return _set({Measure.DUE: True, Measure.DUE_CLOSED: closed, Measure.DUE_IN_TIME: in_time})


def _set(said: dict[Measure, bool]) -> dict[str, int]:
    return {_NAMES[measure]: 1 for measure, holds in said.items() if holds}


def _is_closed(matter: Matter) -> bool:
    return matter.state is State.CLOSED


def _day_and_hour(at: datetime, zone: tzinfo) -> tuple[date, int]:
    here = at.astimezone(zone)
    return here.date(), here.hour


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
