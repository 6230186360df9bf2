"""What can be asked of the numbers, scoped by who asks. Every answer comes from roll-ups."""

from yiwang.insight.queries.ground import (
    BoardLine,
    Figure,
    Pulse,
    Standing,
    Stuck,
    Worse,
    boards,
    days,
    neglected,
    places_of,
    pulse,
    ranking,
    rates,
    stuck,
    worse,
)
from yiwang.insight.queries.own import Carried, Load, OwnMonth, carried, own_month, unit_load, unit_rates
from yiwang.insight.queries.sums import Span, Sums, month_of

__all__ = [
    "BoardLine",
    "Carried",
    "Figure",
    "Load",
    "OwnMonth",
    "Pulse",
    "Span",
    "Standing",
    "Stuck",
    "Sums",
    "Worse",
    "boards",
    "carried",
    "days",
    "month_of",
    "neglected",
    "own_month",
    "places_of",
    "pulse",
    "ranking",
    "rates",
    "stuck",
    "unit_load",
    "unit_rates",
    "worse",
]
