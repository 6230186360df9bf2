"""Background work of people."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from yiwang.people import actions
from yiwang.people.rules import Redrawing
from yiwang.plumbing.facts import heard
from yiwang.plumbing.jobs import job


@job(lock="people.redrawing")
def follow_redrawing(fact: dict[str, Any]) -> None:
    """Follow the ground now, and once more on the day of effect when that is still to come."""
    redrawing, today = heard(Redrawing, fact), timezone.localdate()
    actions.follow_redrawing(redrawing, today=today)
    if redrawing.effective > today:
        at = timezone.make_aware(datetime.combine(redrawing.effective, time(0, 5)))
        follow_redrawing.configure(schedule_at=at).defer(fact=fact)


@job(lock="people.sessions")
def clear_expired_sessions(timestamp: int = 0) -> None:  # noqa: ARG001 - procrastinate gives every periodic job its time
    """Every night: sweep out sessions whose time is over."""
    actions.clear_expired_sessions()


app.periodic(cron="40 3 * * *")(clear_expired_sessions)
