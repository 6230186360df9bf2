"""The law of topics: how hot one is, and which of today's groups is which of yesterday's topics."""

from yiwang.topics.rules.heat import RECENT_DAYS, VERSION, WINDOW_DAYS, Heat, Parts, Told, heat_of, weekly
from yiwang.topics.rules.identity import continued

__all__ = [
    "RECENT_DAYS",
    "VERSION",
    "WINDOW_DAYS",
    "Heat",
    "Parts",
    "Told",
    "continued",
    "heat_of",
    "weekly",
]
