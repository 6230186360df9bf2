"""The law of the clock: exactly when how much time is used, and which ladder holds where."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.catalogue.rules import Stage
from yiwang.plumbing.worktime.rules import DayKind, OddDay, WorkCalendar
from yiwang.supervision.rules.clock import Colour, Running, Shares, warnings_of, whole_of
from yiwang.supervision.rules.ladder import (
    OVERRUN,
    Level,
    Policy,
    Rung,
    Where,
    level_above,
    plan,
    rung_fault,
    shares_fault,
)

CALENDAR = WorkCalendar()
MONDAY = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # 8:30 in China
HOUR = timedelta(hours=1)


def running(hours: float, *, working: bool = False, begun: datetime = MONDAY) -> Running:
    span = timedelta(hours=hours)
    due = CALENDAR.add(begun, span) if working else begun + span
    return Running(begun, due, span, working)


def test_half_is_used_when_half_of_the_time_is_gone() -> None:
    colours = warnings_of(running(10), Shares(), CALENDAR)
    assert (colours.soon, colours.pressing) == (MONDAY + 5 * HOUR, MONDAY + 8 * HOUR)
    seen = [colours.colour(MONDAY + hours * HOUR) for hours in (0, 5, 8, 10, 10.1)]
    assert seen == [Colour.CALM, Colour.SOON, Colour.PRESSING, Colour.PRESSING, Colour.LATE]


def test_working_time_is_used_in_working_hours_only() -> None:
    """Two working days from Monday morning: half of them end with the Monday, four fifths on Tuesday afternoon."""
    colours = warnings_of(running(16, working=True), Shares(), CALENDAR)
    assert colours.soon == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert colours.pressing == datetime(2026, 3, 3, 6, 48, tzinfo=UTC)


def test_a_share_lies_behind_a_holiday() -> None:
    closed = WorkCalendar(odd_days={date(2026, 3, 3): OddDay(DayKind.HOLIDAY)})
    due = closed.add(MONDAY, 16 * HOUR)
    at = Running(MONDAY, due, 16 * HOUR, True).at(75, closed)
    assert at == datetime(2026, 3, 4, 6, tzinfo=UTC)


def test_a_limit_crosses_new_year_into_a_year_without_a_calendar() -> None:
    begun = datetime(2031, 12, 31, 0, 30, tzinfo=UTC)  # a Wednesday
    half = running(16, working=True, begun=begun).at(50, CALENDAR)
    assert half == datetime(2031, 12, 31, 10, tzinfo=UTC)
    assert running(16, working=True, begun=begun).due == datetime(2032, 1, 1, 10, tzinfo=UTC)


def test_behind_the_end_time_goes_on_by_the_same_clock() -> None:
    assert running(10).at(150, CALENDAR) == MONDAY + 15 * HOUR
    assert running(8, working=True).at(150, CALENDAR) == datetime(2026, 3, 3, 6, tzinfo=UTC)


def test_a_pause_uses_nothing_up() -> None:
    """Ten hours, of which two were used when it stood still for twenty: half is used three hours after it went on."""
    stopped, on = MONDAY + 2 * HOUR, MONDAY + 22 * HOUR
    due = on + 8 * HOUR
    whole = whole_of(MONDAY, due, [(stopped, on)], CALENDAR, working=False)
    assert whole == 10 * HOUR
    assert Running(MONDAY, due, whole, False).at(50, CALENDAR) == on + 3 * HOUR


def test_what_was_granted_is_part_of_the_whole() -> None:
    whole = whole_of(MONDAY, MONDAY + 20 * HOUR, [], CALENDAR, working=False)
    assert Running(MONDAY, MONDAY + 20 * HOUR, whole, False).at(50, CALENDAR) == MONDAY + 10 * HOUR


SPANS = st.floats(min_value=0.01, max_value=400, allow_nan=False)


@given(SPANS, st.booleans(), st.integers(1, 499))
def test_more_is_never_used_earlier(hours: float, working: bool, percent: int) -> None:  # noqa: FBT001 - given by name
    limit = running(hours, working=working)
    assert limit.at(percent, CALENDAR) <= limit.at(percent + 1, CALENDAR)
    assert limit.begun <= limit.at(percent, CALENDAR)
    assert limit.at(100, CALENDAR) == limit.due


@given(st.floats(min_value=1, max_value=400), st.integers(1, 99))
def test_what_is_left_at_a_share_is_the_rest(hours: float, percent: int) -> None:
    limit = running(hours, working=True)
    left = CALENDAR.between(limit.at(percent, CALENDAR), limit.due)
    assert abs(left - limit.whole * (100 - percent) / 100) <= timedelta(microseconds=10)


RUNGS = (Rung(1, Level.HANDLER, 80), Rung(2, Level.HEAD, 100), Rung(3, Level.CENTRE, 150, Stage.HANDLE))


def planned(hours: float, *, climbed: tuple[int, ...] = (), stage: Stage = Stage.HANDLE, since: datetime = MONDAY):  # type: ignore[no-untyped-def]  # noqa: ANN201
    return plan(running(10), stage, RUNGS, Shares(), CALENDAR, climbed=climbed, since=since, now=MONDAY + hours * HOUR)


def test_rungs_come_one_after_the_other_and_each_once() -> None:
    assert ([m.id for m in planned(1).due], planned(1).next_at) == ([], MONDAY + 8 * HOUR)
    assert [m.id for m in planned(8).due] == [1]
    assert [m.id for m in planned(11, climbed=(1,)).due] == [2, OVERRUN]
    assert planned(11, climbed=(1, 2, OVERRUN)).due == ()
    assert planned(16, climbed=(1, 2, 3, OVERRUN)).next_at is None


def test_what_was_missed_comes_in_its_order() -> None:
    assert [m.id for m in planned(99).due] == [1, 2, OVERRUN, 3]


def test_what_lay_before_supervision_began_is_let_lie() -> None:
    assert [m.id for m in planned(99, since=MONDAY + 12 * HOUR).due] == [3]


def test_a_rung_of_another_stage_is_not_climbed() -> None:
    assert [m.id for m in planned(99, stage=Stage.CHECK).due] == [1, 2, OVERRUN]


def test_the_nearest_ladder_holds_alone() -> None:
    everybodys, emergencies, countys = [RUNGS[0]], [RUNGS[1]], [RUNGS[2]]
    known = Policy({Where(): everybodys, Where(urgency="emergency"): emergencies, Where(county="990101"): countys}, {})
    assert known.ladder("990102", 3, "routine") == everybodys
    assert known.ladder("990102", 3, "emergency") == emergencies
    assert known.ladder("990101", 3, "emergency") == countys
    assert Policy({}, {}).ladder("990101", 3, "routine") == ()


def test_a_board_may_have_colours_of_its_own() -> None:
    known = Policy({}, {Where(board=3): Shares(20, 40), Where(county="990101"): Shares(60, 90)})
    assert known.shares_for("990102", 3) == Shares(20, 40)
    assert known.shares_for("990101", 3) == Shares(60, 90)
    assert known.shares_for("990102", 1) == Shares()


def test_silence_goes_one_level_up() -> None:
    assert [level_above(level) for level in (Level.HANDLER, Level.COUNTY)] == [Level.HEAD, None]


@pytest.mark.parametrize(
    ("percent", "minutes", "code"),
    [(0, None, ""), (1000, 5, ""), (1001, None, "rung_percent_unfit"), (50, 0, "rung_minutes_unfit")],
)
def test_a_rung_is_somewhere_on_the_ladder(percent: int, minutes: int | None, code: str) -> None:
    assert rung_fault(percent, minutes) == code


@pytest.mark.parametrize("shares", [Shares(0, 50), Shares(50, 50), Shares(50, 100)])
def test_colours_follow_each_other(shares: Shares) -> None:
    assert shares_fault(shares) == "shares_unfit"
    assert shares_fault(Shares()) == ""
