"""Background work of replies."""

from typing import Any

from django.utils import timezone

from yiwang.cases.facts import CaseFinished
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import job
from yiwang.replies import actions


@job(queue="replies")
def look_at(fact: dict[str, Any]) -> None:
    """Keep what is wanting in the reply of a case that was finished."""
    actions.look_at(heard(CaseFinished, fact).case, now=timezone.now())
