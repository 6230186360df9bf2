"""The arithmetic of working time. Pure; exact to the microsecond.

Moments are instants: they must carry a time zone and come back in UTC, so that an hour is an hour also in the night
when the clocks are changed. A span is closed at both ends: the moment of closing still belongs to it, and whatever
can be done by then is due then and not at the next opening.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

WORKING_DAY = timedelta(hours=8)
ALL_WEEK = frozenset(range(1, 8))
SATURDAY_AND_SUNDAY = frozenset({6, 7})
CHINA = ZoneInfo("Asia/Shanghai")
_ONE_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
_MIDNIGHT = time()

Span = tuple[time, time]
Spans = tuple[Span, ...]


class DayKind(StrEnum):
    """Why a day is not like the others of its week."""

    HOLIDAY = "holiday"  # nobody works
    WORKING = "working"  # a weekend day worked in exchange for another, with the usual hours
    SPECIAL = "special"  # worked with hours of its own


class Unit(StrEnum):
    """In what a promise is counted."""

    HOUR = "hour"
    DAY = "day"


class NotHours(ValueError):  # noqa: N818 - a verdict, worded by the room that asked
    """The text does not name hours of a day in their order."""


def read_spans(text: str) -> Spans:
    """Hours written as "08:30-12:00 13:30-18:00"; "00:00" as an end is the midnight that closes the day.

    Raises `NotHours` where nothing is named, a time does not exist, or a span begins before the one before it ends.
    """
    parts = [_ONE_SPAN.fullmatch(part) for part in text.split()]
    if not parts or None in parts:
        raise NotHours(text)
    try:
        spans = tuple((time(int(p[1]), int(p[2])), time(int(p[3]), int(p[4]))) for p in parts if p)
    except ValueError as broken:
        raise NotHours(text) from broken
    marks = [_minutes(span) for span in spans]
    if any(opens >= closes for opens, closes in marks) or any(a[1] > b[0] for a, b in pairwise(marks)):
        raise NotHours(text)
    return spans


def _minutes(span: Span) -> tuple[int, int]:
    opens, closes = span
    return opens.hour * 60 + opens.minute, (closes.hour * 60 + closes.minute) or 24 * 60


@dataclass(frozen=True, slots=True)
class Week:
    """The usual week from a day on. Days count 1 (Monday) to 7; at least one is worked."""

    since: date
    spans: Spans
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY

    def __post_init__(self) -> None:
        assert self.spans, "a week without hours would never end a promise"
        assert self.weekend < ALL_WEEK, "a week must have a working day"


@dataclass(frozen=True, slots=True)
class OddDay:
    """What holds on one date instead of the usual week; `spans` only for a special day."""

    kind: DayKind
    spans: Spans = ()

    def __post_init__(self) -> None:
        assert bool(self.spans) is (self.kind is DayKind.SPECIAL), "hours belong to a special day, and to no other"


# Eight hours a day, as offices keep them where nothing else was decided.
USUAL_WEEK = Week(date.min, ((time(8, 30), time(12)), (time(13, 30), time(18))))


@dataclass(frozen=True, slots=True)
class _Year:
    """One year's openings and closings as instants. `worked[i]` is the year's working time before opening `i`."""

    opens: list[datetime]
    closes: list[datetime]
    worked: list[timedelta]

    @property
    def total(self) -> timedelta:
        return self.worked[-1]

    def worked_by(self, moment: datetime) -> timedelta:
        i = bisect_right(self.opens, moment) - 1
        if i < 0:
            return timedelta()
        return self.worked[i] + min(moment, self.closes[i]) - self.opens[i]

    def when_worked(self, amount: timedelta) -> datetime:
        i = bisect_left(self.worked, amount) - 1
        return self.opens[i] + (amount - self.worked[i])

    def inside_from(self, moment: datetime) -> datetime | None:
        i = bisect_right(self.opens, moment) - 1
        if i >= 0 and moment <= self.closes[i]:
            return moment
        return self.opens[i + 1] if i + 1 < len(self.opens) else None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When people work: usual weeks in the order of their first days, odd days, and the years that are known.

    The first week also holds for whatever lies before it. A year outside `known_years` is provisional: its statutory
    holidays are not published yet, so it has weekends and whatever odd days were entered, and never fails.
    """

    weeks: tuple[Week, ...] = (USUAL_WEEK,)
    odd_days: Mapping[date, OddDay] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    zone: ZoneInfo = CHINA
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        assert self.weeks, "a calendar has a usual week"
        assert all(earlier.since < later.since for earlier, later in pairwise(self.weeks)), "weeks follow in order"

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest moment (UTC) inside working hours by which `amount` of working time has passed since `start`.

        Nothing added to a moment outside working hours gives the next opening. `amount` must not be negative.
        """
        assert amount >= timedelta(), "a promise runs forward"
        start = _utc(start)
        if not amount:
            return self._inside_from(start)
        year = self._year_of(start)
        wanted = amount + self._year(year).worked_by(start)
        while wanted > (total := self._year(year).total):
            wanted -= total
            year += 1
        return self._year(year).when_worked(wanted)

    def between(self, a: datetime, b: datetime) -> timedelta:
        """The working time from `a` to `b`; negative where `b` comes first."""
        a, b = _utc(a), _utc(b)
        if b < a:
            return -self.between(b, a)
        first, last = self._year_of(a), self._year_of(b)
        whole_years = sum((self._year(year).total for year in range(first, last)), timedelta())
        return whole_years + self._year(last).worked_by(b) - self._year(first).worked_by(a)

    def is_working(self, moment: datetime) -> bool:
        """Whether people are at work; the moments of opening and closing count as work."""
        moment = _utc(moment)
        return self._inside_from(moment) == moment

    def is_provisional(self, moment: datetime, until: datetime | None = None) -> bool:
        """Whether the moment, or the span up to `until`, touches a year whose statutory calendar is not known."""
        first = self._year_of(_utc(moment))
        last = first if until is None else self._year_of(_utc(until))
        return any(year not in self.known_years for year in range(first, last + 1))

    def spans_on(self, day: date) -> Spans:
        """The hours worked on a date, in the calendar's own zone; none on a day off."""
        week = self._week_on(day)
        odd = self.odd_days.get(day)
        if odd is None:
            return () if day.isoweekday() in week.weekend else week.spans
        return {DayKind.HOLIDAY: (), DayKind.WORKING: week.spans, DayKind.SPECIAL: odd.spans}[odd.kind]

    def _week_on(self, day: date) -> Week:
        return next((week for week in reversed(self.weeks) if week.since <= day), self.weeks[0])

    def _inside_from(self, moment: datetime) -> datetime:
        year = self._year_of(moment)
        while (found := self._year(year).inside_from(moment)) is None:
            year += 1
        return found

    def _year_of(self, moment: datetime) -> int:
        # The midnight that begins a year closes the one before, as every closing belongs to its span.
        return (moment - timedelta.resolution).astimezone(self.zone).year

    def _year(self, number: int) -> _Year:
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = self._lay_out(number)
        return found

    def _lay_out(self, number: int) -> _Year:
        spans = list(self._instants(number))
        lengths = (closes - opens for opens, closes in spans)
        return _Year([o for o, _ in spans], [c for _, c in spans], [*accumulate(lengths, initial=timedelta())])

    def _instants(self, number: int) -> Iterator[tuple[datetime, datetime]]:
        day, end = date(number, 1, 1), date(number, 12, 31)
        closed = datetime.min.replace(tzinfo=UTC)
        while day <= end:
            for opens, closes in self.spans_on(day):
                # An hour that the clocks skip must not be worked twice.
                begin = max(self._instant(day, opens), closed)
                closed = max(self._instant(day + timedelta(closes == _MIDNIGHT), closes), begin)
                if begin < closed:
                    yield begin, closed
            day += timedelta(1)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Promise:
    """So many hours or days, on the working or on the running clock; a working day is 8 working hours."""

    amount: float
    unit: Unit
    working: bool

    @property
    def span(self) -> timedelta:
        """The time promised, to be counted on its own clock."""
        if self.unit is Unit.HOUR:
            return timedelta(hours=self.amount)
        return days(self.amount) if self.working else timedelta(days=self.amount)


