"""What can be said to have happened when the calendar is changed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LimitsTimedAnew:
    """A change of the calendar has been carried to every open case."""

    retiming: int
