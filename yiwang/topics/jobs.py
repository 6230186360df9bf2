"""Background work of topics. `timestamp` is the planned time of periodic jobs."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.plumbing.jobs import job
from yiwang.topics import actions

log = structlog.get_logger(__name__)


@app.periodic(cron="21 * * * *", periodic_id="gather_topics")
@job(queue="triage", lock="topics.gather")
def gather(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Find the topics of every county anew."""
    found = actions.gather(now=timezone.now())
    log.info("topics gathered", cases=sum(one.cases for one in found), topics=sum(one.topics for one in found))
