"""The law of timing anew: all limits of an open case, told again out of its history with any calendar.

What a limit is follows from the moments of its steps, from what the item promises and from the calendars of the places
where the case lay when each step was made. Said with the calendar that held then, it gives what was written; said with
another, what would have been written had that one always held: pauses and extensions are as exact as they were.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from yiwang.cases.rules import (
    TAKE_UP_DANGER_WITHIN,
    TAKE_UP_WITHIN,
    extended,
    reopened_due,
    resumed,
    sent_back_due,
    time_left,
)
from yiwang.catalogue.rules import Stage
from yiwang.plumbing.worktime.rules import Due, Promise, Spans, Unit, WorkCalendar, due_at

Calendars = Callable[[str], WorkCalendar]
"""The calendar that holds at a place (its code)."""


@dataclass(frozen=True, slots=True)
class Told:
    """A step, as far as it moves a limit. `given`: plain JSON values."""

    at: datetime
    move: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A post's part: when it was given, and an approved limit of its own in hours of the limit's clock."""

    id: int
    is_lead: bool
    given_at: datetime
    hours: float | None = None
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """An open case: its steps in their order, its parts that may still go on, and what its item promises for each
    stage (nothing where nobody said what it is). `danger`: a danger that its item does not know of."""

    told: tuple[Told, ...]
    parts: tuple[Part, ...]
    promises: Mapping[Stage, Promise] | None
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """When everything of a case is due: the promise to the reporter, what is next, and each part's limits (to sign
    for, to deal with) by the part's id."""

    due_at: datetime | None
    next_due_at: datetime | None
    provisional: bool
    parts: Mapping[int, tuple[datetime, datetime]]


def limits_of(matter: Matter, calendars: Calendars) -> Limits | None:
    """All limits as the steps leave them with these calendars; None where the history does not say how they came."""
    clock = _Clock(matter, calendars)
    for told in matter.told:
        _HAPPENED.get(told.move, _nothing)(clock, told)
    if not clock.place or clock.parts.keys() != {part.id for part in matter.parts}:
        return None
    return Limits(
        clock.due_at, clock.next_due_at, clock.provisional,
        {part.id: (running.sign_due, running.handle_due) for part in matter.parts
         if (running := clock.parts[part.id])},
    )  # fmt: skip


@dataclass(slots=True)
class _Running:
    part: Part
    sign_due: datetime
    handle_due: datetime


@dataclass(slots=True)
class _Clock:
    matter: Matter
    calendars: Calendars
    place: str = ""
    opened_at: datetime | None = None
    due_at: datetime | None = None
    next_due_at: datetime | None = None
    stage: Stage = Stage.SIGN_FOR
    provisional: bool = False
    paused_at: datetime | None = None
    finished_at: datetime | None = None
    parts: dict[int, _Running] = field(default_factory=dict)

    @property
    def calendar(self) -> WorkCalendar:
        return self.calendars(self.place)

    @property
    def working(self) -> bool:
        return self.promise(Stage.HANDLE).working

    @property
    def lead(self) -> _Running | None:
        return next((running for running in self.parts.values() if running.part.is_lead), None)

    def promise(self, stage: Stage) -> Promise:
        assert self.matter.promises is not None, "a case that was taken on has an item"
        return self.matter.promises[stage]

    def due(self, stage: Stage, since: datetime) -> Due:
        return due_at(since, self.promise(stage), self.calendar)

    def limit(self, part: Part) -> Promise:
        return self.promise(Stage.HANDLE) if part.hours is None else Promise(part.hours, Unit.HOUR, self.working)

    def comes_next(self, stage: Stage, at: datetime) -> None:
        self.stage, self.next_due_at = stage, at

    def give(self, at: datetime, *, leads: bool, helps: bool) -> None:
        """Let the parts that were given at this moment begin."""
        for part in self.matter.parts:
            if part.given_at == at and (leads if part.is_lead else helps):
                handle = due_at(at, self.limit(part), self.calendar).at
                self.parts[part.id] = _Running(part, min(self.due(Stage.SIGN_FOR, at).at, handle), handle)


def _nothing(_clock: _Clock, _told: Told) -> None:
    """What moves no limit."""


