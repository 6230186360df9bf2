"""Follow the cases: whose history has grown has its clock read anew, and what was asked for the round before lapses.

Each batch is one transaction that holds the row of `Progress`, as the numbers are counted (decision 0013): nothing at
intake, nothing lost after a crash, and whoever comes second finds nothing to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from yiwang.cases.models import Case
from yiwang.cases.rules import county_of
from yiwang.plumbing.walls.certainty import certain_at
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision.actions.planning import keep, planned, sooner, waiting_for_answers
from yiwang.supervision.matters import read
from yiwang.supervision.models import Progress, Reminder, Watch

BATCH = 2000
# A case is read where its history is longer than the one that was read last; what is sealed is left alone.
_MOVED = """
SELECT moved.number FROM (
    SELECT number, county, max(seq) AS steps FROM cases_step WHERE recorded_at >= %s GROUP BY number, county
) AS moved
JOIN cases_case AS k ON k.number = moved.number AND k.county = moved.county
LEFT JOIN supervision_watch AS w ON w.number = moved.number AND w.county = moved.county
WHERE w.steps < moved.steps OR (w.steps IS NULL AND k.secrecy <> 'sealed') ORDER BY moved.number LIMIT %s
"""
# A clock that was set back may have recorded something before what was thought certain.
_LOOK_BACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Followed:
    """How many cases were read, and whether more wait."""

    cases: int
    more: bool


@transaction.atomic
def follow(*, now: datetime, most: int = BATCH) -> Followed:
    """Read the clocks of the cases that have moved since the last time, and of some that were there before.

    Stands everywhere. Safe to run at any time by as many workers as there are: the second finds nothing to do.
    """
    fresh: dict[str, Any] = {"certain_at": certain_at, "walked": 0, "followed_at": now}
    Progress.objects.get_or_create(id=1, defaults=fresh)
    progress = Progress.objects.select_for_update(skip_locked=True).filter(id=1).first()
    if progress is None:
        return Followed(0, more=False)
    certain = certain_at()
    since = progress.certain_at if progress.certain_at <= certain else certain - _LOOK_BACK
    moved = _moved(since, most)
    read_anew(moved, now=now)
    if len(moved) < most:
        progress.certain_at = certain
    walked = _walk(progress, most, now, just_read=set(moved)) if progress.walked is not None else 0
    progress.followed_at = now
    progress.save()
    return Followed(len(moved) + walked, more=len(moved) == most or progress.walked is not None)


def look_again() -> None:
    """Let every open case be read anew, batch by batch: the ladder or the calendar is another one now."""
    with standing_on(EVERYWHERE):
        Progress.objects.filter(id=1).update(walked=0)


def read_anew(numbers: Sequence[int], *, now: datetime, walking: bool = False) -> None:
    """Let the watches of these cases say what holds now. What was asked in a round that is over lapses."""
    if not numbers:
        return
    counties = {county_of(number) for number in numbers}
    # Whoever acts on them holds them for a moment; their turn comes after ours, or ours after theirs.
    held = Watch.objects.filter(number__in=numbers, county__in=counties).order_by("number").select_for_update()
    kept = {watch.number: watch for watch in held}
    found = planned(read(numbers), kept, now=now, walking=walking)
    over = [one.matter.number for one in found if one.new_round and one.matter.number in kept]
    gone = kept.keys() - {one.matter.number for one in found}
    lapse([*over, *gone], now=now)
    answers = waiting_for_answers([*kept.keys() - set(over)])
    for one in found:
        if one.plan is not None:
            one.watch.next_at = sooner(one.watch.next_at, answers.get(one.matter.number, ()))
    Watch.objects.filter(number__in=gone, county__in=counties).delete()
    keep([one.watch for one in found])


def lapse(numbers: Sequence[int], *, now: datetime) -> None:
    """Ask nothing more of anybody about these cases."""
    if numbers:
        asked = Reminder.objects.filter(county__in={county_of(n) for n in numbers}, case__in=numbers, lapsed_at=None)
        asked.filter(acknowledged_at=None).update(lapsed_at=now)


def _moved(since: datetime, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [since, most])
        return [number for (number,) in cursor.fetchall()]


def _walk(progress: Progress, most: int, now: datetime, *, just_read: set[int]) -> int:
    """Read the next open cases in the order of their numbers."""
    following = Case.objects.filter(number__gt=progress.walked, next_due_at__isnull=False).order_by("number")
    numbers = list(following.values_list("number", flat=True)[:most])
    read_anew([number for number in numbers if number not in just_read], now=now, walking=True)
    progress.walked = numbers[-1] if len(numbers) == most else None
    return len(numbers)
