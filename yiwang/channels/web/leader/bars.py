"""Days as bars: where each stands and how high it is, for a picture that the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 280, 56
_GAP = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's bar, in the units of the picture; `mark` is the height at which the other number stands."""

    day: date
    reported: int
    closed: int
    x: float
    y: float
    width: float
    height: float
    mark: float


def bars_of(days: Sequence[tuple[date, int, int]]) -> list[Bar]:
    """One bar for each day (what was reported), with a mark across it (what was closed)."""
    most = max((max(reported, closed) for _, reported, closed in days), default=0) or 1
    step = WIDTH / max(1, len(days))
    return [
        Bar(
            day, reported, closed, round(n * step + _GAP / 2, 1), round(HEIGHT - reported / most * HEIGHT, 1),
            round(step - _GAP, 1), round(reported / most * HEIGHT, 1), round(HEIGHT - closed / most * HEIGHT, 1),
        )
        for n, (day, reported, closed) in enumerate(days)
    ]  # fmt: skip