def _report(clock: _Clock, told: Told) -> None:
    clock.place, clock.opened_at = told.given["place"], told.at
    known = clock.matter.promises
    up = due_at(told.at, known[Stage.SIGN_FOR] if known else TAKE_UP_WITHIN, clock.calendar).at
    if clock.matter.danger:
        up = min(up, due_at(told.at, TAKE_UP_DANGER_WITHIN, clock.calendar).at)
    if known:
        handle = clock.due(Stage.HANDLE, told.at)
        clock.due_at, clock.provisional, up = handle.at, handle.provisional, min(up, handle.at)
    clock.comes_next(Stage.SIGN_FOR, up)


def _classified(clock: _Clock, told: Told) -> None:
    assert clock.opened_at is not None, "a history begins with a report"
    clock.place = told.given.get("place", clock.place)
    handle = clock.due(Stage.HANDLE, clock.opened_at)
    clock.due_at, clock.provisional = handle.at, handle.provisional
    clock.comes_next(Stage.SIGN_FOR, min(clock.due(Stage.SIGN_FOR, told.at).at, handle.at))


def _separate(clock: _Clock, told: Told) -> None:
    clock.comes_next(Stage.SIGN_FOR, clock.due(Stage.SIGN_FOR, told.at).at if clock.matter.promises else told.at)


def _given(clock: _Clock, told: Told) -> None:
    clock.parts.clear()
    clock.give(told.at, leads=True, helps=True)
    if (lead := clock.lead) is None:
        return
    if lead.part.hours is not None:
        clock.due_at = lead.handle_due
    clock.comes_next(Stage.SIGN_FOR, lead.sign_due)


def _helps(clock: _Clock, told: Told) -> None:
    clock.give(told.at, leads=False, helps=True)


def _signed(clock: _Clock, _told: Told) -> None:
    if lead := clock.lead:
        clock.comes_next(Stage.HANDLE, lead.handle_due)


def _taken_away(clock: _Clock, told: Told) -> None:
    clock.parts.clear()
    clock.paused_at = None
    clock.comes_next(Stage.SIGN_FOR, clock.due(Stage.SIGN_FOR, told.at).at)


def _more_time(clock: _Clock, told: Told) -> None:
    lead = clock.lead
    assert clock.due_at is not None, "a case that was taken on is promised for some time"
    limit = clock.limit(lead.part) if lead else clock.promise(Stage.HANDLE)
    for running in clock.parts.values():
        running.handle_due = extended(running.handle_due, told.given["hours"], limit, clock.calendar)
    clock.due_at = extended(clock.due_at, told.given["hours"], limit, clock.calendar)
    clock.provisional = clock.provisional or (limit.working and clock.calendar.is_provisional(clock.due_at))
    if lead and clock.stage is Stage.HANDLE:
        clock.next_due_at = lead.handle_due


def _paused(clock: _Clock, told: Told) -> None:
    clock.paused_at = told.at
    clock.comes_next(Stage.HANDLE, datetime.fromisoformat(told.given["until"]))


def _resumed(clock: _Clock, told: Told) -> None:
    assert clock.due_at is not None, "a case that was taken on is promised for some time"
    for running in clock.parts.values():
        signed = running.part.signed_at
        running.handle_due = _from_now(clock, running.handle_due, told.at, Stage.HANDLE)
        if signed is None or signed > told.at:
            running.sign_due = _from_now(clock, running.sign_due, told.at, Stage.SIGN_FOR)
    clock.due_at = _from_now(clock, clock.due_at, told.at, Stage.HANDLE)
    clock.provisional = clock.working and clock.calendar.is_provisional(told.at, clock.due_at)
    clock.paused_at = None
    if lead := clock.lead:
        clock.comes_next(Stage.HANDLE, lead.handle_due)


def _from_now(clock: _Clock, at: datetime, now: datetime, stage: Stage) -> datetime:
    assert clock.paused_at is not None, "only what was paused goes on"
    working = clock.promise(stage).working
    left = time_left(clock.paused_at, at, clock.calendar, working=working)
    return resumed(now, left, clock.calendar, working=working)


def _settled(clock: _Clock, told: Told) -> None:
    if "item" in told.given:
        _classified(clock, told)
    clock.give(told.at, leads=True, helps=False)
    _finished(clock, told)


