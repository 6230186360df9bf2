"""Background work of repeated demands. `timestamp` is the planned time of periodic jobs."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.plumbing.jobs import job
from yiwang.repeats import actions

log = structlog.get_logger(__name__)


@app.periodic(cron="13 * * * *", periodic_id="repeats.look")
@job(lock="repeats.look")
def look(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Each hour: who told something since the last look, and whoever is kept already."""
    log.info("looked who told often", kept=actions.look(now=timezone.now()))


@app.periodic(cron="23 3 * * *", periodic_id="repeats.look_whole")
@job(lock="repeats.look")
def look_whole(timestamp: int) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Each night: all months that count, also by figures that were changed since."""
    log.info("looked who told often, whole", kept=actions.look(now=timezone.now(), whole=True))
