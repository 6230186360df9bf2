from datetime import date, timedelta

import pytest

from yiwang.people.rules import SENSITIVE, Duty, Grant, day_of, may, outlasts, overlap

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def test_a_grant_covers_what_lies_inside_from_its_first_day_up_to_its_last() -> None:
    grant = Grant(frozenset({Duty.HANDLE}), "990101001", MARCH, APRIL, post=7)
    assert may([grant], Duty.HANDLE, "990101001001", MARCH)
    assert may([grant], Duty.HANDLE, "990101001", APRIL - timedelta(days=1))
    assert not may([grant], Duty.HANDLE, "990101001", APRIL)
    assert not may([grant], Duty.HANDLE, "990101", MARCH)
    assert not may([grant], Duty.CHECK, "990101001", MARCH)
    assert not may([], Duty.HANDLE, "990101001", MARCH)


def test_administering_and_inspecting_are_sensitive() -> None:
    assert {Duty.ADMINISTER, Duty.INVESTIGATE, Duty.SEE_PERSONAL} <= SENSITIVE
    assert Duty.REPORT not in SENSITIVE


@pytest.mark.parametrize("text", ["2026-03-02", "2026/3/2", "2026.3.2", "20260302", "2026年3月2日", " 2026-3-2 "])
def test_a_day_is_read_as_offices_write_it(text: str) -> None:
    assert day_of(text) == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "02.03.2026", "2026-13-01"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


def test_spans_that_touch_do_not_overlap() -> None:
    assert not overlap(MARCH, APRIL, APRIL, None)
    assert overlap(MARCH, None, APRIL, MAY)
    assert outlasts(None, None, MARCH, None)
    assert not outlasts(None, MAY, MARCH, None)
    assert not outlasts(APRIL, None, MARCH, MAY)
