"""How hot a topic is: who tells of it, how fast that grows, how far it has spread, how urgent and unsolved it is.

Each part lies between 0 and 1 and counts as many points as `POINTS` says; together at most 100. Only what was told in
the last four weeks counts, so a topic cools by itself. A change of the formula is a new `VERSION`, kept beside each
figure. `docs/triage.md` explains it to whoever reads the list.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

VERSION = 1
WINDOW_DAYS = 84
"""So far back cases are compared with each other."""

RECENT_DAYS = 28
FEWEST_CASES, FEWEST_PEOPLE = 4, 3
_WEEK = timedelta(days=7)
_HALF_OF_PEOPLE = 10
_HALF_OF_SPREAD = 4


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of a topic. `teller` is the same for the same person; `place` a code."""

    number: int
    at: datetime
    place: str
    teller: str
    urgent: bool
    is_open: bool

    @property
    def community(self) -> str:
        """The community it lies in; "" where no more than the town is known."""
        return self.place[:12] if len(self.place) >= 12 else ""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the heat is made of, each from 0 to 1."""

    people: float
    growth: float
    spread: float
    urgency: float
    unsolved: float


POINTS = Parts(people=30, growth=25, spread=15, urgency=15, unsolved=15)


@dataclass(frozen=True, slots=True)
class Heat:
    """The index with what stands behind it: cases of the window, and of the last four weeks all the rest."""

    index: int
    parts: Parts
    cases: int
    recent: int
    people: int
    communities: int
    this_week: int
    weekly_before: float
    urgent: int
    unsolved: int


def heat_of(told: Sequence[Told], *, now: datetime) -> Heat | None:
    """How hot it is now; None where too few cases of too few people stand behind it to call it a topic.

    Growth compares the last seven days with the three weeks before them; a topic without a past grows in full.
    """
    if len(told) < FEWEST_CASES or len({one.teller for one in told}) < FEWEST_PEOPLE:
        return None
    recent = [one for one in told if now - timedelta(days=RECENT_DAYS) < one.at <= now]
    people = len({one.teller for one in recent})
    communities = len({one.community for one in recent if one.community})
    week = sum(now - one.at < _WEEK for one in recent)
    before = (len(recent) - week) / 3
    urgent, unsolved = sum(one.urgent for one in recent), sum(one.is_open for one in recent)
    parts = Parts(
        people=people / (people + _HALF_OF_PEOPLE) if people else 0.0,
        growth=max(0.0, (week - before) / (week + before)) if week else 0.0,
        spread=(communities - 1) / (communities - 1 + _HALF_OF_SPREAD) if communities > 1 else 0.0,
        urgency=urgent / len(recent) if recent else 0.0,
        unsolved=unsolved / len(recent) if recent else 0.0,
    )
    return Heat(
        _index(parts), parts, len(told), len(recent), people, communities, week, before, urgent, unsolved,
    )  # fmt: skip


def _index(parts: Parts) -> int:
    made: float = sum(getattr(parts, one.name) * getattr(POINTS, one.name) for one in fields(Parts))
    return round(made)


def weekly(days: Iterable[date], *, today: date, weeks: int = WINDOW_DAYS // 7) -> list[tuple[date, int]]:
    """The first day of each of the last weeks of seven days, the last of which ends today, and how many fell in it."""
    counted = Counter((today - day).days // 7 for day in days)
    return [(today - timedelta(days=7 * ago + 6), counted[ago]) for ago in reversed(range(weeks))]
