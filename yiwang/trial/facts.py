"""What can be said to have happened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DayBegun:
    """Somebody wants a day played; `day` is its number."""

    day: int
    county: str
