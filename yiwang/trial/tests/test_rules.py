"""The rhythm of a played day."""

from datetime import UTC, datetime, timedelta

import pytest

from yiwang.trial.rules import REPORTS, SPEEDS, beat_of, clock_at, moves_on, share_of, told_by

MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_all_reports_have_come_in_when_the_day_is_over_and_never_fewer_than_before() -> None:
    told = [told_by(step / 100) for step in range(101)]
    assert told[0] == 0
    assert told[-1] == REPORTS
    assert told == sorted(told)


def test_the_morning_brings_more_than_the_evening() -> None:
    assert told_by(0.375) - told_by(0.125) > 1.5 * (told_by(1) - told_by(0.75))


@pytest.mark.parametrize(("share", "clock"), [(0, "06:00"), (0.5, "14:00"), (0.99, "21:45"), (1, "22:00")])
def test_the_clock_runs_from_six_to_ten(share: float, clock: str) -> None:
    assert clock_at(share) == clock


@pytest.mark.parametrize("minutes", SPEEDS)
def test_every_speed_has_many_beats_and_a_case_gets_through_its_life(minutes: int) -> None:
    beats = timedelta(minutes=minutes) / beat_of(minutes)
    assert beats >= 60
    assert beats * moves_on(minutes) == pytest.approx(12)


def test_a_day_is_neither_before_its_beginning_nor_after_its_end() -> None:
    assert share_of(MORNING, 5, MORNING - timedelta(hours=1)) == 0
    assert share_of(MORNING, 5, MORNING + timedelta(minutes=1)) == pytest.approx(0.2)
    assert share_of(MORNING, 5, MORNING + timedelta(days=1)) == 1
