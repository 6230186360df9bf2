"""Quiet hours: what is not pressing waits for the morning."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when on the clock of the wall; may go over midnight. Equal ends: never."""

    since: time
    until: time

    def ends_after(self, local: datetime) -> datetime | None:
        """When the quiet that lies over this local moment ends; None where there is none."""
        at = local.time()
        over_midnight = self.since > self.until
        within = at >= self.since or at < self.until if over_midnight else self.since <= at < self.until
        if not within:
            return None
        day = local.date() + timedelta(days=1 if over_midnight and at >= self.since else 0)
        return datetime.combine(day, self.until, tzinfo=local.tzinfo)


USUAL = Quiet(time(22), time(7))
