"""Ask for the calendar of a ground: answered from memory."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.plumbing.worktime.models import Day, Hours, Year
from yiwang.plumbing.worktime.rules import CHINA, DayKind, OddDay, Week, WorkCalendar, read_spans, weeks_of


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A calendar for each ground that has rules of its own, and for "" always."""

    calendars: dict[str, WorkCalendar]
    lengths: tuple[int, ...]

    def nearest(self, ground: str) -> WorkCalendar:
        codes = (ground[:length] for length in self.lengths)
        return next(self.calendars[code] for code in codes if code in self.calendars)


def calendar_for(ground: str) -> WorkCalendar:
    """The calendar that holds at a place (its code; "" for the whole installation), without a query.

    The nearest place around it that has rules decides: its hours, and over them its odd days, each before those of
    the places further out.
    """
    return _shelf.get().nearest(ground)


def _load() -> _Shelf:
    hours, days = list(Hours.objects.all()), list(Day.objects.all())
    known = frozenset(Year.objects.values_list("number", flat=True))
    grounds = {"", *(row.ground for row in hours), *(row.ground for row in days)}
    calendars = {ground: _calendar(ground, hours, days, known) for ground in grounds}
    return _Shelf(calendars, tuple(sorted({len(ground) for ground in grounds}, reverse=True)))


def _calendar(ground: str, hours: list[Hours], days: list[Day], known: frozenset[int]) -> WorkCalendar:
    around = sorted(
        (row for row in hours if ground.startswith(row.ground)), key=lambda h: (len(h.ground), h.valid_from)
    )
    outer_first = sorted((row for row in days if ground.startswith(row.ground)), key=lambda d: len(d.ground))
    return WorkCalendar(
        weeks=weeks_of((row.ground, _week(row)) for row in around),
        odd_days={row.date: _odd_day(row) for row in outer_first},
        known_years=known,
        zone=ZoneInfo(around[-1].zone) if around else CHINA,
    )


def _week(row: Hours) -> Week:
    return Week(row.valid_from, read_spans(row.spans), frozenset(row.weekend))


def _odd_day(row: Day) -> OddDay:
    return OddDay(DayKind(row.kind), read_spans(row.spans) if row.spans else ())


_shelf = Snapshot("calendar", _load)
