"""Whom a county or a town calls back: the nearest rule around holds, and where there is none everybody is called."""

from yiwang.callbacks import models
from yiwang.callbacks.rules import Sampling, sampling_fault
from yiwang.figures.policy import COUNTY, TOWN, Figures

SAMPLING = Figures(
    "sampling", models.Sampling, Sampling, fault=sampling_fault, twice="sampling_twice", ground="place",
    levels=frozenset({COUNTY, TOWN}), unfit="sampling_place_unfit",
)  # fmt: skip
