"""Who stands where: units and grids by one score, over a whole month."""

from datetime import date

from yiwang.cases.access import Actor
from yiwang.insight.queries.ground import places_of
from yiwang.insight.queries.sums import Span, by, rows
from yiwang.insight.rules.bulletins import Kind, last_of
from yiwang.insight.rules.marks import Facet
from yiwang.insight.rules.scores import OF_GRIDS, OF_UNITS, Scored, scored
from yiwang.places.queries import tree

_GRID = 15
_NO_UNIT = "0"


def units_by_score(actor: Actor, *, month: date, place: str = "") -> list[Scored]:
    """The units that had parts due in a month (its first day) on a ground, the best first; keys are units' ids.

    For counties and towns; smaller ground ranks no unit. Overruns that an appeal took out are out here too.
    """
    found = by(rows(Facet.UNIT, places_of(actor, place), _whole(month)), "key")
    return scored({str(unit): sums for unit, sums in found.items() if str(unit) != _NO_UNIT}, OF_UNITS)


def grids_by_score(actor: Actor, *, month: date, place: str = "") -> list[Scored]:
    """The grids of a ground that had cases due in a month, the best first; keys are places' codes."""
    grids = [spot.code for code in places_of(actor, place) for spot in tree().inside(code, "grid")]
    inner = [code for code in grids if len(code) == _GRID]
    found = by(rows(Facet.BOARD, inner, Span(month, month)), "place")
    return scored({str(code): sums for code, sums in found.items()}, OF_GRIDS)


def _whole(month: date) -> Span:
    return Span(month, last_of(Kind.MONTH, month))
