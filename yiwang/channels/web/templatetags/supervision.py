"""Reminders as people say them, for templates."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from yiwang.supervision.queries import Reminded
from yiwang.supervision.rules.clock import PAST
from yiwang.supervision.rules.ladder import Level
from yiwang.supervision.words import LEVELS

register = template.Library()


@register.filter
def reminder_words(one: Reminded) -> str:
    """Why somebody is told: an alarm, somebody's silence, or how much of the time is used."""
    reminder = one.reminder
    if reminder.silent:
        said = _("▲ no answer: %(level)s") % {"level": LEVELS[Level(reminder.silent)]}
    elif reminder.percent == 0:
        said = _("▲ emergency")
    elif _is_late(one):
        said = _("▲ overdue")
    else:
        said = _("● %(percent)s %% of the time used") % {"percent": reminder.percent}
    return str(said)


@register.filter
def reminder_tone(one: Reminded) -> str:
    """The tone of the words: red for what is past or alarming."""
    reminder = one.reminder
    return "late" if reminder.silent or reminder.percent == 0 or _is_late(one) else "soon"


def _is_late(one: Reminded) -> bool:
    """Whether the time is over by now, whatever was used of it when the reminder came."""
    due = one.case.next_due_at
    return one.reminder.percent >= PAST or (due is not None and due < timezone.now())
