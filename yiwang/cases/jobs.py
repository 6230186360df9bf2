"""Background work of the loop. `timestamp` is the planned time, which procrastinate hands to periodic jobs."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yiwang.cases.actions.digests import make_digests as make
from yiwang.plumbing.jobs import job


# Every hour, because midnight of the installation's time zone is any hour of the planner's; it mostly finds nothing.
@app.periodic(cron="11 * * * *", periodic_id="make_digests")
@job(lock="cases.digests")
def make_digests(timestamp: int) -> None:
    """Make the digests of the days that are complete."""
    make(now=datetime.fromtimestamp(timestamp, UTC))
