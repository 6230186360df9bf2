"""From when on two questions are the same in a county."""

from yiwang.figures.policy import Figures
from yiwang.forms import models
from yiwang.forms.rules import USUAL, Likeness, likeness_fault

LIKENESS = Figures("likeness", models.Likeness, Likeness, fault=likeness_fault, twice="likeness_twice")


def likeness_in(county: str) -> Likeness:
    """What holds in a county (its code): its own, else everybody's, else the usual."""
    return LIKENESS.nearest(county) or USUAL
