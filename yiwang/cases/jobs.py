"""Background work of the loop."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from yiwang.cases import actions
from yiwang.cases.facts import CasePaused
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import job


@job()
def resume_by_itself(fact: dict[str, Any]) -> None:
    """Let a paused case go on when its pause is over; before that, come back at that moment."""
    paused, now = heard(CasePaused, fact), timezone.now()
    until = datetime.fromisoformat(paused.until)
    if now < until:
        resume_by_itself.configure(schedule_at=until).defer(fact=fact)
    else:
        actions.wake(paused.case, now=now)
