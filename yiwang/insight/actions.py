"""Keep the roll-ups: find the cases that have moved, take away what they had added, add what they add now.

Each batch is one transaction: however many count, and wherever one is killed, the tallies are the sum of the marks
that are kept. One at a time follows what moves; beside it a backlog is counted in stretches (`stretches`) by whoever
takes one. A case counted twice adds nothing the second time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from yiwang.insight import open_now, stretches
from yiwang.insight.counting import count
from yiwang.insight.models import Counted, Outcome, Progress, Stretch, Tally
from yiwang.insight.rules import behind, marks, outcomes
from yiwang.plumbing.walls.certainty import certain_at

BATCH = 10_000
VERSION = 10_000 * behind.VERSION + 100 * marks.VERSION + outcomes.VERSION
"""Of all rules by which is counted; another one, and every case is counted anew."""
# A clock that was set back may have recorded something before what was thought certain.
_LOOK_BACK = timedelta(days=1)

Told = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Followed:
    """How many cases were counted, and whether more wait."""

    cases: int
    more: bool


def follow(*, now: datetime, most: int = BATCH) -> Followed:
    """Count the cases that have moved since the last time, and a stretch of those that wait. Stands everywhere."""
    moved = keep_up(now=now, most=most)
    walked = walk() if moved.more else Followed(0, more=False)
    return Followed(moved.cases + walked.cases, more=walked.more or moved.cases == most)


@transaction.atomic
def keep_up(*, now: datetime, most: int = BATCH) -> Followed:
    """Count the cases that have moved since the last time; however many wait, this does not.

    Where more have moved than a batch, they wait from now on, unless others wait already. Stands everywhere. Safe to
    run at any time, by as many workers as there are: the second waits for the first.
    """
    progress = _progress(now, most)
    certain = certain_at()
    # Later than the question before it, so that whatever is certain can be seen.
    since = progress.certain_at if progress.certain_at <= certain else certain - _LOOK_BACK
    moved = stretches.moved_since(since, most)
    too_many = len(moved) == most
    if too_many and not is_behind():
        stretches.cut_moved(since, VERSION, most)
        moved, too_many = [], False
    if not too_many:
        progress.certain_at = certain
    progress.counted_at = now
    progress.save()
    numbers = sorted({*moved, *stretches.joined_to(moved)})
    stretches.wait_for(numbers)
    count(numbers)
    if numbers or open_now.is_old(now):
        open_now.keep(now)
    return Followed(len(moved), more=too_many or is_behind())


@transaction.atomic
def walk() -> Followed:
    """Count a stretch of those that wait, beside whoever counts another. Stands everywhere."""
    stretch = stretches.take(VERSION)
    if stretch is None:
        return Followed(0, more=is_behind())
    waiting = stretches.waiting_in(stretch)
    count(waiting)
    stretch.delete()
    return Followed(len(waiting), more=is_behind())


def is_behind() -> bool:
    """Whether cases wait to be counted. Stands everywhere."""
    return Stretch.objects.exists()


@transaction.atomic
def count_again(number: int, *, now: datetime) -> None:
    """Count one case anew: something beside its history has changed what it adds. Stands everywhere."""
    _progress(now, BATCH).save()
    stretches.wait_for([number])
    count([number])


@transaction.atomic
def begin_again(*, now: datetime) -> None:
    """Forget all that was counted: `follow` then counts every case anew, batch by batch. Stands everywhere."""
    progress = _progress(now, BATCH)
    _forget(progress, BATCH)
    progress.save()


def count_all(*, now: datetime, told: Told = lambda _done, _of: None) -> int:
    """Count every case anew until all are; how many. For an installation into which many came at once."""
    begin_again(now=now)
    done = 0
    while True:
        followed = follow(now=now)
        done += followed.cases
        told(done, None)
        if not followed.more:
            return done


def _progress(now: datetime, each: int) -> Progress:
    """How far it is, nobody else's to change until the transaction ends; begun anew where the rules are others."""
    # Of no version: where nobody has counted yet, there is something to begin.
    fresh = {"version": 0, "certain_at": certain_at, "counted_at": now}
    Progress.objects.get_or_create(id=1, defaults=fresh)
    progress = Progress.objects.select_for_update().get(id=1)
    if progress.version != VERSION:
        _forget(progress, each)
    return progress


def _forget(progress: Progress, each: int) -> None:
    # Before the cases are looked at, so that whoever is not among them yet has moved since then.
    progress.version, progress.certain_at = VERSION, certain_at()
    stretches.cut_all(VERSION, each)
    Counted.objects.all().delete()
    Tally.objects.all().delete()
    Outcome.objects.all().delete()
