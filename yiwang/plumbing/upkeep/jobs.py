"""The queue's own regular work. `timestamp` is the planned time, which procrastinate hands to periodic jobs."""

from procrastinate.contrib.django import app

from yiwang.plumbing.jobs import job
from yiwang.plumbing.upkeep import actions


@app.periodic(cron="* * * * *", periodic_id="take_up_interrupted")
@job(queue="upkeep")
def take_up_interrupted(timestamp: int) -> None:  # noqa: ARG001
    actions.take_up_interrupted()


@app.periodic(cron="17 3 * * *", periodic_id="clear_away")
@job(queue="upkeep")
def clear_away(timestamp: int) -> None:  # noqa: ARG001
    actions.clear_away()
