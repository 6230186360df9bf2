"""Background work of meetings. `timestamp` is the planned time of periodic jobs."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.meetings import actions
from yiwang.meetings.models import TOWN
from yiwang.places.queries import tree
from yiwang.plumbing.jobs import job

log = structlog.get_logger(__name__)


@app.periodic(cron="20 6 * * *", periodic_id="propose_last_items")
@job(queue="supervision", lock="meetings.propose")
def propose(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Each morning: propose in every town what its rule asks for."""
    for county in tree().children():
        for town in (spot.code for spot in tree().children(county.code) if len(spot.code) == TOWN):
            if found := actions.propose(town, now=timezone.now()):
                log.info("proposed for a meeting", town=town, cases=len(found))
