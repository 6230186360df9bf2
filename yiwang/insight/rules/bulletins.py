"""Published figures: which there are, of which days, and the lines that are signed.

A bulletin is signed (Ed25519) over its lines, each with its end: what it is, of which place and days, up to which
moment history was read, by which version of the counting rules, the newest daily digest of the history at that time,
and each figure as name, formula version, numerator, denominator and value. So it belongs to a history that cannot be
changed any more without the digest showing it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from yiwang.cases.rules import stamp
from yiwang.insight.rules.indicators import INDICATORS, Value

# What cannot be told from the history of the cases alone stays unpublished: who answers for what is no step.
PUBLISHED = tuple(name for name in INDICATORS if name != "unowned")
_PER_YEAR = 12


class Kind(StrEnum):
    """A bulletin of how many days."""

    DAY = "day"  # 日通报
    WEEK = "week"  # 周小结
    MONTH = "month"  # 月总结


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure. `over` and `of` are what it was reckoned from; `value` None where there was nothing."""

    name: str
    version: int
    over: int
    of: int
    value: float | None

    @classmethod
    def saying(cls, value: Value) -> "Figure":
        """What is published of a value."""
        return cls(value.indicator.name, value.indicator.version, value.over, value.of, value.value)

    def packed(self) -> list[object]:
        """As it is kept in JSON."""
        return [self.name, self.version, self.over, self.of, self.value]

    @property
    def is_of_todays_formula(self) -> bool:
        """Whether its formula is the one in force."""
        indicator = INDICATORS.get(self.name)
        return indicator is not None and indicator.version == self.version


@dataclass(frozen=True, slots=True)
class Said:
    """What a bulletin says. `history`: day and digest of the newest daily digest; None before there was one."""

    place: str
    kind: Kind
    first: date
    last: date
    as_of: datetime
    rules: int
    history: tuple[date, bytes] | None
    figures: Sequence[Figure]


def signed_lines(said: Said) -> str:
    """The lines that are signed."""
    history = f"{said.history[0].isoformat()} {said.history[1].hex()}" if said.history else "none"
    head = (
        f"yiwang figures 1\nplace {said.place}\n{said.kind} {said.first.isoformat()} {said.last.isoformat()}\n"
        f"as of {stamp(said.as_of)}\nrules {said.rules}\nhistory {history}\n"
    )
    return head + "".join(_line(one) for one in said.figures)


def _line(one: Figure) -> str:
    value = "none" if one.value is None else f"{one.value:.2f}"
    return f"{one.name} {one.version} {one.over} {one.of} {value}\n"


def last_of(kind: Kind, first: date) -> date:
    """The last day of the bulletin that begins on a day."""
    if kind is Kind.MONTH:
        following = date(first.year + first.month // _PER_YEAR, first.month % _PER_YEAR + 1, 1)
        return following - timedelta(days=1)
    return first + timedelta(days=6 if kind is Kind.WEEK else 0)


def newest(kind: Kind, today: date) -> date:
    """The first day of the newest bulletin whose days are all over; weeks begin on Monday."""
    if kind is Kind.DAY:
        return today - timedelta(days=1)
    if kind is Kind.WEEK:
        return today - timedelta(days=today.weekday() + 7)
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
