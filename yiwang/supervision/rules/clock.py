"""The law of a running limit: how much of it is used, by exactly which moment, and the colour that shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from yiwang.plumbing.worktime.rules import WorkCalendar

PAST = 100
"""All of the time, in percent: from then on a case is overdue."""


class Colour(StrEnum):
    """What shows how a case stands with its time 三色预警."""

    CALM = "calm"
    SOON = "soon"  # yellow
    PRESSING = "pressing"  # orange
    LATE = "late"  # red


@dataclass(frozen=True, slots=True)
class Shares:
    """From how many percent of the time on the first two colours show; the third is `PAST`."""

    soon: int = 50
    pressing: int = 80


@dataclass(frozen=True, slots=True)
class Running:
    """A limit that runs: since when, until when, and how much of its own clock was promised in between.

    `whole` leaves out what lay in pauses, and holds what was granted: it is all that the handler has.
    """

    begun: datetime
    due: datetime
    whole: timedelta
    working: bool

    def at(self, percent: int, calendar: WorkCalendar) -> datetime:
        """The moment at which so many percent of the time are used; beyond 100 it lies behind the end.

        Reckoned from the end, which pauses and extensions have moved already: what is left by then is exact.
        """
        if percent == 0 or self.due <= self.begun:
            return self.begun if percent < PAST else self.due
        if percent >= PAST:
            return self._later(self.due, self.whole * (percent - PAST) / 100, calendar)
        left = self.whole * (PAST - percent) / 100
        return max(self.begun, self._later(self.begun, self._between(calendar) - left, calendar))

    def _between(self, calendar: WorkCalendar) -> timedelta:
        return calendar.between(self.begun, self.due) if self.working else self.due - self.begun

    def _later(self, since: datetime, span: timedelta, calendar: WorkCalendar) -> datetime:
        # Not a moment later than due where nothing is added: what is past is past at once.
        if not span:
            return since
        return calendar.add(since, max(span, timedelta())) if self.working else since + span


def whole_of(
    begun: datetime, due: datetime, pauses: Iterable[tuple[datetime, datetime]], calendar: WorkCalendar, *,
    working: bool,
) -> timedelta:  # fmt: skip
    """All the time a limit has from its beginning to its end, on its own clock, without its pauses."""

    def span(a: datetime, b: datetime) -> timedelta:
        return calendar.between(a, b) if working else b - a

    stood = sum((span(max(a, begun), min(b, due)) for a, b in pauses if begun < b and a < due), timedelta())
    return max(timedelta(), span(begun, due) - stood)


@dataclass(frozen=True, slots=True)
class Warnings:
    """When a case takes on each colour; all equal where it has no limit that runs."""

    soon: datetime
    pressing: datetime
    late: datetime

    def colour(self, now: datetime) -> Colour:
        """The colour at that moment. What is due is in time until it has passed."""
        if now > self.late:
            return Colour.LATE
        if now >= self.pressing:
            return Colour.PRESSING
        return Colour.SOON if now >= self.soon else Colour.CALM


def warnings_of(running: Running, shares: Shares, calendar: WorkCalendar) -> Warnings:
    """The moments of the three colours."""
    return Warnings(running.at(shares.soon, calendar), running.at(shares.pressing, calendar), running.due)
