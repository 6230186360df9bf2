"""What is usual, what is worse than usual, and how much a small number of cases can say."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, median, pvariance

WEEKS = 8
"""So many weeks before say what is usual."""

# One-sided: of a hundred series in which nothing has changed, about one is called worse by chance in a week.
_Z = 2.326
_FEWEST = 5
_FLATTEST = 0.001


def usual(same_days: Sequence[float]) -> float | None:
    """What a day mostly has: the median of the same weekday of past weeks, which one festival does not move.

    None without any day.
    """
    return median(same_days) if same_days else None


def by_this_time(hours: Sequence[int], hour: int, minute: int) -> float:
    """How much of a day had come by this time: its whole hours, and of the present hour its share. `hours`: 24."""
    return sum(hours[:hour]) + hours[hour] * minute / 60


def threshold(weeks: Sequence[int]) -> float:
    """The number from which on a week is worse than usual, given the weeks before it.

    Farrington, Andrews, Beale and Catchpole (1996), J. R. Stat. Soc. A 159:547, without trend: counts are made even
    by the power 2/3; a series that swings more than chance alone is allowed to (its dispersion). The false-alarm rate
    is about one in a hundred for a series and week.
    """
    mean = fmean(weeks)
    if not mean:
        return float(_FEWEST)
    dispersion = max(1.0, pvariance(weeks) * len(weeks) / (len(weeks) - 1) / mean)
    spread = dispersion / mean * (1 + 1 / len(weeks))
    return max(float(_FEWEST), mean * float((1 + 2 / 3 * _Z * sqrt(spread)) ** 1.5))


def is_worse(now: int, weeks: Sequence[int]) -> bool:
    """Whether a week has more than chance explains; five cases at least, for two after one mean nothing."""
    return len(weeks) > 1 and now > threshold(weeks) and now >= _FEWEST


def shrunken(units: Sequence[tuple[int, int]], *, least: float = 0) -> list[float]:
    """The rates of units (successes, trials; a trial at least), each drawn towards the common rate, the more the fewer
    its cases: a unit with three cases is neither best nor worst by luck.

    Empirical Bayes with a beta distribution of rates; how much units really differ is estimated by Kleinman's moments
    (1973, J. Am. Stat. Assoc. 68:46). Units that do not differ more than by chance all get the common rate. The common
    rate is worth `least` cases at least, however much units differ.
    """
    total = sum(n for _, n in units)
    common = sum(x for x, _ in units) / total if total else 0.0
    weight = max(least, _weight(units, common, total))
    return [(x + weight * common) / (n + weight) for x, n in units]


def _weight(units: Sequence[tuple[int, int]], common: float, total: int) -> float:
    """As many trials as the common rate is worth."""
    chance = common * (1 - common)
    own = total - sum(n * n for _, n in units) / total - (len(units) - 1) if total else 0.0
    if chance <= 0 or own <= 0:
        return 1 / _FLATTEST
    differing = sum(n * (x / n - common) ** 2 for x, n in units)
    alike = (differing - chance * (len(units) - 1)) / (chance * own)
    alike = min(max(alike, _FLATTEST), 1.0)
    return (1 - alike) / alike
