"""Outbreaks are found when they are there, and hardly ever when they are not: a simulation with fixed seeds."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.random import Generator
from numpy.typing import NDArray

from yiwang.insight.rules.outbreaks import (
    BASELINE,
    FALSE_ALARMS,
    FEWEST,
    WEEKS,
    YEAR,
    discoveries,
    judged,
    season,
    upper_tail,
)

ITEMS, TOWNS, RUNS = 30, 4, 150
Series = NDArray[Any]


def steady(chance: Generator) -> Series:
    return chance.poisson(_means(chance), (ITEMS, TOWNS, WEEKS))


def swinging(chance: Generator) -> Series:
    """Twice as much as by chance alone."""
    means = np.broadcast_to(_means(chance), (ITEMS, TOWNS, WEEKS))
    return chance.negative_binomial(means, 0.5)


def seasonal(chance: Generator) -> Series:
    """Three times as much at one time of the year as at the other."""
    weeks = np.arange(WEEKS)
    phase = chance.uniform(0, 2 * np.pi, (ITEMS, 1, 1))
    wave = np.exp(0.55 * np.cos(2 * np.pi * weeks / YEAR + phase))
    return chance.poisson(_means(chance) * wave)


def _means(chance: Generator) -> Series:
    """From one in four weeks to twelve a week."""
    return np.exp(chance.uniform(np.log(0.25), np.log(12), (ITEMS, TOWNS, 1)))


def chance_of(weeks: list[int], whole: list[int], known: int = WEEKS) -> float:
    one = judged(weeks, whole, known=known)
    assert one is not None
    return one.chance


def alarms(series: Series, *, known: int = WEEKS) -> list[tuple[int, int]]:
    found = {}
    for item in range(ITEMS):
        whole = series[item].sum(axis=0).tolist()
        for town in range(TOWNS):
            weeks = series[item, town].tolist()
            if weeks[0] >= FEWEST:
                found[item, town] = chance_of(weeks, whole, known)
    limit = discoveries(list(found.values()), ITEMS * TOWNS)
    return [which for which, chance in found.items() if chance <= limit]


@pytest.mark.parametrize(("kind", "seed"), [(steady, 1), (swinging, 2), (seasonal, 3)])
def test_where_nothing_happened_there_is_hardly_ever_an_alarm(kind: Callable[[Generator], Series], seed: int) -> None:
    chance = np.random.default_rng(seed)
    false = sum(bool(alarms(kind(chance))) for _run in range(RUNS))
    # So many county-weeks with any alarm are three standard errors above the stated rate.
    assert false <= FALSE_ALARMS * RUNS + 3 * (FALSE_ALARMS * (1 - FALSE_ALARMS) * RUNS) ** 0.5


@pytest.mark.parametrize(("kind", "many"), [(steady, 24), (swinging, 36)])
def test_four_times_as_many_are_found_and_six_times_where_series_swing(
    kind: Callable[[Generator], Series], many: int
) -> None:
    chance = np.random.default_rng(4)
    found = 0
    for _run in range(40):
        series = kind(chance)
        series[0] = chance.poisson(6, (TOWNS, WEEKS))
        series[0, 0, 0] = chance.poisson(many)
        found += (0, 0) in alarms(series)
    assert found >= 30


def test_a_season_that_comes_every_year_is_expected() -> None:
    item = [0] * WEEKS
    for week in (*range(-1, 2), *range(YEAR - 1, YEAR + 2)):
        item[max(week, 0)] = 60
    factor, unsure = season([n or 1 for n in item])
    assert factor > 8
    assert unsure < 0.2
    assert season([3] * WEEKS)[0] == pytest.approx(1)
    assert season([0] * WEEKS) == (1.0, 0.0)


def test_what_has_begun_already_does_not_hide_itself() -> None:
    quiet, begun = [20, 3, 3] + [3] * (WEEKS - 3), [20, 20, 20] + [3] * (WEEKS - 3)
    expected = [one.expected for weeks in (quiet, begun) if (one := judged(weeks, [30] * WEEKS))]
    assert expected == [pytest.approx(3), pytest.approx(3)]


@pytest.mark.parametrize("known", [12, 20, 60])
def test_a_young_installation_takes_nothing_unknown_for_nought(known: int) -> None:
    chance = np.random.default_rng(5)
    false = 0
    for _run in range(RUNS):
        series = steady(chance)
        series[:, :, known:] = 0
        false += bool(alarms(series, known=known))
    assert false <= FALSE_ALARMS * RUNS + 3 * (FALSE_ALARMS * (1 - FALSE_ALARMS) * RUNS) ** 0.5
    assert judged([9] * WEEKS, [9] * WEEKS, known=10) is None


def test_the_tail_is_that_of_the_distribution() -> None:
    assert upper_tail(0, 3, 4) == 1
    assert upper_tail(1, 2, 4) == pytest.approx(1 - 0.5**2)
    assert upper_tail(5, 3, 3.0001) == pytest.approx(0.18474, abs=1e-3)  # Poisson
    assert 0 < upper_tail(500, 3, 4) < 1e-50
    assert BASELINE > 0


def test_of_many_looked_at_only_the_surest_are_called() -> None:
    assert discoveries([0.0004, 0.2], 100) == 0.0004
    assert discoveries([0.004, 0.2], 100) == 0
    assert discoveries([0.0004, 0.0009, 0.5], 100) == 0.0009
    assert discoveries([], 10) == 0
