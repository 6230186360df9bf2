"""Background work of sampling. `timestamp` is the planned time of periodic jobs."""

import structlog
from django.utils import timezone

from yiwang.callbacks import actions
from yiwang.plumbing.jobs import job, tick

log = structlog.get_logger(__name__)


@job(queue="supervision")
def draw(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Draw for what was checked, and close what nobody is called for; what is more comes with the next."""
    now = timezone.now()
    drawn, closed = actions.draw(now=now), actions.close_undrawn(now=now)
    if drawn.cases or closed:
        log.info("drawn for call-backs", cases=drawn.cases, asked=drawn.asked, closed=closed)


tick("* * * * * */15", draw, named="callbacks.draw")
