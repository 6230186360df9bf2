"""Background work of signs. `timestamp` is the planned time of periodic jobs."""

import structlog
from django.utils import timezone

from yiwang.formalism import actions
from yiwang.plumbing.jobs import job, tick

log = structlog.get_logger(__name__)


@job(queue="supervision")
def look(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Look through what was recorded; what is more than a batch comes with the next."""
    looked = actions.look(now=timezone.now())
    if looked.steps:
        log.info("looked for signs", steps=looked.steps, signs=looked.signs)


tick("* * * * *", look, named="formalism.look")
