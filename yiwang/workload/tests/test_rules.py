"""How long what is asked takes, when it is too much, and what was asked twice."""

from datetime import date

from yiwang.workload.rules import (
    Asking,
    Kind,
    Minutes,
    Repeated,
    asked_twice,
    counted,
    is_over,
    minutes_fault,
    minutes_of,
    monday_of,
)

CASE = 9901012600000001


def test_a_week_is_as_long_as_all_that_was_asked_in_it() -> None:
    figures = Minutes(report=5, check=15, task=45, most=100)
    assert minutes_of({Kind.REPORT: 2, Kind.CHECK: 3, Kind.TASK: 1}, figures) == 100
    assert not is_over(100, figures)
    assert is_over(101, figures)
    assert not is_over(10_000, Minutes(most=0))


def test_a_week_begins_on_monday() -> None:
    assert {monday_of(date(2026, 3, day)) for day in range(2, 9)} == {date(2026, 3, 2)}


def test_what_was_asked_is_counted_by_person_kind_and_unit() -> None:
    asked = [
        Asking(1, Kind.TASK, 7),
        Asking(1, Kind.TASK, 7),
        Asking(1, Kind.TASK, 8),
        Asking(1, Kind.REPORT, times=3),
    ]
    assert counted(asked) == {(1, Kind.TASK, 7): 2, (1, Kind.TASK, 8): 1, (1, Kind.REPORT, 0): 3}


def test_the_same_asked_again_is_asked_twice_whoever_asks() -> None:
    again = [Asking(1, Kind.ANSWER, 7, case=CASE), Asking(1, Kind.ANSWER, 8, case=CASE)]
    assert list(asked_twice(again)) == [(1, CASE, Repeated.QUESTIONS, 2)]
    assert list(asked_twice([Asking(1, Kind.TASK, 7, case=CASE), Asking(2, Kind.TASK, 7, case=CASE)])) == []
    # Looking twice whether it is done is no asking of the same: it was not, the first time.
    assert list(asked_twice([Asking(1, Kind.CHECK, 7, case=CASE)] * 2)) == []


def test_figures_make_sense() -> None:
    assert minutes_fault(Minutes()) == ""
    assert minutes_fault(Minutes(task=481)) == minutes_fault(Minutes(most=10_081)) == "minutes_unfit"
