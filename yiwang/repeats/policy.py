"""How often is often in a county."""

from yiwang.figures.policy import Figures
from yiwang.repeats import models
from yiwang.repeats.rules import Often, often_fault

OFTEN = Figures("often", models.Often, Often, fault=often_fault, twice="often_twice")


def often_in(county: str) -> Often:
    """What holds in a county (its code): its own, else everybody's, else the usual."""
    return OFTEN.nearest(county) or Often()
