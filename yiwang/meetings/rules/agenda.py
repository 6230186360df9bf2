"""The last-item rule 末尾议题: when a case comes before the committee, and which come first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

MOST_TIMES, MOST_DAYS, MOST_PROPOSED = 20, 3650, 50


class Reason(StrEnum):
    """Why a case comes before the committee, the heaviest first."""

    OVERDUE = "overdue"  # passed its limits so often
    REOPENED = "reopened"
    HANDED_BACK = "handed_back"
    OLD = "old"  # open for so many days
    BY_HAND = "by_hand"  # somebody who leads there brought it


RULED = (Reason.OVERDUE, Reason.REOPENED, Reason.HANDED_BACK, Reason.OLD)
"""What a rule can ask for."""


@dataclass(frozen=True, slots=True)
class Rule:
    """From what on a case is proposed; 0: not asked. `most`: so many wait on the agenda at once."""

    overdue: int = 2
    reopened: int = 2
    handed_back: int = 2
    days: int = 60
    most: int = 10

    @property
    def least(self) -> "tuple[Why, ...]":
        """What it asks for, each with the least figure."""
        asked = zip(RULED, (self.overdue, self.reopened, self.handed_back, self.days), strict=True)
        return tuple(Why(reason, n) for reason, n in asked if n)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of an open case: how often each happened to it, and since when it is open.

    `before`, `counted_from`: how often each had happened when it left the agenda the last time, and when that was.
    What the committee has dealt with already does not bring the case back.
    """

    case: int
    times: Mapping[Reason, int]
    opened: datetime
    before: Mapping[Reason, int] = field(default_factory=dict)
    counted_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """A reason with its figure: so many times, or so many days."""

    reason: Reason
    n: int


def why(record: Record, rule: Rule, now: datetime) -> tuple[Why, ...]:
    """For which reasons the rule asks for this case, the heaviest first; none: it is not proposed."""
    waited = (now - max(record.opened, record.counted_from or record.opened)).days
    so_far = {**record.times, Reason.OLD: waited}
    told = {**record.times, Reason.OLD: (now - record.opened).days}
    return tuple(
        Why(reason, told[reason])
        for reason, least in ((one.reason, one.n) for one in rule.least)
        if so_far.get(reason, 0) >= least and so_far[reason] > record.before.get(reason, 0)
    )


def proposed(
    records: Iterable[Record], rule: Rule, now: datetime, *, waiting: int = 0
) -> list[tuple[int, tuple[Why, ...]]]:
    """The cases that are proposed now, the worst first: as many as the agenda takes beside those that wait on it.

    Worst is what is there for more reasons, then what happened more often, then what is open for longer.
    """
    asked = [(one, reasons) for one in records if (reasons := why(one, rule, now))]
    asked.sort(key=lambda pair: (-len(pair[1]), -sum(pair[0].times.values()), pair[0].opened, pair[0].case))
    return [(one.case, reasons) for one, reasons in asked[: max(0, rule.most - waiting)]]


def rule_fault(rule: Rule) -> str:
    """Why there cannot be such a rule, as a refusal's code."""
    times = (rule.overdue, rule.reopened, rule.handed_back)
    if not all(0 <= n <= MOST_TIMES for n in times) or not 0 <= rule.days <= MOST_DAYS:
        return "agenda_rule_unfit"
    return "" if 1 <= rule.most <= MOST_PROPOSED and any((*times, rule.days)) else "agenda_rule_asks_nothing"
