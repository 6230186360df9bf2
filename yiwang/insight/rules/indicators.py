"""The indicators, as data: name, formula, unit, source fields, version. One page says what each published figure is.

Rates and hours are rounded half up to two digits (四舍五入), as bulletins are reckoned by hand; the quotient is exact
until then. A real bulletin: 911 of 972 due are 93.72 %, 737 of 972 in time are 75.82 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor

from yiwang.insight.rules.durations import median_minutes
from yiwang.insight.rules.marks import Measure

M = Measure


class Unit(StrEnum):
    """In what an indicator is said."""

    CASES = "cases"
    PER_CENT = "per_cent"
    HOURS = "hours"


SOURCES: dict[Measure, tuple[str, ...]] = {
    M.REPORTED: ("case.opened_at", "case.part_of"),
    M.ACCEPTED: ("case.opened_at", "case.state"),
    M.UNOWNED: ("case.opened_at", "case.state", "case.lead"),
    M.DUE: ("case.due_at", "case.state"),
    M.DUE_CLOSED: ("case.due_at", "case.state"),
    M.DUE_IN_TIME: ("case.due_at", "case.state", "case.finished_at"),
    M.CLOSED: ("case.closed_at", "case.state"),
    M.MINUTES: ("case.opened_at", "case.closed_at"),
    M.ON_THE_SPOT: ("case.closed_at", "step.move=settle"),
    M.AT_BASE: ("case.closed_at", "case.lead", "post.ground"),
    M.REWORKED: ("case.closed_at", "step.move=send_back", "step.move=reopen"),
    M.EXTENDED: ("case.closed_at", "case.extensions"),
    M.ASKED: ("case.closed_at", "case.reached", "step.move=call_back"),
    M.REACHED: ("case.closed_at", "case.reached"),
    M.SOLVED: ("case.closed_at", "case.solved"),
    M.SATISFIED: ("case.closed_at", "case.satisfied"),
    M.RATED: ("case.closed_at", "step.given.way=page"),
    M.RATED_SATISFIED: ("case.closed_at", "step.given.way=page", "case.satisfied"),
    M.GIVEN: ("assignment.given_at", "assignment.part"),
    M.SIGNED_IN_TIME: ("assignment.given_at", "assignment.signed_at", "assignment.sign_due"),
    M.HANDED_BACK: ("assignment.given_at", "assignment.ending"),
}
"""Out of which fields a measure comes, for those that indicators are made of."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """`over` summed, divided by `of` where there is one; or, `by_median`, the median over the cases of `over`.

    Another formula is another version.
    """

    name: str
    over: Measure
    of: Measure | None = None
    unit: Unit = Unit.PER_CENT
    version: int = 1
    by_median: bool = False

    @property
    def formula(self) -> str:
        """The formula in the names of measures."""
        if self.by_median:
            return f"median({M.MINUTES} / 60, {self.over})"
        if self.of is None:
            return self.over.value
        scale = {Unit.PER_CENT: " × 100", Unit.HOURS: " / 60", Unit.CASES: ""}[self.unit]
        return f"{self.over} / {self.of}{scale}"

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields (table and column, or the step) out of which it is reckoned, each once."""
        measures = (self.over, *((self.of,) if self.of else ()), *((M.MINUTES,) if self.by_median else ()))
        return tuple(dict.fromkeys(field for measure in measures for field in SOURCES[measure]))


INDICATORS = {
    one.name: one
    for one in (
        Indicator("reported", M.REPORTED, unit=Unit.CASES),
        Indicator("accepted", M.ACCEPTED, unit=Unit.CASES),
        Indicator("unowned", M.UNOWNED, unit=Unit.CASES),
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
        Indicator("median_hours", M.CLOSED, unit=Unit.HOURS, by_median=True),
    )
}


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator's value with what it was reckoned from; `value` is None where there is nothing to divide by."""

    indicator: Indicator
    over: int
    of: int
    value: float | None


_SCALES = {Unit.PER_CENT: Fraction(100), Unit.HOURS: Fraction(1, 60), Unit.CASES: Fraction(1)}
_NO_CASES: Mapping[int, int] = {}


def value_of(indicator: Indicator, sums: Mapping[str, int], durations: Mapping[int, int] = _NO_CASES) -> Value:
    """What an indicator says of these sums of measures; `durations`: how many closed cases in each bucket."""
    over = sums.get(indicator.over, 0)
    if indicator.by_median:
        minutes = median_minutes(durations)
        return Value(indicator, over, 0, None if minutes is None else rounded(Fraction(minutes) / 60))
    if indicator.of is None:
        return Value(indicator, over, 0, over)
    of = sums.get(indicator.of, 0)
    return Value(indicator, over, of, rounded(Fraction(over, of) * _SCALES[indicator.unit]) if of else None)


def rounded(exact: Fraction) -> float:
    """Half up to two digits."""
    return floor(exact * 100 + Fraction(1, 2)) / 100
