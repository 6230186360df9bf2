"""Background work of hot spots. `timestamp` is the planned time of periodic jobs."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.plumbing.jobs import job
from yiwang.spots import actions

log = structlog.get_logger(__name__)


@app.periodic(cron="47 * * * *", periodic_id="spots.look")
@job(queue="triage", lock="spots.look")
def look(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Look through every county for hot spots."""
    looked = actions.look(now=timezone.now())
    log.info("looked for hot spots", cases=sum(one.cases for one in looked), spots=sum(one.spots for one in looked))
