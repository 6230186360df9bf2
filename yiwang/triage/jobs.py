"""Background work of triage. `timestamp` is the planned time of periodic jobs."""

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.plumbing.jobs import job, tick
from yiwang.plumbing.refusals import Refused
from yiwang.triage import actions

log = structlog.get_logger(__name__)


@job(queue="triage", lock="triage.propose")
def propose_waiting(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Propose for what has come in since the last time, batch after batch."""
    while actions.propose_waiting(now=timezone.now()).more:
        pass


tick("* * * * * */10", propose_waiting, named="triage.tick")


@app.periodic(cron="33 * * * *", periodic_id="keep_fates")
@job(queue="triage", lock="triage.fates")
def keep_fates(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Keep what became of proposals."""
    while actions.keep_fates(now=timezone.now()):
        pass


@app.periodic(cron="21 3 * * *", periodic_id="count_handled")
@job(queue="triage", lock="triage.handled")
def count_handled(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Count who solved what and who handed what back, this month and the last."""
    actions.count_handled(now=timezone.now())


@app.periodic(cron="47 2 * * *", periodic_id="train")
@job(queue="triage", lock="triage.train")
def train(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Learn from what was decided so far."""
    try:
        trained = actions.train(by="system", now=timezone.now())
    except Refused as refusal:
        log.info("nothing was learned", why=refusal.code)
    else:
        log.info("trained", version=trained.version, right=trained.right, before=trained.right_before)
