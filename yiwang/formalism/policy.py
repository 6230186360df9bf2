"""The thresholds of signs in a county."""

from yiwang.figures.policy import Figures
from yiwang.formalism import models
from yiwang.formalism.rules import Tolerances, tolerances_fault

TOLERANCES = Figures("tolerances", models.Tolerances, Tolerances, fault=tolerances_fault, twice="tolerances_twice")


def tolerances_in(county: str) -> Tolerances:
    """What holds in a county (its code): its own, else everybody's, else the usual ones."""
    return TOLERANCES.nearest(county) or Tolerances()
