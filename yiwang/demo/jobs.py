"""Background work of the demonstration: the day that plays itself, and what was published before anybody looked."""

from datetime import date
from typing import Any

from django.utils import timezone

from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import job
from yiwang.trial import actions
from yiwang.trial.facts import DayBegun
from yiwang.trial.rules import beat_of


@job(lock="trial.day")
def play_day(fact: dict[str, Any], beat: int = 0) -> None:
    """Play one beat and ask for the next, all of it or nothing: whoever dies in the middle plays it again."""
    from yiwang.demo.day import play  # noqa: PLC0415 - a web process need not hold what tells and draws a county

    now = timezone.now()
    day = actions.take_beat(heard(DayBegun, fact).day, beat=beat, now=now)
    if day is None:
        return
    reports, moves = play(day, now=now)
    actions.keep_beat(day, reports=reports, moves=moves)
    play_day.configure(schedule_at=now + beat_of(day.minutes)).defer(fact=fact, beat=beat + 1)


# Beside the hourly publishing, never at once with it; after whatever somebody waits for.
@job(queue="insight", lock="insight.publish")
def publish(kind: str, first: str) -> None:
    """Publish a bulletin of the demonstration's past."""
    from yiwang.demo import publishing  # noqa: PLC0415 - as above
    from yiwang.insight.rules.bulletins import Kind  # noqa: PLC0415 - as above

    publishing.publish(Kind(kind), date.fromisoformat(first), now=timezone.now())
