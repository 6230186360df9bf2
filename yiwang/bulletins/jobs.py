"""Background work of papers. `timestamp` is the planned time of periodic jobs."""

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.bulletins import actions
from yiwang.plumbing.jobs import job


@app.periodic(cron="10 * * * *", periodic_id="make_papers")
@job(queue="bulletins", lock="bulletins.papers")
def make_papers(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Write what was published a few minutes before; what is older and has no papers yet follows, batch by batch."""
    while actions.make_papers(now=timezone.now()) == actions.AT_ONCE:
        pass
