"""Working time over real and invented calendars, 2011 to 2030."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.plumbing.worktime import statutory
from yiwang.plumbing.worktime.rules import (
    CHINA,
    USUAL_WEEK,
    DayKind,
    NotHours,
    OddDay,
    Promise,
    Unit,
    Week,
    WorkCalendar,
    days,
    due_at,
    read_spans,
    weeks_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
KNOWN = frozenset(statutory.known_years())


def odd_days(years: range) -> dict[date, OddDay]:
    return {day: OddDay(kind) for year in years for day, (kind, _) in statutory.days_of(year).items()}


NINE_TO_SIX = Week(date.min, read_spans("09:00-12:00 14:00-18:00"))
NIGHTS_TOO = Week(date.min, read_spans("00:00-02:30 02:45-03:15 08:00-12:00 22:00-00:00"), frozenset({7}))
SUMMER_HOURS = Week(date(2025, 5, 1), read_spans("08:30-12:00 14:30-19:00"))
SPECIAL = {date(2026, 1, 1): OddDay(DayKind.SPECIAL, read_spans("10:00-11:00"))}
OFFICE = WorkCalendar(odd_days=odd_days(statutory.known_years()), known_years=KNOWN)
CALENDARS = [
    OFFICE,
    WorkCalendar((NINE_TO_SIX, SUMMER_HOURS), odd_days=odd_days(range(2011, 2026)) | SPECIAL),
    WorkCalendar((NIGHTS_TOO,), zone=BERLIN),
    WorkCalendar((Week(date.min, read_spans("00:00-00:00"), frozenset()),), zone=ZoneInfo("America/New_York")),
]

calendars = st.sampled_from(CALENDARS)
moments = st.datetimes(
    datetime(2011, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2030, 12, 31, 23, 59, 59),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, CHINA, BERLIN]),
)
# Landing exactly on an opening or a closing is where mistakes live.
edges = st.builds(
    datetime.combine,
    st.dates(date(2011, 1, 1), date(2030, 12, 31)),
    st.sampled_from([time(0), time(8, 30), time(9), time(12), time(14), time(18), time(22), time(2, 30), time(3)]),
    st.sampled_from([CHINA, BERLIN]),
)
starts = moments | edges
amounts = st.timedeltas(timedelta(), timedelta(hours=400)) | st.integers(0, 500).map(lambda n: timedelta(hours=n / 2))


def local(text: str, zone: ZoneInfo = CHINA) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@given(calendars, starts, amounts)
def test_what_is_added_is_what_lies_between(calendar: WorkCalendar, start: datetime, amount: timedelta) -> None:
    assert calendar.between(start, calendar.add(start, amount)) == amount


@given(calendars, starts, amounts)
def test_a_promise_never_ends_outside_working_hours(
    calendar: WorkCalendar, start: datetime, amount: timedelta
) -> None:
    assert calendar.is_working(calendar.add(start, amount))


@given(calendars, starts, amounts)
def test_no_earlier_moment_would_do(calendar: WorkCalendar, start: datetime, amount: timedelta) -> None:
    end = calendar.add(start, amount)
    if amount:
        assert calendar.between(start, end - timedelta.resolution) < amount
    else:
        assert not calendar.between(start, end)


@given(calendars, starts, starts, amounts)
def test_who_starts_later_is_not_due_earlier(
    calendar: WorkCalendar, one: datetime, other: datetime, amount: timedelta
) -> None:
    first, second = sorted([one.astimezone(UTC), other.astimezone(UTC)])
    assert calendar.add(first, amount) <= calendar.add(second, amount)


@given(calendars, starts, amounts, amounts)
def test_more_time_is_not_due_earlier(calendar: WorkCalendar, start: datetime, a: timedelta, b: timedelta) -> None:
    assert calendar.add(start, min(a, b)) <= calendar.add(start, max(a, b))


@given(calendars, starts, amounts, amounts)
def test_time_may_be_given_in_two_parts(calendar: WorkCalendar, start: datetime, a: timedelta, b: timedelta) -> None:
    assert calendar.add(calendar.add(start, a), b) == calendar.add(start, a + b)


@given(calendars, starts, starts, starts)
def test_stretches_of_working_time_add_up(calendar: WorkCalendar, a: datetime, b: datetime, c: datetime) -> None:
    assert calendar.between(a, b) + calendar.between(b, c) == calendar.between(a, c)
    assert calendar.between(b, a) == -calendar.between(a, b)


@given(calendars, starts)
def test_at_work_means_that_nothing_added_moves_nothing(calendar: WorkCalendar, moment: datetime) -> None:
    assert calendar.is_working(moment) == (calendar.add(moment, timedelta()) == moment.astimezone(UTC))


@pytest.mark.parametrize("year", statutory.known_years())
def test_every_day_is_worked_exactly_when_the_state_council_says_so(year: int) -> None:
    day = date(year, 1, 1)
    while day.year == year:
        assert bool(OFFICE.spans_on(day)) is chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-03-11 10:00", hours(1), "2026-03-11 11:00"),  # a Wednesday
        ("2026-03-11 11:00", hours(1), "2026-03-11 12:00"),  # ends with the closing, not at the next opening
        ("2026-03-11 11:00", hours(2), "2026-03-11 14:30"),  # over noon
        ("2026-03-11 12:30", hours(0), "2026-03-11 13:30"),  # nothing added: the next opening
        ("2026-03-11 12:00", hours(0), "2026-03-11 12:00"),  # closing still belongs to the morning
        ("2026-03-11 17:00", days(1), "2026-03-12 17:00"),
        ("2026-03-13 18:00", hours(4), "2026-03-16 14:00"),  # over a weekend
        ("2026-02-13 17:00", hours(2), "2026-02-14 09:30"),  # a Saturday worked for Spring Festival
        ("2026-02-14 17:00", hours(2), "2026-02-24 09:30"),  # over Spring Festival
        ("2024-12-31 17:00", hours(2), "2025-01-02 09:30"),  # over New Year
    ],
)
def test_the_office_keeps_its_hours(start: str, amount: timedelta, end: str) -> None:
    assert OFFICE.add(local(start), amount) == local(end)
    assert OFFICE.between(local(start), local(end)) == amount


def test_a_limit_crosses_new_year_into_a_year_without_a_calendar() -> None:
    last = max(KNOWN)
    new_year = local(f"{last + 1}-01-01 00:00")
    due = due_at(new_year - timedelta(days=3), Promise(10, Unit.DAY, working=True), OFFICE)
    assert due.at > new_year
    assert due.provisional
    assert OFFICE.is_provisional(new_year - timedelta(days=3), due.at)
    assert not OFFICE.is_provisional(new_year - timedelta(days=3))


def test_in_a_year_without_a_calendar_only_weekends_are_free() -> None:
    unknown = max(KNOWN) + 1
    day, worked = date(unknown, 1, 1), 0
    while day.year == unknown:
        assert bool(OFFICE.spans_on(day)) is (day.isoweekday() < 6)
        worked += day.isoweekday() < 6
        day += timedelta(days=1)
    assert OFFICE.between(local(f"{unknown}-01-01"), local(f"{unknown + 1}-01-01")) == days(worked)


def test_the_office_is_open_at_both_ends_of_a_span_and_closed_between() -> None:
    moments = ["08:29:59", "08:30", "12:00", "12:00:01", "13:29:59", "13:30", "18:00", "18:00:01"]
    open_at = [OFFICE.is_working(local(f"2026-03-11 {moment}")) for moment in moments]
    assert open_at == [False, True, True, False, False, True, True, False]


def test_an_hour_is_an_hour_in_the_night_when_the_clocks_are_changed() -> None:
    round_the_clock = WorkCalendar((Week(date.min, read_spans("00:00-00:00"), frozenset()),), zone=BERLIN)
    for midnight in (local("2026-03-29", BERLIN), local("2026-10-25", BERLIN)):
        running = midnight.astimezone(UTC) + hours(12)
        assert round_the_clock.add(midnight, hours(12)) == running
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    lengths = [
        round_the_clock.between(local(f"{day}", BERLIN), local(f"{day + timedelta(days=1)}", BERLIN))
        for day in (spring, autumn)
    ]
    assert lengths == [hours(23), hours(25)]


def test_an_hour_that_the_clocks_skip_is_not_worked() -> None:
    nights = WorkCalendar((NIGHTS_TOO,), zone=BERLIN)
    before, skipped = date(2026, 3, 22), date(2026, 3, 29)
    free_sundays = [nights.between(local(f"{d}", BERLIN), local(f"{d} 23:59", BERLIN)) for d in (before, skipped)]
    assert free_sundays == [hours(0), hours(0)]
    sundays = WorkCalendar((Week(date.min, NIGHTS_TOO.spans, frozenset()),), zone=BERLIN)
    worked = [sundays.between(local(f"{d}", BERLIN), local(f"{d} 07:00", BERLIN)) for d in (before, skipped)]
    assert worked == [hours(3), hours(2.5)]


def test_the_midnight_that_ends_the_year_still_belongs_to_its_span() -> None:
    new_years_day_off = {date(2026, 1, 1): OddDay(DayKind.HOLIDAY)}
    nights = WorkCalendar((Week(date.min, read_spans("00:00-00:00"), frozenset()),), odd_days=new_years_day_off)
    midnight = local("2026-01-01")
    assert nights.add(local("2025-12-31 20:00"), hours(4)) == midnight
    assert nights.is_working(midnight)
    assert nights.add(midnight, hours(1)) == local("2026-01-02 01:00")


def test_hours_change_on_their_day_and_not_before() -> None:
    calendar = WorkCalendar((NINE_TO_SIX, SUMMER_HOURS))
    assert calendar.spans_on(date(2025, 4, 30)) == NINE_TO_SIX.spans
    assert calendar.spans_on(date(2025, 5, 1)) == SUMMER_HOURS.spans


@pytest.mark.parametrize(
    ("promise", "end"),
    [
        (Promise(4, Unit.HOUR, working=True), "2026-03-16 11:30"),
        (Promise(1, Unit.DAY, working=True), "2026-03-16 17:00"),
        (Promise(0.5, Unit.DAY, working=True), "2026-03-16 11:30"),
        (Promise(2, Unit.HOUR, working=False), "2026-03-13 19:00"),
        (Promise(2, Unit.DAY, working=False), "2026-03-15 17:00"),
    ],
)
def test_a_promise_runs_on_its_own_clock(promise: Promise, end: str) -> None:
    friday_at_five = local("2026-03-13 17:00")
    due = due_at(friday_at_five, promise, OFFICE)
    assert due.at == local(end)
    assert not due.provisional


def test_the_running_clock_needs_no_calendar() -> None:
    assert not due_at(local("2099-12-31 12:00"), Promise(2, Unit.DAY, working=False), OFFICE).provisional


def test_running_days_are_counted_on_instants() -> None:
    saturday = local("2026-03-28 12:00", BERLIN)
    due = due_at(saturday, Promise(1, Unit.DAY, working=False), OFFICE)
    assert due.at == saturday.astimezone(UTC) + hours(24)


def test_a_moment_without_a_zone_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError):
        OFFICE.add(datetime(2026, 3, 11, 10), hours(1))  # noqa: DTZ001


def test_time_does_not_run_backwards() -> None:
    with pytest.raises(AssertionError):
        OFFICE.add(local("2026-03-11 10:00"), hours(-1))


@pytest.mark.parametrize(
    "text",
    ["", "morning", "08:30", "08:30-12:00,13:30-18:00", "12:00-08:30", "08:30-08:30", "08:30-12:00 11:00-18:00",
     "13:30-18:00 08:30-12:00", "25:00-26:00", "22:00-00:00 01:00-02:00"],
)  # fmt: skip
def test_what_are_not_hours_of_a_day_is_not_read(text: str) -> None:
    with pytest.raises(NotHours):
        read_spans(text)


def test_on_every_date_the_innermost_place_decides_and_its_newest_rule() -> None:
    town, town_later = Week(date(2025, 5, 1), NINE_TO_SIX.spans), Week(date(2026, 1, 1), SUMMER_HOURS.spans)
    county = Week(date(2025, 8, 1), NIGHTS_TOO.spans)
    weeks = weeks_of([("990101001", town_later), ("990101001", town), ("990101", county)])
    calendar = WorkCalendar(weeks)
    assert [calendar.spans_on(date(2025, 4, 30)), calendar.spans_on(date(2025, 8, 1))] == [
        USUAL_WEEK.spans,
        town.spans,
    ]
    assert calendar.spans_on(date(2026, 1, 1)) == town_later.spans
    only_county = WorkCalendar(weeks_of([("990101", county)]))
    assert only_county.spans_on(date(2025, 8, 1)) == county.spans
