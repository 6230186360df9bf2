"""What asks the same, what answers, and what comes of it."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.forms.rules import (
    GRACE,
    LONGEST_SERIES,
    USUAL,
    Asks,
    Every,
    Kind,
    Known,
    Likeness,
    Rounds,
    answer_fault,
    closes_at,
    known_anyway,
    likeness,
    likeness_fault,
    newest,
    next_round,
    normalised,
    read_answer,
    really_takes,
    reminded_from,
    round_days,
    round_of,
    rounds_fault,
    summed,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("本网格内现有独居老人多少人？", "请填写独居老人人数"),
        ("独居老人（６０岁以上）有几位", "60岁以上独居老人几位?"),
        ("沿街商铺消防栓是否完好", "请问沿街商铺的消防栓完好吗"),
    ],
)
def test_other_words_around_it_ask_the_same(one: str, other: str) -> None:
    assert USUAL.is_same(one, other)
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("独居老人多少人", "空置房屋多少套"), ("消防栓几个", "水井几口"), ("", "水井几口")]
)
def test_another_thing_is_not_the_same(one: str, other: str) -> None:
    assert not USUAL.is_same(one, other)


def test_of_nothing_but_polite_words_something_is_left() -> None:
    assert normalised("共有多少？") == "共有多少"


def test_what_the_platform_knows_need_not_be_asked() -> None:
    assert known_anyway("本月上报事件数") is Known.CASES
    assert known_anyway("网格员姓名和电话") is Known.CREW
    assert known_anyway("水井有几口") is None


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (Kind.NUMBER, " ３０ ", "30"), (Kind.NUMBER, "2.50", "2.5"),
        (Kind.NUMBER, "NaN", None), (Kind.NUMBER, "多", None),
        (Kind.NUMBER, "1e3", "1000"), (Kind.NUMBER, "1e99", None), (Kind.NUMBER, "", None), (Kind.YES, "yes", "yes"),
        (Kind.YES, "是", None), (Kind.ONE, "好", "好"), (Kind.ONE, "坏", None), (Kind.DAY, "2026-03-02", "2026-03-02"),
        (Kind.DAY, "明天", None), (Kind.TEXT, " 有 ", "有"), (Kind.TEXT, " ", None),
    ],
)  # fmt: skip
def test_an_answer_fits_its_question(kind: Kind, said: str, kept: str | None) -> None:
    assert read_answer(Asks("?", kind, choices=("好", "差")), said) == kept


@pytest.mark.parametrize(
    ("kind", "said", "fault"),
    [
        (Kind.NUMBER, "五六", "answer_no_number"), (Kind.NUMBER, "12户", "answer_no_number"),
        (Kind.NUMBER, "Infinity", "answer_no_number"), (Kind.NUMBER, "", "number_missing"),
        (Kind.NUMBER, "1000000000000", "number_too_large"), (Kind.NUMBER, "-1e99", "number_too_large"),
        (Kind.NUMBER, "0.00001", "number_too_fine"), (Kind.NUMBER, "-0.5", ""),
        (Kind.DAY, "明天", "answer_no_day"), (Kind.TEXT, "很" * 501, "answer_too_long"),
        (Kind.TEXT, " ", "answer_missing"), (Kind.ONE, "坏", "answer_not_offered"), (Kind.YES, "", "answer_missing"),
        (Kind.YES, "no", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_answer_is_told(kind: Kind, said: str, fault: str) -> None:
    assert answer_fault(Asks("?", kind, choices=("好", "差")), said) == fault


def test_how_long_it_takes_is_the_median_once_somebody_returned_it() -> None:
    assert really_takes([], 20) == 20
    assert really_takes([3, 5, 60], 20) == 5


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(-50, 50))), st.randoms())
def test_the_summary_equals_a_recount_of_the_newest_returns(sent: list[tuple[int, int]], shuffle: object) -> None:
    returns = [(number, person, {"7": str(said)}) for number, (person, said) in enumerate(sent)]
    last = dict(sent)
    shuffle.shuffle(returns)  # type: ignore[attr-defined]
    found = summed(Asks("?", Kind.NUMBER), (one["7"] for one in newest(returns).values()))
    assert found.answered == len(last)
    assert found.total == Decimal(sum(last.values()))
    assert found.counts == Counter(map(str, last.values()))


def test_one_is_reminded_a_day_before_or_in_the_middle_of_a_short_time() -> None:
    asked = datetime(2026, 3, 2, 9, tzinfo=UTC)
    week, hours = asked + timedelta(days=7), asked + timedelta(hours=4)
    assert reminded_from(asked, week) == week - timedelta(days=1)
    assert reminded_from(asked, hours) == asked + timedelta(hours=2)


def test_a_month_is_counted_from_the_first_day_so_that_a_thirty_first_comes_back() -> None:
    days = round_days(date(2026, 1, 31), Rounds(Every.MONTH, date(2026, 5, 30)))
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    assert round_days(date(2026, 12, 1), Rounds(Every.MONTH, date(2027, 1, 1)))[-1] == date(2027, 1, 1)


@given(
    first=st.dates(date(2020, 1, 1), date(2040, 1, 1)), every=st.sampled_from(Every), span=st.integers(0, 800),
    takes=st.integers(0, 40),
)  # fmt: skip
def test_rounds_never_overlap_and_end(first: date, every: Every, span: int, takes: int) -> None:
    rounds = Rounds(every, first + timedelta(days=span))
    days = round_days(first, rounds)
    assert days == sorted(set(days))
    assert days[0] == first
    assert days[-1] <= first + LONGEST_SERIES
    if not rounds_fault(rounds, first, first + timedelta(days=takes)):
        for number, day in enumerate(days, 1):
            last = day + timedelta(days=takes)
            assert round_of(days, day, timedelta(days=takes)) == round_of(days, last, timedelta(days=takes)) == number
            following = next_round(days, day)
            assert following == (days[number] if number < len(days) else None)
            assert following is None or last < following


def test_a_form_closes_before_the_next_round_opens() -> None:
    due = datetime(2026, 3, 6, 18, tzinfo=UTC)
    following = datetime(2026, 3, 9, 8, tzinfo=UTC)
    assert (closes_at(due, None), closes_at(due, following)) == (due + GRACE, following)


def test_figures_that_make_no_sense() -> None:
    assert not any(map(likeness_fault, (USUAL, Likeness(30, 1), Likeness(100, 730))))
    wrong = (Likeness(29), Likeness(101), Likeness(days=0), Likeness(days=731))
    assert {likeness_fault(one) for one in wrong} == {"likeness_unfit"}
