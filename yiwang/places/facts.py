"""What can be said to have happened to the ground."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class GroundRedrawn:
    """A redrawing is in force: for each place that ended, the codes that follow it (none: a person must decide)."""

    redrawing: int
    effective: date
    successors: dict[str, list[str]]
