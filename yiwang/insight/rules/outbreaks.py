"""Outbreaks: what is told in a week more often than its own past explains, with a stated rate of false alarms.

A series is the weekly reports of one item in one town. What is expected is the mean of its own 26 weeks (two before
this one are left out, so that what has begun already does not hide itself), times the item's season: how the same
three weeks of last year stood to the same 26 weeks before them, in the whole county, drawn towards one where that is
few. As in Farrington's algorithm (1996; improved by Noufaily et al. 2013, Stat. Med. 32:1206) a series may swing more
than by chance: its dispersion is estimated, and the count is judged by the negative binomial distribution with the
mean and the variance of a prediction. Of all series looked at together the discoveries are controlled after Benjamini
and Hochberg (1995): where nothing has happened anywhere, a week brings any false alarm with a probability of at most
`FALSE_ALARMS`. The simulation in `tests/test_outbreaks.py` checks that, for steady, swinging and seasonal series.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p
from statistics import fmean

BASELINE, GAP, YEAR = 26, 2, 52
WEEKS = YEAR + GAP + BASELINE + 2
"""So many weeks are read: this one (0), and those before it, the nearest first."""
LEAST = 8
"""Below so many past weeks nothing is judged."""
FALSE_ALARMS = 0.05
FEWEST = 5
"""Below so many reports in a week nothing is called an outbreak."""
_FEW_SEASONS = 10.0
# More than was seen, for it was seen briefly.
_TYPICAL = 1.25


@dataclass(frozen=True, slots=True)
class Judged:
    """A week of a series: how many, how many were expected, and how likely as many are by chance (upper tail)."""

    now: int
    expected: float
    chance: float


def judged(weeks: Sequence[int], item: Sequence[int], *, known: int = WEEKS) -> Judged | None:
    """Judge the newest week of a series, given `WEEKS` weeks of it and of its item in the whole county.

    `known`: so many of them were counted at all; the others are not nought but unknown. None where that is too few.
    """
    upto = min(1 + GAP + BASELINE, known)
    past, whole = weeks[1 + GAP : upto], item[1 + GAP : upto]
    if len(past) < LEAST:
        return None
    factor, unsure = season(item) if known >= WEEKS - 1 else (1.0, 0.0)
    mean = max(fmean(past), 0.5 / len(past))
    expected = mean * factor
    # Of a town's few reports one cannot see how they swing; the whole county's of that item show it better.
    swing = max(_dispersion(past), _dispersion(whole)) * _TYPICAL
    variance = swing * expected * (1 + factor / len(past)) + expected * expected * unsure
    return Judged(weeks[0], expected, upper_tail(weeks[0], expected, variance))


def season(item: Sequence[int]) -> tuple[float, float]:
    """How much more an item is usual now than in the weeks before, by last year; and the variance of its logarithm."""
    then, before = item[YEAR - 1 : YEAR + 2], item[YEAR + 1 + GAP : YEAR + 1 + GAP + BASELINE]
    if not any(before) and not any(then):
        return 1.0, 0.0
    usual = sum(before) * len(then) / BASELINE
    factor = (sum(then) + _FEW_SEASONS) / (usual + _FEW_SEASONS)
    return factor, 1 / (sum(then) + _FEW_SEASONS) + 1 / (sum(before) + _FEW_SEASONS)


def _dispersion(past: Sequence[int]) -> float:
    """How much a series swings, in variances of pure chance."""
    mean = fmean(past)
    return max(1.0, sum((n - mean) ** 2 for n in past) / mean / (len(past) - 1)) if mean else 1.0


def upper_tail(n: int, mean: float, variance: float) -> float:
    """The probability of `n` or more, by the negative binomial distribution with this mean and variance."""
    if n <= 0:
        return 1.0
    size = mean * mean / max(variance - mean, 1e-9)
    chance = size / (size + mean)
    below, step = 0.0, exp(size * log(chance))
    for k in range(n):
        below += step
        step *= (size + k) / (k + 1) * (1 - chance)
    # Far out the sum below is one but for rounding: there the first terms of the tail itself say it.
    return max(1 - below, exp(_log_mass(n, size, chance)))


def _log_mass(n: int, size: float, chance: float) -> float:
    return lgamma(n + size) - lgamma(size) - lgamma(n + 1) + size * log(chance) + n * log1p(-chance)


def discoveries(chances: Sequence[float], looked_at: int) -> float:
    """Up to which chance a series is called an outbreak, of so many looked at (Benjamini and Hochberg); 0 for none."""
    kept = 0.0
    for rank, chance in enumerate(sorted(chances), start=1):
        if chance <= FALSE_ALARMS * rank / max(looked_at, len(chances)):
            kept = chance
    return kept
