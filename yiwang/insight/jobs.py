"""Background work of the numbers. `timestamp` is the planned time of periodic jobs."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.insight import actions, opening, publishing, stretches
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import AnyTask, job, tick
from yiwang.supervision.facts import AppealGranted

LANES = 2
"""In how many a backlog is counted at once: one reckons while the database writes for the other."""


@job(queue="insight", lock="insight.follow")
def count_again(fact: dict[str, Any]) -> None:
    """Count a case anew whose overruns are left out from now on."""
    actions.count_again(heard(AppealGranted, fact).case, now=timezone.now())


@job(queue="insight", lock="insight.follow")
def follow(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Count what has moved; where more waits, let it be counted beside."""
    followed = actions.keep_up(now=timezone.now())
    if followed.cases == actions.BATCH:
        _go_on(follow, "insight.more")
    for lane in range(LANES) if followed.more else ():
        _go_on(walk, f"insight.walk.{lane}", lane=lane)


# Without procrastinate's lock: a job that waits for one is looked for every five seconds, and is not told.
@job(queue="insight")
def walk(lane: int) -> None:
    """Count a stretch of what waits, alone in this lane, and come back for the next."""
    if stretches.alone_in(lane):
        walked = actions.walk()
        # Where others have in hand all that waits, the next look at what has moved is soon enough.
        if walked.more and walked.cases:
            _go_on(walk, f"insight.walk.{lane}", lane=lane)


def _go_on(with_it: AnyTask, named: str, **given: int) -> None:
    """Unless somebody else has asked for it already."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        with_it.configure(queueing_lock=named).defer(**given)


tick("* * * * * */5", follow, named="insight.tick")


@app.periodic(cron="5 * * * *", periodic_id="publish_figures")
@job(queue="insight", lock="insight.publish")
def publish_figures(timestamp: int = 0) -> None:  # noqa: ARG001 - as above
    """Publish the bulletins of days, weeks and months that are over, from the set hour on; open what is published."""
    now = timezone.now()
    publishing.publish_due(now=now)
    opening.open_published(now=now)
