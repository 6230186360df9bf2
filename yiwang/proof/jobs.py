"""Background work of the proof. `timestamp` is the planned time of the job."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from yiwang.plumbing.jobs import job
from yiwang.proof import actions


# Every hour, because midnight of the installation's time zone is any hour of the planner's; it mostly finds nothing.
@app.periodic(cron="11 * * * *", periodic_id="make_digests")
@job(lock="proof.digests")
def make_digests(timestamp: int) -> None:
    """Make the digests of the days that are complete."""
    actions.make_digests(now=datetime.fromtimestamp(timestamp, UTC))
