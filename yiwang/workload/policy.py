"""How long things take in a county and how much a week may hold."""

from yiwang.figures.policy import Figures
from yiwang.workload import models
from yiwang.workload.rules import Minutes, minutes_fault

MINUTES = Figures(
    "minutes", models.Minutes, Minutes, fault=minutes_fault, twice="minutes_twice",
    columns={"check": "check_minutes"},  # a model's `check` is Django's
)  # fmt: skip


def minutes_in(county: str) -> Minutes:
    """What holds in a county (its code): its own, else everybody's, else the usual."""
    return MINUTES.nearest(county) or Minutes()
