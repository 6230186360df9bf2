"""Who stands where: units and grids by one score, over a whole month."""

from collections.abc import Sequence
from datetime import date

from yiwang.cases.access import Actor
from yiwang.insight.queries.ground import places_of
from yiwang.insight.queries.sums import Span, by, rows
from yiwang.insight.rules.bulletins import Kind, last_of
from yiwang.insight.rules.marks import Facet
from yiwang.insight.rules.scores import BUILT_IN, GRIDS, UNITS, Scored, Weight, scored
from yiwang.insight.weighing import InForce, weights_for
from yiwang.places.queries import tree

_GRID = 15
_NO_UNIT = "0"


def weighing_of(of: str, places: Sequence[str], *, month: date) -> InForce:
    """The weights by which a month (its first day) of these places (codes) is ranked: those of their county; where
    they lie in several, those of every county."""
    counties = {place[:6] for place in places}
    return weights_for(of, counties.pop() if len(counties) == 1 else "", on=_whole(month).last)


def units_by_score(
    actor: Actor, *, month: date, place: str = "", weights: Sequence[Weight] = BUILT_IN[UNITS]
) -> list[Scored]:  # fmt: skip
    """The units that had parts due in a month (its first day) on a ground, the best first; keys are units' ids.

    For counties and towns; smaller ground ranks no unit. Overruns that an appeal took out are out here too.
    """
    found = by(rows(Facet.UNIT, places_of(actor, place), _whole(month)), "key")
    return scored({str(unit): sums for unit, sums in found.items() if str(unit) != _NO_UNIT}, weights)


def grids_by_score(
    actor: Actor, *, month: date, place: str = "", weights: Sequence[Weight] = BUILT_IN[GRIDS]
) -> list[Scored]:  # fmt: skip
    """The grids of a ground that had cases due in a month, the best first; keys are places' codes."""
    grids = [spot.code for code in places_of(actor, place) for spot in tree().inside(code, "grid")]
    inner = [code for code in grids if len(code) == _GRID]
    found = by(rows(Facet.BOARD, inner, Span(month, month)), "place")
    return scored({str(code): sums for code, sums in found.items()}, weights)


def _whole(month: date) -> Span:
    return Span(month, last_of(Kind.MONTH, month))
