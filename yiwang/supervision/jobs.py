"""Background work of supervision. `timestamp` is the planned time of periodic jobs."""

from contextlib import suppress

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.places.queries import counties
from yiwang.plumbing.jobs import AnyTask, job, tick
from yiwang.plumbing.metrics import acted_late
from yiwang.supervision import actions

log = structlog.get_logger(__name__)


@job(queue="supervision")
def follow(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Read the clocks of what has moved; where more waits than one batch, come back for it at once."""
    if actions.follow(now=timezone.now()).more:
        _again(follow, "supervision.follow.more")


@job(queue="supervision")
def act(timestamp: int = 0) -> None:  # noqa: ARG001 - as above
    """Do what is due, county by county; where more is due than one batch, come back for it at once."""
    more = False
    for county in counties():
        acted = actions.act(county, now=timezone.now())
        more = more or acted.more
        for late in acted.late:
            acted_late(late.total_seconds())
        if acted.late:
            worst = max(acted.late).total_seconds()
            log.info("acted on time", county=county, cases=acted.cases, acts=len(acted.late), latest_seconds=worst)
    if more:
        _again(act, "supervision.act.more")


@job(queue="supervision")
def look_again(fact: dict[str, object]) -> None:  # noqa: ARG001 - whichever change it was
    """Let every open case be read anew: the calendar is another one now, and with it the moments of the colours."""
    actions.look_again()


def _again(task: AnyTask, once: str) -> None:
    # Somebody else may have asked for it already.
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.configure(queueing_lock=once).defer()


tick("* * * * * */5", follow, named="supervision.follow")
tick("* * * * * *", act, named="supervision.act")
