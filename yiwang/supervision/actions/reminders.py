"""Acknowledge a reminder: by name, in the post that was told."""

from datetime import datetime

from django.db import transaction

from yiwang.cases import actions as cases
from yiwang.cases.access import Actor
from yiwang.cases.actions.moving import said_by_the_platform
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen
from yiwang.supervision import access, queries
from yiwang.supervision.models import Reminder
from yiwang.supervision.words import ACKNOWLEDGED


@transaction.atomic
def acknowledge(reminder: int, *, by: Actor, now: datetime) -> Reminder:
    """Say that one has seen it. Where an answer was asked for, the history of the case says who gave it.

    Refused to whoever is not in the post, and once the case has gone on. Twice is as once.
    """
    found = queries.reminders_visible_to(by).select_for_update().filter(pk=reminder).first()
    if found is None:
        raise Unseen("no_such_reminder")
    if not access.holds(by, found.post_id):
        raise NotYours("reminder_not_yours")
    if found.lapsed_at is not None:
        raise Overtaken("reminder_over")
    if found.acknowledged_at is None:
        found.acknowledged_at, found.acknowledged_by = now, by.subject
        found.save(update_fields=["acknowledged_at", "acknowledged_by"])
        if found.answer_by is not None:
            words = said_by_the_platform(ACKNOWLEDGED)
            cases.internal(found.case, text=words, by=by, now=now)
    return found
