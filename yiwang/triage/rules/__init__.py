"""The law of triage: what makes two reports alike, how a text is read, and what was learned of many of them."""

from yiwang.triage.rules.choosing import (
    CONFIRMED,
    MOST_CASES,
    MOST_WEIGHTS,
    goes_by_itself,
    held_back,
    is_better,
    rank_of,
    worth_learning,
)
from yiwang.triage.rules.likeness import (
    NEAR_METRES,
    SAME_FOR_DAYS,
    TOLD_AGAIN_WITHIN_DAYS,
    Sketch,
    is_of_one_label,
    is_told_again,
    likeness,
    metres_apart,
)
from yiwang.triage.rules.model import Guess, Model, from_bytes, to_bytes
from yiwang.triage.rules.reading import Words
from yiwang.triage.rules.solving import Solver, likely_solver

__all__ = [
    "CONFIRMED",
    "MOST_CASES",
    "MOST_WEIGHTS",
    "NEAR_METRES",
    "SAME_FOR_DAYS",
    "TOLD_AGAIN_WITHIN_DAYS",
    "Guess",
    "Model",
    "Sketch",
    "Solver",
    "Words",
    "from_bytes",
    "goes_by_itself",
    "held_back",
    "is_better",
    "is_of_one_label",
    "is_told_again",
    "likely_solver",
    "likeness",
    "metres_apart",
    "rank_of",
    "to_bytes",
    "worth_learning",
]
