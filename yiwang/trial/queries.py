"""Which seats one may take, and how the played day stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from yiwang.people import demonstration
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.trial.models import Day
from yiwang.trial.rules import Ending, clock_at, share_of


@dataclass(frozen=True, slots=True)
class Played:
    """The newest day. `clock` is the hour in it, `left` how many minutes it still takes, the one begun among them."""

    is_on: bool
    minutes: int
    percent: int
    clock: str
    left: int
    reports: int
    moves: int
    ended_at: datetime | None
    ending: Ending | None


def seats() -> Sequence[Any]:
    """Whom one may try the platform as; nobody outside of a demonstration."""
    return settings.DEMONSTRATION_SIGN_INS if demonstration.is_on() else []


def played(now: datetime) -> Played | None:
    """The day that is being played, or the last one that was."""
    with standing_on(EVERYWHERE):
        day = Day.objects.filter(county=settings.DEMONSTRATION_COUNTY).order_by("-pk").first()
    if day is None:
        return None
    share = share_of(day.begun_at, day.minutes, now)
    left = timedelta(minutes=day.minutes) * (1 - share)
    # Where no worker was there to end it, it is over all the same.
    ending = Ending(day.ending) if day.ended_at else Ending.OVER if share == 1 else None
    return Played(
        ending is None, day.minutes, int(share * 100), clock_at(share), -(-left // timedelta(minutes=1)),
        day.reports, day.moves, day.ended_at or (day.begun_at + timedelta(minutes=day.minutes) if ending else None),
        ending,
    )  # fmt: skip
