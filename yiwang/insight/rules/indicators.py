"""The indicators, as data: name, formula, unit, version. One page says what each published figure is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from yiwang.insight.rules.marks import Measure

M = Measure


class Unit(StrEnum):
    """In what an indicator is said."""

    CASES = "cases"
    PER_CENT = "per_cent"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Indicator:
    """`over` summed, divided by `of` where there is one. Another formula is another version."""

    name: str
    over: Measure
    of: Measure | None = None
    unit: Unit = Unit.PER_CENT
    version: int = 1


INDICATORS = {
    one.name: one
    for one in (
        Indicator("reported", M.REPORTED, unit=Unit.CASES),
        Indicator("accepted", M.ACCEPTED, unit=Unit.CASES),
        Indicator("due", M.DUE, unit=Unit.CASES),
        Indicator("closed", M.CLOSED, unit=Unit.CASES),
        Indicator("closure_rate", M.DUE_CLOSED, M.DUE),
        Indicator("in_time_rate", M.DUE_IN_TIME, M.DUE),
        Indicator("signed_in_time_rate", M.SIGNED_IN_TIME, M.GIVEN),
        Indicator("hand_back_rate", M.HANDED_BACK, M.GIVEN),
        Indicator("rework_rate", M.REWORKED, M.CLOSED),
        Indicator("extension_rate", M.EXTENDED, M.CLOSED),
        Indicator("response_rate", M.REACHED, M.ASKED),
        Indicator("solved_rate", M.SOLVED, M.REACHED),
        Indicator("satisfied_rate", M.SATISFIED, M.REACHED),
        Indicator("own_rating_satisfied_rate", M.RATED_SATISFIED, M.RATED),
        Indicator("at_base_rate", M.AT_BASE, M.CLOSED),
        Indicator("on_the_spot_rate", M.ON_THE_SPOT, M.CLOSED),
        Indicator("average_hours", M.MINUTES, M.CLOSED, unit=Unit.HOURS),
    )
}


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator's value with what it was reckoned from; `value` is None where there is nothing to divide by.

    Per cent and hours are rounded to two digits, as bulletins print them.
    """

    indicator: Indicator
    over: int
    of: int
    value: float | None


def value_of(indicator: Indicator, sums: Mapping[str, int]) -> Value:
    """What an indicator says of these sums of measures."""
    over = sums.get(indicator.over, 0)
    if indicator.of is None:
        return Value(indicator, over, 0, over)
    of = sums.get(indicator.of, 0)
    scale = {Unit.PER_CENT: 100.0, Unit.HOURS: 1 / 60, Unit.CASES: 1.0}[indicator.unit]
    return Value(indicator, over, of, round(over / of * scale, 2) if of else None)
