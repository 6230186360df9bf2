"""When people of the demonstration county tell of something: by day, by week, by year."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache

from yiwang.demo.planning import CHINA, Span, moments_over

END = datetime(2026, 3, 2, 12, tzinfo=CHINA)


@cache
def a_year() -> tuple[datetime, ...]:
    moments = moments_over(random.Random(1), Span(END, days=364, moments=20_000))  # noqa: S311 - nothing secret is drawn
    return tuple(datetime.fromtimestamp(at, CHINA) for at in moments)


def counted(of: Callable[[datetime], int]) -> Counter[int]:
    return Counter(of(at) for at in a_year())


def test_the_year_is_told_in_order_and_ends_in_time() -> None:
    assert list(a_year()) == sorted(a_year())
    assert (END - a_year()[0]).days <= 364
    assert a_year()[-1] < END


def test_most_is_told_in_the_morning_and_again_after_the_noon_rest_and_hardly_anything_at_night() -> None:
    hours = counted(lambda at: at.hour)
    assert max(hours, key=hours.__getitem__) in {8, 9, 10}
    assert hours[12] < hours[10] > hours[15]
    assert hours[15] > 1.4 * hours[12]
    assert sum(hours[hour] for hour in (23, 0, 1, 2, 3, 4, 5)) < 0.06 * 20_000


def test_mondays_are_the_fullest_and_sundays_the_emptiest() -> None:
    days = counted(lambda at: at.weekday())
    assert max(days, key=days.__getitem__) == 0
    assert min(days, key=days.__getitem__) == 6
    assert days[0] > 2 * days[6]


def test_summer_floods_are_told_of_and_the_spring_festival_is_quiet() -> None:
    months = counted(lambda at: at.month)
    assert max(months, key=months.__getitem__) in {6, 7, 8}
    assert min(months, key=months.__getitem__) == 2
    assert months[7] > 1.6 * months[2]
