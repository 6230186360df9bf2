"""The law of the four lists: of which months they are, what stands in which, and what a written measure must be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from yiwang.insight.rules.indicators import rounded
from yiwang.insight.rules.outcomes import Became

LONGEST_TEXT = 300
MONTHS, QUARTERS = 13, 5
"""How far back one chooses."""
_PERIOD = re.compile(r"([0-9]{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))")


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter: so many months from the first day on."""

    first: date
    months: int

    @property
    def months_in_it(self) -> list[date]:
        """The first day of each of its months."""
        return [_later(self.first, n) for n in range(self.months)]

    @property
    def last(self) -> date:
        return _later(self.first, self.months) - timedelta(days=1)

    @property
    def code(self) -> str:
        """As it stands in an address: 2026-11, or 2026-Q4."""
        if self.months == 1:
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}-Q{(self.first.month + 2) // 3}"


def period_of(code: str) -> Period | None:
    """The period that an address names; None for anything else."""
    found = _PERIOD.fullmatch(code)
    if found is None or int(found[1]) < 1:
        return None
    if found[2]:
        return Period(date(int(found[1]), int(found[2]), 1), 1)
    return Period(date(int(found[1]), 3 * int(found[3]) - 2, 1), 3)


def periods(today: date) -> list[Period]:
    """What is offered: this month and those before, then this quarter and those before."""
    month = today.replace(day=1)
    quarter = month.replace(month=(month.month + 2) // 3 * 3 - 2)
    return [
        *(Period(_later(month, -n), 1) for n in range(MONTHS)),
        *(Period(_later(quarter, -3 * n), 3) for n in range(QUARTERS)),
    ]


class Beside(StrEnum):
    """What is counted beside outcomes: the clock's, and what supervision and committees took up."""

    OVERDUE = "overdue"  # open, and the limit that runs is past
    ORDERED = "ordered"  # 督办
    LISTED = "listed"  # 挂牌督办
    TABLED = "tabled"  # came before a committee


B = Became
PROBLEMS: tuple[str, ...] = (B.TOLD, B.OPEN, Beside.OVERDUE, B.AGAIN)
MEASURES: tuple[str, ...] = (
    B.DISPATCHED, B.SPOT, B.HELPED, B.WHISTLED, B.LONGER, B.PAUSED, Beside.ORDERED, Beside.LISTED, Beside.TABLED,
)  # fmt: skip
EFFECTS: tuple[str, ...] = (B.CLOSED, B.SHOWN, B.SENT_BACK, B.REOPENED)
RATES: dict[str, str] = {B.IN_TIME: B.DUE, B.SOLVED: B.REACHED, B.SATISFIED: B.REACHED}
"""Of what each is the share."""
FIGURES = frozenset({*(one.value for one in Became), *(one.value for one in Beside)})


@dataclass(frozen=True, slots=True)
class Rate:
    """A share in per cent, rounded half up to two digits, and what it was reckoned from; None of nothing."""

    name: str
    over: int
    of: int
    value: float | None


def rates_of(sums: Mapping[str, int]) -> Iterator[Rate]:
    """The three shares of an effect."""
    for name, whole in RATES.items():
        over, of = sums.get(name, 0), sums.get(whole, 0)
        yield Rate(name, over, of, rounded(Fraction(100 * over, of)) if of else None)


def text_fault(text: str) -> str:
    """Why a measure cannot be written so, as a refusal's code."""
    if not text.strip():
        return "measure_lacks_text"
    return "measure_text_too_long" if len(text.strip()) > LONGEST_TEXT else ""


def _later(first: date, months: int) -> date:
    """The first day so many months later, or earlier."""
    n = first.year * 12 + first.month - 1 + months
    return date(n // 12, n % 12 + 1, 1)
