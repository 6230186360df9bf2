"""Background work of load. `timestamp` is the planned time of periodic jobs."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.places.queries import counties
from yiwang.plumbing.jobs import job
from yiwang.workload import actions
from yiwang.workload.rules import monday_of

# On these days what came late into the week before (from a phone without a line) is still counted.
_STILL_COUNTED = 2


@app.periodic(cron="37 * * * *", periodic_id="workload.reckon")
@job(lock="workload.reckon")
def reckon(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Each hour: the week that runs, and at its beginning also the one before; county by county."""
    today = timezone.localdate()
    week = monday_of(today)
    for county in counties():
        actions.reckon(county, week=week, today=today)
        if today.weekday() < _STILL_COUNTED:
            actions.reckon(county, week=week - timedelta(days=7), today=today)
