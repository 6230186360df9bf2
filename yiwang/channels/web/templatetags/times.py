"""Times the way people say them."""

from datetime import datetime, timedelta

from django import template
from django.utils.translation import ngettext

register = template.Library()
_DAYS_FROM = timedelta(days=2)
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


@register.filter
def left(due: datetime, now: datetime) -> str:
    """How long until then, or how long past it: in days from two days on, then in hours, then in minutes."""
    span = abs(due - now)
    if span >= _DAYS_FROM:
        return _days(span.days, late=due < now)
    if span >= _HOUR:
        return _hours(span // _HOUR, late=due < now)
    return _minutes(max(1, span // _MINUTE), late=due < now)


@register.filter
def ago(at: datetime, now: datetime) -> str:
    """How long it is since then."""
    span = max(now - at, timedelta())
    if span >= _DAYS_FROM:
        return ngettext("%(n)s day ago", "%(n)s days ago", span.days) % {"n": span.days}
    if span >= _HOUR:
        hours = span // _HOUR
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    minutes = max(1, span // _MINUTE)
    return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}


@register.filter
def is_late(due: datetime, now: datetime) -> bool:
    return due < now


@register.filter
def in_groups(code: str) -> str:
    """A long code as people read it out: in groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _days(n: int, *, late: bool) -> str:
    if late:
        return ngettext("overdue by %(n)s day", "overdue by %(n)s days", n) % {"n": n}
    return ngettext("%(n)s day left", "%(n)s days left", n) % {"n": n}


def _hours(n: int, *, late: bool) -> str:
    if late:
        return ngettext("overdue by %(n)s hour", "overdue by %(n)s hours", n) % {"n": n}
    return ngettext("%(n)s hour left", "%(n)s hours left", n) % {"n": n}


def _minutes(n: int, *, late: bool) -> str:
    if late:
        return ngettext("overdue by %(n)s minute", "overdue by %(n)s minutes", n) % {"n": n}
    return ngettext("%(n)s minute left", "%(n)s minutes left", n) % {"n": n}
