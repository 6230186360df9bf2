"""What can be asked of the numbers, scoped by who asks. Every answer comes from roll-ups."""

from yiwang.insight.open_now import Stuck
from yiwang.insight.queries.ground import (
    BoardLine,
    Figure,
    Pulse,
    Standing,
    Worse,
    boards,
    daily,
    has_numbers,
    neglected,
    places_of,
    pulse,
    ranking,
    rates,
    valued,
    worse,
)
from yiwang.insight.queries.own import Carried, Load, OwnMonth, carried, own_month, unit_load, unit_rates
from yiwang.insight.queries.standings import grids_by_score, units_by_score, weighing_of
from yiwang.insight.queries.sums import Span, Sums, month_of, summed

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
    "daily",
    "grids_by_score",
    "has_numbers",
    "month_of",
    "neglected",
    "own_month",
    "places_of",
    "pulse",
    "ranking",
    "rates",
    "summed",
    "unit_load",
    "unit_rates",
    "units_by_score",
    "valued",
    "weighing_of",
    "worse",
]
