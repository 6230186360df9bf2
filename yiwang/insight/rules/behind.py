"""Which marks a figure counts: so that the cases behind it can be named, neither more nor fewer."""

from dataclasses import dataclass
from enum import StrEnum

from yiwang.insight.rules.indicators import Indicator
from yiwang.insight.rules.marks import Measure

# Counted of what posts were given; everything else of a place is counted of the matters themselves.
OF_POSTS = frozenset({Measure.GIVEN, Measure.SIGNED_IN_TIME, Measure.HANDED_BACK})


class Part(StrEnum):
    """Of a quotient: what stands above the line, what is missing from there, and what stands below it."""

    COUNTED = "counted"
    REST = "rest"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The measure that a mark must have, and the one that it must lack ("" for none)."""

    has: Measure
    lacks: str = ""

    @property
    def of_posts(self) -> bool:
        """Whether it is counted of what posts were given."""
        return self.has in OF_POSTS


def parts_of(indicator: Indicator) -> tuple[Part, ...]:
    """Which lists of cases an indicator has; one that divides nothing, or divides minutes, has a single one."""
    return tuple(Part) if indicator.of and indicator.over is not Measure.MINUTES else (Part.COUNTED,)


def wanted_of(indicator: Indicator, part: Part) -> Wanted:
    """The marks behind a part of an indicator. Above and below the line always stand on the same mark."""
    over = indicator.of if indicator.of and indicator.over is Measure.MINUTES else indicator.over
    assert over is not None
    if part is Part.COUNTED or indicator.of is None:
        return Wanted(over)
    return Wanted(indicator.of, lacks=indicator.over.value if part is Part.REST else "")