def _finished(clock: _Clock, told: Told) -> None:
    clock.finished_at = told.at
    clock.comes_next(Stage.CHECK, clock.due(Stage.CHECK, told.at).at)


def _confirmed(clock: _Clock, told: Told) -> None:
    clock.comes_next(Stage.CALL_BACK, clock.due(Stage.CALL_BACK, told.at).at)


def _sent_back(clock: _Clock, told: Told) -> None:
    lead = clock.lead
    if lead is None or clock.finished_at is None:
        return
    lead.handle_due = sent_back_due(
        told.at, finished_at=clock.finished_at, due=lead.handle_due, promise=clock.limit(lead.part),
        calendar=clock.calendar,
    )  # fmt: skip
    clock.comes_next(Stage.HANDLE, lead.handle_due)


def _reopened(clock: _Clock, told: Told) -> None:
    clock.parts.clear()
    for part in clock.matter.parts:
        if part.is_lead and part.given_at == told.at:
            due = reopened_due(told.at, clock.limit(part), clock.calendar).at
            clock.parts[part.id] = _Running(part, told.at, due)
            clock.due_at = due
            clock.comes_next(Stage.HANDLE, due)


def _joined(clock: _Clock, told: Told) -> None:
    if clock.matter.promises:
        _confirmed(clock, told)


def _relocated(clock: _Clock, told: Told) -> None:
    # What was promised stays: only what begins from now on is reckoned where the case lies by now.
    clock.place = told.given["place"]


_HAPPENED: dict[str, Callable[[_Clock, Told], None]] = {
    "report": _report, "accept": _classified, "reclassify": _classified, "separate": _separate, "dispatch": _given,
    "assign_firmly": _given, "call_in": _helps, "grant_help": _helps, "sign_for": _signed, "hand_back": _taken_away,
    "recall": _taken_away, "grant_more_time": _more_time, "grant_pause": _paused, "resume": _resumed,
    "settle": _settled, "finish": _finished, "confirm": _confirmed, "send_back": _sent_back, "reopen": _reopened,
    "join_up": _joined, "relocate": _relocated,
}  # fmt: skip
MOVES = frozenset(_HAPPENED)
"""The steps that move a limit, or say where a case lies."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A limit that lies elsewhere by now. `what`: a column of the case, or of a part with its id."""

    what: str
    was: datetime
    now: datetime
    part: int | None = None


@dataclass(frozen=True, slots=True)
class Anew:
    """What follows for a case: the limits that moved, whether the promise is provisional, and how many limits stand
    otherwise than its history says, which are left alone."""

    moved: tuple[Moved, ...]
    provisional: bool
    unexplained: int


def timed_anew(kept: Limits, before: Limits | None, after: Limits | None) -> Anew:
    """Compare what a case keeps with what its history says with the calendar before and with the one after.

    What stands as the later calendar says is right already (a step since then, or a run before this one).
    """
    if before is None or after is None:
        return Anew((), kept.provisional, 1)
    found, strange = list[Moved](), 0
    for what, part, was, once, now in _limits(kept, before, after):
        if was == now or was is None or now is None:
            continue
        if was == once:
            found.append(Moved(what, was, now, part))
        else:
            strange += 1
    provisional = kept.provisional if strange else after.provisional
    return Anew(tuple(found), provisional, strange)


_Clocks = tuple[str, int | None, datetime | None, datetime | None, datetime | None]


def _limits(kept: Limits, before: Limits, after: Limits) -> Iterable[_Clocks]:
    yield "due_at", None, kept.due_at, before.due_at, after.due_at
    yield "next_due_at", None, kept.next_due_at, before.next_due_at, after.next_due_at
    for part, (sign, handle) in kept.parts.items():
        yield "sign_due", part, sign, before.parts[part][0], after.parts[part][0]
        yield "handle_due", part, handle, before.parts[part][1], after.parts[part][1]


def changed_days(
    before: WorkCalendar, after: WorkCalendar, first: date, last: date
) -> Iterable[tuple[date, Spans, Spans]]:
    """The days from `first` to `last` on which other hours are worked now, with the hours then and now."""
    for count in range((last - first).days + 1):
        day = first + timedelta(days=count)
        then, now = before.spans_on(day), after.spans_on(day)
        if then != now:
            yield day, then, now
