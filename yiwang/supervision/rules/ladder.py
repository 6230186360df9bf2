"""The ladder: who is told when how much of the time is used, which ladder holds where, and what is next for a case."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yiwang.catalogue.rules import Stage
from yiwang.plumbing.worktime.rules import WorkCalendar
from yiwang.supervision.rules.clock import Running, Shares, Warnings, warnings_of

OVERRUN = 0
"""What stands among the rungs that were climbed for the end of the limit itself; rungs count from 1."""
MOST_PERCENT = 1000
MOST_MINUTES = 7 * 24 * 60


class Level(StrEnum):
    """Whom a rung tells, from the nearest up; `access` finds the post."""

    HANDLER = "handler"  # who has it now
    HEAD = "head"  # their unit's head
    CENTRE = "centre"  # the command centre's head
    LEADER = "leader"  # the town's leader
    COUNTY = "county"


LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: at so many percent of the time, in this stage (or all), this level is told.

    `answer_minutes`: then somebody must have acknowledged it by name, or the next level is told so.
    """

    id: int
    level: Level
    percent: int
    stage: Stage | None = None
    answer_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """For which cases something was set; what is empty holds for all."""

    county: str = ""
    board: int = 0
    urgency: str = ""

    def holds(self, county: str, board: int, urgency: str) -> bool:
        """Whether it was set for such a case, or for more than it."""
        return self.county in {"", county} and self.board in {0, board} and self.urgency in {"", urgency}

    @property
    def nearness(self) -> tuple[bool, bool, bool]:
        """A county's own before everybody's; then the urgency, which may ask for lives; then the board."""
        return bool(self.county), bool(self.urgency), bool(self.board)


@dataclass(frozen=True, slots=True)
class Policy:
    """All ladders and all shares of time, each for where it holds."""

    ladders: Mapping[Where, Sequence[Rung]]
    shares: Mapping[Where, Shares]

    def ladder(self, county: str, board: int, urgency: str) -> Sequence[Rung]:
        """The rungs for such a case: of the nearest ladder alone, none where there is none."""
        return _nearest(self.ladders, county, board, urgency) or ()

    def shares_for(self, county: str, board: int) -> Shares:
        """When the colours begin on a board."""
        return _nearest(self.shares, county, board, "") or Shares()


def _nearest(known: Mapping[Where, "Sequence[Rung] | Shares"], county: str, board: int, urgency: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    fitting = [where for where in known if where.holds(county, board, urgency)]
    return known[max(fitting, key=lambda where: where.nearness)] if fitting else None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to be done for a case: the overrun to be noted, or this rung."""

    at: datetime
    id: int
    rung: Rung | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done for a running limit: colours, what is due now in its order, and when it is next."""

    warnings: Warnings
    due: tuple[Moment, ...]
    next_at: datetime | None


def plan(
    running: Running, stage: Stage, rungs: Iterable[Rung], shares: Shares, calendar: WorkCalendar, *,
    climbed: Collection[int], since: datetime, now: datetime,
) -> Plan:  # fmt: skip
    """What of all that belongs to a limit is due now, and what is next.

    `climbed`: what was done already in this round, and is not done again. What lay before `since` is let lie: nobody
    is told today of what was past before supervision began.
    """
    wanted = [
        Moment(running.at(rung.percent, calendar), rung.id, rung) for rung in rungs if rung.stage in {None, stage}
    ]
    # A moment later than due: what is done in the last of it is in time.
    wanted.append(Moment(running.due + timedelta.resolution, OVERRUN))
    open_ = sorted((m for m in wanted if m.id not in climbed and m.at >= since), key=lambda m: (m.at, m.id))
    due = tuple(moment for moment in open_ if moment.at <= now)
    return Plan(
        warnings_of(running, shares, calendar), due, next((moment.at for moment in open_ if moment.at > now), None)
    )


def level_above(level: Level) -> Level | None:
    """Who is told when this level does not answer; none above the county."""
    above = LEVELS[LEVELS.index(level) + 1 :]
    return above[0] if above else None


def rung_fault(percent: int, answer_minutes: int | None) -> str:
    """Why there cannot be such a rung, as a refusal's code."""
    if not 0 <= percent <= MOST_PERCENT:
        return "rung_percent_unfit"
    fits = answer_minutes is None or 1 <= answer_minutes <= MOST_MINUTES
    return "" if fits else "rung_minutes_unfit"


def shares_fault(shares: Shares) -> str:
    """Why the colours cannot begin there, as a refusal's code."""
    return "" if 0 < shares.soon < shares.pressing < 100 else "shares_unfit"
