"""How hot a topic is, and what makes it the same from run to run."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from yiwang.topics.rules import Told, continued, heat_of, weekly

NOW = datetime(2026, 3, 30, 4, tzinfo=UTC)


def told(n: int, *, days: float = 1, **more: object) -> Told:
    plain = Told(n, NOW - timedelta(days=days), "990101001001001", f"person:{n}", urgent=False, is_open=False)
    return replace(plain, **more)  # type: ignore[arg-type]


def index(lines: list[Told]) -> int:
    heat = heat_of(lines, now=NOW)
    assert heat is not None
    return heat.index


def test_too_few_cases_or_too_few_people_are_no_topic() -> None:
    assert heat_of([told(n) for n in range(3)], now=NOW) is None
    assert heat_of([told(n, teller=f"person:{n % 2}") for n in range(20)], now=NOW) is None
    assert heat_of([told(n) for n in range(4)], now=NOW)


@pytest.mark.parametrize(
    "hotter",
    [
        [told(n) for n in range(9)],  # more people
        [told(n, is_open=True) for n in range(6)],
        [told(n, urgent=True) for n in range(6)],
        [told(n, place=f"99010100100{n}") for n in range(6)],
    ],
)
def test_more_people_wider_more_urgent_or_unsolved_is_hotter(hotter: list[Told]) -> None:
    assert index(hotter) > index([told(n) for n in range(6)])


def test_what_grows_is_hotter_than_what_was_always_told() -> None:
    grows = [*(told(n) for n in range(6)), told(7, days=20)]
    even = [*(told(n, days=1 + 7 * (n % 4)) for n in range(7))]
    assert index(grows) > index(even)


def test_a_topic_cools_by_itself() -> None:
    heat = heat_of([told(n, days=40, is_open=True, urgent=True) for n in range(50)], now=NOW)
    assert heat
    assert (heat.index, heat.cases, heat.recent) == (0, 50, 0)


def test_no_topic_is_hotter_than_a_hundred() -> None:
    most = [told(n, urgent=True, is_open=True, place=f"990101001{n % 900:03}") for n in range(5000)]
    assert 95 < index(most) <= 100


def test_weeks_end_today() -> None:
    today = date(2026, 3, 30)
    weeks = weekly([today, date(2026, 3, 24), date(2026, 3, 23), date(2020, 1, 1)], today=today, weeks=2)
    assert weeks == [(date(2026, 3, 17), 1), (date(2026, 3, 24), 2)]


def test_a_topic_goes_on_in_the_group_that_shares_most_with_it() -> None:
    known = {7: {1, 2, 3, 4}, 9: {5, 6}}
    assert continued([{1, 2, 3, 8}, {5, 6, 4, 11}, {20, 21}], known) == [7, 9, None]


def test_no_topic_goes_on_twice_and_chance_is_no_sameness() -> None:
    assert continued([{1, 2, 3}, {4, 5}], {7: {1, 2, 3, 4, 5}}) == [7, None]
    assert continued([set(range(100))], {7: {99, *range(200, 400)}}) == [None]
