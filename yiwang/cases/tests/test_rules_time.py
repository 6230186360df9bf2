"""The clock, and giving and giving back: without a database."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.cases.rules import (
    APPROVED_TRACKS,
    LONGEST_PAUSE,
    LONGEST_SPECIAL_LIMIT,
    MOST_HAND_BACKS,
    Given,
    Track,
    appraisal_fault,
    extended,
    extension_fault,
    hand_back_until,
    may_not_extend,
    may_not_hand_back,
    may_not_pause,
    may_not_receive,
    reopened_due,
    resumed,
    special_limit_fault,
    time_left,
    track_fault,
    with_helper,
)
from yiwang.plumbing.worktime.rules import DayKind, OddDay, Promise, Unit, Week, WorkCalendar, due_at, read_spans

MARKET_DAY = {date(2026, 3, 10): OddDay(DayKind.HOLIDAY)}
OFFICE = WorkCalendar(odd_days=MARKET_DAY)
NIGHTS = WorkCalendar((Week(date.min, read_spans("00:00-02:30 08:00-12:00 22:00-00:00"), frozenset({7})),))
FIVE_DAYS = Promise(5, Unit.DAY, working=True)
TWO_HOURS = Promise(2, Unit.HOUR, working=False)

Clock = tuple[WorkCalendar, bool]
calendars = st.sampled_from([OFFICE, NIGHTS])
# A limit runs on the working clock of a calendar (True), or day and night.
clocks = st.tuples(calendars, st.booleans())
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
spans = st.timedeltas(timedelta(microseconds=1), timedelta(hours=300))
shares = st.floats(0, 1, exclude_max=True)
tracks = st.sampled_from(Track)
posts = st.integers(1, 5)
turns = st.lists(st.builds(Given, posts, st.booleans()), max_size=5)


def china(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def limit(opened: datetime, span: timedelta, calendar: WorkCalendar, *, working: bool) -> datetime:
    return calendar.add(opened, span) if working else opened + span


@given(clocks, moments, spans, shares)
def test_a_pause_that_ends_at_once_changes_nothing(
    clock: Clock, opened: datetime, span: timedelta, share: float
) -> None:
    calendar, working = clock
    due = limit(opened, span, calendar, working=working)
    now = opened + (due - opened) * share
    left = time_left(now, due, calendar, working=working)
    assert resumed(now, left, calendar, working=working) == due


@given(clocks, moments, spans, shares, spans)
def test_a_pause_of_any_length_leaves_exactly_what_was_left(
    clock: Clock, opened: datetime, span: timedelta, share: float, slept: timedelta
) -> None:
    calendar, working = clock
    due = limit(opened, span, calendar, working=working)
    paused = opened + (due - opened) * share
    left, again = time_left(paused, due, calendar, working=working), paused + slept
    assert time_left(again, resumed(again, left, calendar, working=working), calendar, working=working) == left


@given(clocks, moments, spans, spans)
def test_what_is_overdue_stays_overdue_by_the_same_span(
    clock: Clock, due: datetime, late: timedelta, slept: timedelta
) -> None:
    calendar, working = clock
    paused = due + late
    left, again = time_left(paused, due, calendar, working=working), paused + slept
    assert resumed(again, left, calendar, working=working) == again - late


@given(clocks, moments, st.floats(0.01, 300))
def test_more_time_is_counted_on_the_clock_of_its_limit(clock: Clock, due: datetime, hours: float) -> None:
    calendar, working = clock
    promise = Promise(300, Unit.HOUR, working)
    later = extended(due, hours, promise, calendar)
    gone = calendar.between(due, later) if working else later - due
    assert gone == timedelta(hours=hours)
    assert extension_fault(hours, promise) == ""


@pytest.mark.parametrize(
    ("due", "hours", "later"),
    [
        ("2026-03-09 09:30", 8, "2026-03-11 09:30"),  # over the market day, on which nobody works
        ("2026-03-09 09:30", 40, "2026-03-17 09:30"),  # and a weekend
        ("2026-03-06 17:00", 2, "2026-03-09 09:30"),  # a Friday afternoon
    ],
)
def test_more_time_is_working_time(due: str, hours: float, later: str) -> None:
    assert extended(china(due), hours, FIVE_DAYS, OFFICE) == china(later)


@pytest.mark.parametrize(
    ("hours", "promise", "code"),
    [
        (40, FIVE_DAYS, ""), (40.001, FIVE_DAYS, "more_than_one_limit"),
        (2, TWO_HOURS, ""), (2.001, TWO_HOURS, "more_than_one_limit"),
        (0, TWO_HOURS, "no_time_asked"), (-1, TWO_HOURS, "no_time_asked"),
        (float("nan"), TWO_HOURS, "no_time_asked"), (float("inf"), TWO_HOURS, "more_than_one_limit"),
    ],
)  # fmt: skip
def test_at_most_one_limit_is_added(hours: float, promise: Promise, code: str) -> None:
    assert extension_fault(hours, promise) == code


@given(moments, st.timedeltas(timedelta(-9), timedelta(9)), st.integers(0, 4))
def test_more_time_is_asked_for_in_time_and_granted_twice(due: datetime, after: timedelta, granted: int) -> None:
    code = may_not_extend(now=due + after, due=due, granted=granted)
    assert code == ("overdue_already" if after > timedelta() else "extended_too_often" if granted > 1 else "")


@given(moments, st.timedeltas(timedelta(-9), timedelta(900)))
def test_a_pause_lasts_a_year_at_most_and_happens_once(now: datetime, length: timedelta) -> None:
    fits = timedelta() < length <= LONGEST_PAUSE
    assert (may_not_pause(now=now, until=now + length, paused_before=False) == "") is fits
    assert may_not_pause(now=now, until=now + length, paused_before=True) == "paused_once_already"


@pytest.mark.parametrize(
    ("promise", "due"), [(FIVE_DAYS, "2026-03-04 15:00"), (TWO_HOURS, "2026-03-02 10:30")]
)  # fmt: skip
def test_a_reopened_case_has_half_of_its_limit(promise: Promise, due: str) -> None:
    assert reopened_due(china("2026-03-02 09:30"), promise, OFFICE).at == china(due)


@given(calendars, moments, spans)
def test_a_case_is_handed_back_within_a_working_day_or_its_shorter_limit(
    calendar: WorkCalendar, given_at: datetime, span: timedelta
) -> None:
    until = hand_back_until(given_at, calendar.add(given_at, span), calendar)
    assert calendar.between(given_at, until) == min(span, timedelta(hours=8))


@given(had=turns, until=moments, after=st.timedeltas(timedelta(-9), timedelta(9)), firm=st.booleans())
def test_who_may_not_hand_back_is_told_the_weightiest_reason(
    had: Sequence[Given], until: datetime, after: timedelta, *, firm: bool
) -> None:
    code = may_not_hand_back(had, firm=firm, now=until + after, until=until)
    often = sum(turn.handed_back for turn in had) >= MOST_HAND_BACKS
    late = after > timedelta()
    reasons = {"assigned_firmly": firm, "handed_back_too_often": often, "too_late_to_hand_back": late}
    assert code == next((reason for reason, holds in reasons.items() if holds), "")


@given(posts, turns)
def test_a_case_never_bounces_between_the_same_two_posts(post: int, had: Sequence[Given]) -> None:
    code = may_not_receive(post, had)
    returned = [turn.post for turn in had if turn.handed_back]
    if len(returned) >= MOST_HAND_BACKS:
        assert code == "must_assign_firmly"
    else:
        assert code == ("would_bounce" if post in returned else "")


@given(tracks, st.none() | tracks, posts, st.sets(posts))
def test_a_track_that_is_taken_is_approved_where_it_must_be_and_has_fitting_helpers(
    track: Track, approved: Track | None, lead: int, assisting: set[int]
) -> None:
    fits = {
        Track.AT_ONCE: not assisting,
        Track.JOINT: bool(assisting),
        Track.SPECIAL: approved is Track.SPECIAL,
        Track.TASK_FORCE: approved is Track.TASK_FORCE and bool(assisting),
    }
    taken = track_fault(track, approved=approved, lead=lead, assisting=assisting) == ""
    assert taken is (fits[track] and lead not in assisting)


@pytest.mark.parametrize("track", Track)
def test_with_a_helper_more_the_track_still_fits(track: Track) -> None:
    assert track_fault(with_helper(track), approved=track, lead=1, assisting={2}) == ""


def test_a_case_without_a_track_is_joint_with_a_helper() -> None:
    assert with_helper("") is Track.JOINT


@given(st.sampled_from(sorted(APPROVED_TRACKS)), st.floats(), moments, clocks)
def test_a_special_limit_is_some_time_and_ends_within_a_year(
    track: Track, hours: float, now: datetime, clock: Clock
) -> None:
    calendar, working = clock
    if special_limit_fault(track, hours, now=now, working=working, calendar=calendar):
        return
    ends = due_at(now, Promise(hours, Unit.HOUR, working), calendar).at
    assert now < ends <= now + LONGEST_SPECIAL_LIMIT or (hours < 1e-6 and ends >= now)


@pytest.mark.parametrize(
    ("hours", "working", "code"),
    [
        (None, True, "no_time_asked"), (0, True, "no_time_asked"), (float("nan"), False, "no_time_asked"),
        (366 * 24, False, ""), (366 * 24 + 1, False, "special_limit_too_long"),
        (250 * 8, True, ""), (270 * 8, True, "special_limit_too_long"), (1e300, True, "special_limit_too_long"),
    ],
)  # fmt: skip
def test_a_special_limit_is_said_in_hours_of_its_clock(hours: float | None, code: str, *, working: bool) -> None:
    now = china("2026-03-02 09:30")
    for track in APPROVED_TRACKS:
        assert special_limit_fault(track, hours, now=now, working=working, calendar=OFFICE) == code


@pytest.mark.parametrize("track", sorted(set(Track) - APPROVED_TRACKS))
def test_a_track_that_needs_no_approval_is_not_asked_for(track: Track) -> None:
    now = china("2026-03-02 09:30")
    assert special_limit_fault(track, 8, now=now, working=True, calendar=OFFICE) == "track_needs_no_approval"


@given(st.none() | moments, moments, moments)
def test_who_may_still_come_is_not_appraised_yet(came: datetime | None, due: datetime, now: datetime) -> None:
    expected = "still_expected" if came is None and now <= due else ""
    assert appraisal_fault(reported_in_at=came, due=due, now=now) == expected
