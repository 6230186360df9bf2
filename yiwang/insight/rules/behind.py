"""Which marks a figure counts: so that the cases behind it can be named, neither more nor fewer.

A case keeps keys of the figures in which it is, one for each month: they lead to what may be behind a figure, and its
marks then say whether it is.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yiwang.insight.rules.indicators import INDICATORS, Indicator
from yiwang.insight.rules.marks import Mark, Measure

VERSION = 1
"""Of the keys: other ones, and every case is counted anew."""
_MONTHS, _CODES = 12, 2**16

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


def keys_of(marks: Iterable[Mark]) -> list[int]:
    """The keys of all figures in which a case with these marks is, in order; what people did is in none."""
    found: set[int] = set()
    for mark in marks:
        if mark.person:
            continue
        month, counts = _month(mark.day) * _CODES, mark.counts
        for measure in counts:
            found.update(month + code for lacks, code in _CODES_BY.get(measure, ()) if lacks not in counts)
    return sorted(found)


def keys_in(wanted: Wanted, first: date, last: date) -> list[int]:
    """The keys of a figure in the months of these days: whatever is behind it there has one of them.

    None for months in which nobody will be there to be counted: a key has 31 bits.
    """
    months = range(_month(first), min(_month(last) + 1, 2**31 // _CODES))
    return [month * _CODES + _CODE[wanted] for month in months]


def _month(day: date) -> int:
    return day.year * _MONTHS + day.month - 1


def _wanted() -> dict[str, list[Wanted]]:
    """What can be asked for, by the measure that a mark must have."""
    found: dict[str, list[Wanted]] = defaultdict(list)
    every = (wanted_of(indicator, part) for indicator in INDICATORS.values() for part in parts_of(indicator))
    for one in dict.fromkeys(every):
        found[one.has.value].append(one)
    return found


_WANTED = _wanted()
# Out of the words, so that one more indicator leaves the keys of the others alone. Two that met would cost a look.
_CODE = {
    one: zlib.crc32(f"{one.has} {one.lacks}".encode()) % _CODES for several in _WANTED.values() for one in several
}
_CODES_BY = {has: tuple((one.lacks, _CODE[one]) for one in several) for has, several in _WANTED.items()}
"""By the measure that a mark has: what it must lack, and the code of the figure that it is then in."""
