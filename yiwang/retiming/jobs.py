"""Background work of timing anew. `timestamp` is the planned time of periodic jobs."""

from contextlib import suppress

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.plumbing.jobs import job, tick
from yiwang.retiming import actions

log = structlog.get_logger(__name__)


@job(queue="supervision")
def time_anew(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Notice a change of the calendar and carry it on; where more waits than one batch, come back for it at once."""
    now = timezone.now()
    actions.notice(now=now)
    done = actions.time_anew(now=now)
    if done.cases:
        log.info("limits timed anew", cases=done.cases, moved=done.moved)
    if done.more:
        # Somebody else may have asked for it already.
        with suppress(AlreadyEnqueued), transaction.atomic():
            time_anew.configure(queueing_lock="retiming.more").defer()


tick("* * * * * */10", time_anew, named="retiming.time_anew")
