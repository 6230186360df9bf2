"""What can be said to have happened in supervision. `case` is its number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AppealGranted:
    """The overruns of this case are left out of the statistics from now on."""

    case: int
    county: str
