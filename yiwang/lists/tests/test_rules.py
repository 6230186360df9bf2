"""Periods as addresses name them, shares as bulletins reckon them, and words that say something."""

from datetime import date

import pytest

from yiwang.lists.rules import LONGEST_TEXT, Period, period_of, periods, rates_of, text_fault


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_an_address_names_a_month_or_a_quarter(code: str, first: date, last: date) -> None:
    found = period_of(code)
    assert found is not None
    assert (found.first, found.last, found.code) == (first, last, code)


@pytest.mark.parametrize("code", ["", "2026", "2026-13", "2026-Q5", "2026-1", "0000-01", "2026-11-01", "2026-Q0"])
def test_nothing_else_is_a_period(code: str) -> None:
    assert period_of(code) is None


def test_this_month_and_quarter_and_those_before_are_offered() -> None:
    offered = [one.code for one in periods(date(2026, 1, 31))]
    assert offered[:2] == ["2026-01", "2025-12"]
    assert offered[12] == "2025-01"
    assert offered[13:] == ["2026-Q1", "2025-Q4", "2025-Q3", "2025-Q2", "2025-Q1"]
    assert [one.month for one in Period(date(2025, 10, 1), 3).months_in_it] == [10, 11, 12]


def test_shares_are_rounded_half_up_and_there_is_none_of_nothing() -> None:
    rates = {one.name: one.value for one in rates_of({"in_time": 737, "due": 972, "reached": 3, "solved": 2})}
    assert rates == {"in_time": 75.82, "solved": 66.67, "satisfied": 0}
    assert [one.value for one in rates_of({})] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "fault"),
    [("每周三清运", ""), (" \n", "measure_lacks_text"), ("长" * (LONGEST_TEXT + 1), "measure_text_too_long")],
)
def test_a_measure_says_something_and_not_too_much(text: str, fault: str) -> None:
    assert text_fault(text) == fault
