"""The law of triage: what makes two reports alike, how a text is read, and what was learned of many of them."""

from yiwang.triage.rules.likeness import NEAR_METRES, SAME_FOR_DAYS, Sketch, likeness, metres_apart
from yiwang.triage.rules.model import Guess, Model, from_bytes, to_bytes
from yiwang.triage.rules.reading import Words

__all__ = [
    "NEAR_METRES",
    "SAME_FOR_DAYS",
    "Guess",
    "Model",
    "Sketch",
    "Words",
    "from_bytes",
    "likeness",
    "metres_apart",
    "to_bytes",
]
