"""Background work of the numbers. `timestamp` is the planned time of periodic jobs."""

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yiwang.insight import actions, opening, publishing
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import job, tick
from yiwang.supervision.facts import AppealGranted


@job(queue="insight", lock="insight.follow")
def count_again(fact: dict[str, Any]) -> None:
    """Count a case anew whose overruns are left out from now on."""
    actions.count_again(heard(AppealGranted, fact).case, now=timezone.now())


@job(queue="insight", lock="insight.follow")
def follow(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Count what has moved; where more waits than one batch, come back for it at once."""
    if actions.follow(now=timezone.now()).more:
        # Somebody else may have asked for it already.
        with suppress(AlreadyEnqueued), transaction.atomic():
            follow.configure(queueing_lock="insight.more").defer()


tick("* * * * * */5", follow, named="insight.tick")


@app.periodic(cron="5 * * * *", periodic_id="publish_figures")
@job(queue="insight", lock="insight.publish")
def publish_figures(timestamp: int = 0) -> None:  # noqa: ARG001 - as above
    """Publish the bulletins of days, weeks and months that are over, from the set hour on; open what is published."""
    now = timezone.now()
    publishing.publish_due(now=now)
    opening.open_published(now=now)
