"""Ranking by one score out of several rates, with weights as data, and without luck.

Each rate is drawn towards the common one the more the fewer cases it stands on (empirical Bayes, `usual.shrunken`),
and only then weighed. Wilson's lower bound, the other usual way, takes points from whoever is small: of two units
that do equally well the smaller would always stand behind. Drawn towards the middle, a unit with three cases is
neither best nor worst by luck; where units differ so much that their data alone would draw hardly at all, the common
rate still counts as ten cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yiwang.insight.rules.indicators import INDICATORS, Value, value_of
from yiwang.insight.rules.indicators import Unit as UnitOfMeasure
from yiwang.insight.rules.usual import shrunken

VERSION = 1
"""Of the weights that come with the platform; those that a county sets count on from there."""

FEW = 10
"""Below so many cases due a place in the ranking says little, and the page says so."""


@dataclass(frozen=True, slots=True)
class Weight:
    """So many points for the whole of an indicator (a rate); `less_is_better` for its absence."""

    indicator: str
    points: int
    less_is_better: bool = False


UNITS, GRIDS = "units", "grids"
LESS_IS_BETTER = frozenset({"rework_rate", "hand_back_rate", "extension_rate"})
WEIGHABLE = tuple(one.name for one in INDICATORS.values() if one.of and one.unit is UnitOfMeasure.PER_CENT)
"""The rates by which somebody can be weighed."""
MOST_POINTS = 1000
_QUARTER = 4


def weights_of(points: Mapping[str, int]) -> tuple[Weight, ...]:
    """Weights out of points by the names of rates, in the order in which rates are explained."""
    return tuple(Weight(name, points[name], name in LESS_IS_BETTER) for name in WEIGHABLE if points.get(name))


def fault_of(points: Mapping[str, int]) -> str:
    """The code of what is wrong with points; "" where nothing is."""
    if not set(points) <= set(WEIGHABLE):
        return "no_such_rate"
    fits = all(0 <= n <= MOST_POINTS for n in points.values())
    return "" if fits and sum(points.values()) > 0 else "points_unfit"


BUILT_IN = {
    UNITS: weights_of({
        "in_time_rate": 40, "satisfied_rate": 25, "signed_in_time_rate": 15, "rework_rate": 10, "hand_back_rate": 10,
    }),
    GRIDS: weights_of({"in_time_rate": 50, "satisfied_rate": 30, "rework_rate": 20}),
}  # fmt: skip
"""Where a county has said nothing else."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A line of the ranking: 0 to 100 points, and each weighed indicator as it was, before anything was drawn."""

    key: str
    score: float
    values: list[Value]
    due: int

    @property
    def has_few(self) -> bool:
        """Whether it had too few cases to say much."""
        return self.due < FEW


def scored(sums: Mapping[str, Mapping[str, int]], weights: Sequence[Weight]) -> list[Scored]:
    """All who had something due, the best first; whoever had nothing due is not ranked. `sums`: measures by key.

    Where somebody has nothing to divide by, the common rate stands in: what was never asked of them costs nothing.
    """
    keys = sorted(key for key, said in sums.items() if said.get("due", 0) > 0)
    points = dict.fromkeys(keys, 0.0)
    for weight in weights:
        fair = _fair({key: value_of(INDICATORS[weight.indicator], sums[key]) for key in keys})
        for key in keys:
            points[key] += weight.points * (1 - fair[key] if weight.less_is_better else fair[key])
    whole = sum(weight.points for weight in weights)
    lines = [
        Scored(key, round(points[key] / whole * 100, 2), _values(sums[key], weights), sums[key]["due"]) for key in keys
    ]
    return sorted(lines, key=lambda line: (-line.score, -line.due, line.key))


def best_quarter(lines: Sequence[Scored]) -> list[Value]:
    """What the best quarter together comes to in each weighed indicator; nothing of fewer than four.

    Whoever had few cases is left out: what they reached by luck is nobody's model.
    """
    models = [line for line in lines if not line.has_few]
    if len(models) < _QUARTER:
        return []
    best = models[: len(models) // _QUARTER]
    return [
        value_of(one.indicator, {
            one.indicator.over: sum(line.values[n].over for line in best),
            one.indicator.of or "": sum(line.values[n].of for line in best),
        })
        for n, one in enumerate(best[0].values)
    ]  # fmt: skip


def gap(own: Value, model: Value, *, less_is_better: bool) -> float | None:
    """How many points of a rate somebody lies behind a model: more than 0 is behind; None where either has no rate."""
    if own.value is None or model.value is None:
        return None
    return round(own.value - model.value if less_is_better else model.value - own.value, 2)


def _fair(values: Mapping[str, Value]) -> dict[str, float]:
    """Each rate drawn towards the common one; the common one for whoever has none."""
    known = [key for key, value in values.items() if value.of]
    total = sum(values[key].of for key in known)
    common = sum(values[key].over for key in known) / total if total else 1.0
    drawn = shrunken([(values[key].over, values[key].of) for key in known], least=FEW)
    return dict.fromkeys(values, common) | dict(zip(known, drawn, strict=True))


def _values(sums: Mapping[str, int], weights: Sequence[Weight]) -> list[Value]:
    return [value_of(INDICATORS[weight.indicator], sums) for weight in weights]
