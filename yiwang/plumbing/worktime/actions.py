"""Everything that changes the calendar. Whoever calls has asked whether this person may, on this ground.

`by` is written as in the audit trail ("person:12"); a ground is a place code, empty for the whole installation.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction

from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.worktime import statutory
from yiwang.plumbing.worktime.models import Day, Hours, Year
from yiwang.plumbing.worktime.rules import ALL_WEEK, SATURDAY_AND_SUNDAY, DayKind, NotHours, read_spans

TOPIC = "calendar"
LIBRARY = "chinesecalendar"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought: the years that are known now, those still provisional, and how many odd days."""

    years: tuple[int, ...]
    unknown: tuple[int, ...]
    days: int


@transaction.atomic
def import_statutory(years: Iterable[int], *, by: str) -> Imported:
    """Take the statutory calendar of these years from the library; running it again changes nothing.

    A year the library does not know stays as it is: provisional, until `confirm_year`. Days that a person entered
    are kept.
    """
    asked = sorted(set(years))
    known = tuple(year for year in asked if year in statutory.known_years())
    days = sum(_import_year(year) for year in known)
    unknown = tuple(year for year in asked if year not in known)
    note("import_statutory", "calendar:", by=by, years=known, unknown=unknown, days=days)
    touched(TOPIC)
    return Imported(known, unknown, days)


@transaction.atomic
def import_new_years(*, by: str) -> Imported:
    """Take in the years that the library has learned since; running it again changes nothing and leaves no line.

    What was imported or confirmed before stays as it is: a person may have corrected it.
    """
    here = set(Year.objects.values_list("number", flat=True))
    new = [year for year in statutory.known_years() if year not in here]
    return import_statutory(new, by=by) if new else Imported((), (), 0)


def _import_year(year: int) -> int:
    # The year's row is the lock: two imports at once come one after the other.
    Year.objects.update_or_create(number=year, defaults={"source": LIBRARY})
    Day.objects.filter(ground="", date__year=year, imported=True).delete()
    found = [
        Day(date=day, kind=kind, name=name, imported=True) for day, (kind, name) in statutory.days_of(year).items()
    ]
    Day.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


@transaction.atomic
def confirm_year(year: int, *, source: str, by: str) -> Year:
    """Say that all statutory days of a year have been entered by hand, and from which notice (`source`)."""
    confirmed, _ = Year.objects.update_or_create(number=year, defaults={"source": source})
    note("confirm_year", f"calendar:{year}", by=by, source=source)
    touched(TOPIC)
    return confirmed


@transaction.atomic
def set_day(day: date, kind: DayKind, *, by: str, ground: str = "", name: str = "", hours: str = "") -> Day:
    """Make a date odd on a ground, in place of what held for it there.

    Refuses hours that cannot be read, and hours on a day that is not special or a special day without.
    """
    if bool(hours) is not (kind is DayKind.SPECIAL):
        raise Refused("worktime_hours_only_on_a_special_day")
    spans = _plain(hours) if hours else ""
    odd, _ = Day.objects.update_or_create(
        ground=ground, date=day, defaults={"kind": kind, "name": name, "spans": spans, "imported": False}
    )
    note("set_day", f"calendar:{ground}/{day}", by=by, ground=ground, kind=kind, name=name, hours=spans)
    touched(TOPIC)
    return odd


@transaction.atomic
def clear_day(day: date, *, by: str, ground: str = "") -> None:
    """Let a date be as the calendar around this ground, or the usual week, has it. Refuses where it is so already."""
    gone, _ = Day.objects.filter(ground=ground, date=day).delete()
    if not gone:
        raise Refused("worktime_day_is_like_any_other", date=day)
    note("clear_day", f"calendar:{ground}/{day}", by=by, ground=ground)
    touched(TOPIC)


@transaction.atomic
def set_hours(
    hours: str,
    *,
    valid_from: date,
    by: str,
    ground: str = "",
    weekend: Collection[int] = SATURDAY_AND_SUNDAY,
    zone: str = "Asia/Shanghai",
) -> Hours:
    """Set a ground's usual week from a day on, in place of what began there on the same day.

    `hours` as in `rules.read_spans`; `weekend` counts 1 (Monday) to 7. The zone of a ground's newest hours holds for
    its whole calendar. Refuses hours that cannot be read, a week without a working day, an unknown time zone.
    """
    if not set(weekend) < ALL_WEEK:
        raise Refused("worktime_no_working_day_left")
    _refuse_unknown_zone(zone)
    week: dict[str, object] = {"spans": _plain(hours), "weekend": sorted(weekend), "zone": zone}
    kept, _ = Hours.objects.update_or_create(ground=ground, valid_from=valid_from, defaults=week)
    note("set_hours", f"calendar:{ground}/{valid_from}", by=by, ground=ground, week=week)
    touched(TOPIC)
    return kept


def _plain(hours: str) -> str:
    try:
        read_spans(hours)
    except NotHours as broken:
        raise Refused("worktime_hours_unreadable", hours=hours) from broken
    return " ".join(hours.split())


def _refuse_unknown_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, LookupError) as broken:
        raise Refused("worktime_no_such_zone", zone=zone) from broken