@dataclass(frozen=True, slots=True)
class Due:
    """When a promise falls due (UTC), and whether a calendar still to be published may move it."""

    at: datetime
    provisional: bool


def due_at(opened: datetime, promise: Promise, calendar: WorkCalendar) -> Due:
    """Working promises run in working hours only; the others day and night, and are never provisional."""
    if not promise.working:
        return Due(_utc(opened) + promise.span, provisional=False)
    due = calendar.add(opened, promise.span)
    return Due(due, provisional=calendar.is_provisional(opened, due))


def days(count: float) -> timedelta:
    """So many working days as working time: 8 hours each."""
    return count * WORKING_DAY


def weeks_of(rules: Iterable[tuple[str, Week]]) -> tuple[Week, ...]:
    """The weeks of a ground in order, out of the rules around it: each the code of its place, and its week.

    On every date the innermost place's rule holds, and of that place the newest; before all of them `USUAL_WEEK`.
    """
    around = list(rules)
    turns = sorted({date.min, *(week.since for _, week in around)})
    return tuple(_nearest_week(around, turn) for turn in turns)


def _nearest_week(around: list[tuple[str, Week]], day: date) -> Week:
    holding = [(len(place), week.since, week) for place, week in around if week.since <= day]
    nearest = max(holding, key=lambda found: found[:2])[2] if holding else USUAL_WEEK
    return Week(day, nearest.spans, nearest.weekend)


def _utc(moment: datetime) -> datetime:
    assert moment.tzinfo is not None, "a moment without a time zone is not an instant"
    return moment.astimezone(UTC)
