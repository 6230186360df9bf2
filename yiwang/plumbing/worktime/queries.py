"""Ask for the calendar of a ground: answered from memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
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


def as_it_stands() -> dict[str, Any]:
    """All that is written of the calendar, read anew, as plain JSON values in a fixed order: hours (ground, from which
    day, spans, weekend, zone), odd days (date, ground, kind, spans), and years that are known."""
    hours = Hours.objects.order_by("ground", "valid_from")
    days = Day.objects.order_by("date", "ground").values_list("date", "ground", "kind", "spans")
    return {
        "hours": [[h.ground, h.valid_from.isoformat(), h.spans, sorted(h.weekend), h.zone] for h in hours],
        "days": [[day.isoformat(), *rest] for day, *rest in days],
        "years": list(Year.objects.order_by("number").values_list("number", flat=True)),
    }


def calendars_of(kept: Mapping[str, Any]) -> Callable[[str], WorkCalendar]:
    """As `calendar_for`, by a calendar that was kept by `as_it_stands`."""
    hours = [
        Hours(ground=ground, valid_from=date.fromisoformat(since), spans=spans, weekend=weekend, zone=zone)
        for ground, since, spans, weekend, zone in kept["hours"]
    ]
    days = [
        Day(date=date.fromisoformat(day), ground=ground, kind=kind, spans=spans)
        for day, ground, kind, spans in kept["days"]
    ]
    return _shelf_of(hours, days, frozenset(kept["years"])).nearest


def _load() -> _Shelf:
    known = frozenset(Year.objects.values_list("number", flat=True))
    return _shelf_of(list(Hours.objects.all()), list(Day.objects.all()), known)


def _shelf_of(hours: list[Hours], days: list[Day], known: frozenset[int]) -> _Shelf:
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
