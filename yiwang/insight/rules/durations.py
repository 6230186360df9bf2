"""How long cases took, in buckets: sums give an average, and a median needs to know how many took how long.

A bucket is five per cent wider than the one before it, so that a median out of buckets is right to two and a half per
cent, and a county's year needs some two hundred of them. Below twenty minutes every minute has its own.
"""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from math import expm1, log, log1p

_WIDTH = log(1.05)


def bucket_of(minutes: int) -> int:
    """The bucket (from 0 up) in which so many minutes lie."""
    return round(log1p(max(0, minutes)) / _WIDTH)


def minutes_of(bucket: int) -> float:
    """The middle of a bucket, in minutes."""
    return expm1(bucket * _WIDTH)


def median_minutes(cases: Mapping[int, int]) -> float | None:
    """The median of so many cases in each bucket, in minutes; None of none. Between two middle cases: their mean."""
    n = sum(cases.values())
    if n <= 0:
        return None
    return (_at(cases, (n - 1) // 2) + _at(cases, n // 2)) / 2


def _at(cases: Mapping[int, int], position: int) -> float:
    """The minutes of the case at a position (from 0), the shortest first."""
    return next(minutes_of(bucket) for bucket, upto in _upto(cases) if position < upto)


def _upto(cases: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    buckets = sorted(cases)
    return zip(buckets, accumulate(cases[bucket] for bucket in buckets), strict=True)
