"""The law of the clock: extensions, pauses, and the shorter limit after reopening.

Time limits are counted on their own clock; what is granted is counted on the clock of the limit it adds to.
"""

from datetime import datetime, timedelta

from yiwang.plumbing.worktime.rules import Due, Promise, WorkCalendar, due_at

MOST_EXTENSIONS = 2
LONGEST_PAUSE = timedelta(days=366)
LATE_REOPENING = timedelta(days=14)
REOPENED_SHARE = 0.5
SENT_BACK_SHARE = 0.25


def may_not_extend(*, now: datetime, due: datetime, granted: int) -> str:
    """Why more time may not be asked for, as a refusal's code; refusals before this one do not count."""
    if now > due:
        return "overdue_already"
    return "extended_too_often" if granted >= MOST_EXTENSIONS else ""


def extension_fault(hours: float, promise: Promise) -> str:
    """At most one original limit a grant. `hours` are of the limit's own clock: working hours of a working limit."""
    # Written so that what is not a number is no time either.
    if not hours > 0:
        return "no_time_asked"
    return "more_than_one_limit" if hours > promise.span / timedelta(hours=1) else ""


def extended(due: datetime, hours: float, promise: Promise, calendar: WorkCalendar) -> datetime:
    """The new end: so many hours behind the old one, on the limit's own clock."""
    span = timedelta(hours=hours)
    return calendar.add(due, span) if promise.working else due + span


def may_not_pause(*, now: datetime, until: datetime, paused_before: bool) -> str:
    """Why a pause may not be asked for: once, at most a year, into the future."""
    if paused_before:
        return "paused_once_already"
    if until <= now:
        return "pause_must_end_later"
    return "pause_too_long" if until - now > LONGEST_PAUSE else ""


def time_left(now: datetime, due: datetime, calendar: WorkCalendar, *, working: bool) -> timedelta:
    """What is left of a limit, on its own clock; where it is past, by how much, always on the running clock."""
    return calendar.between(now, due) if working and due > now else due - now


def resumed(now: datetime, left: timedelta, calendar: WorkCalendar, *, working: bool) -> datetime:
    """The end after a pause: exactly what was left when the clock was stopped, from now on.

    What was overdue when it was paused stays overdue by the same span of the running clock.
    """
    if left < timedelta():
        return now + left
    return calendar.add(now, left) if working else now + left


def reopened_due(now: datetime, promise: Promise, calendar: WorkCalendar) -> Due:
    """A reopened case has half of its original limit."""
    return _share(now, promise, REOPENED_SHARE, calendar)


def sent_back_due(
    now: datetime, *, finished_at: datetime, due: datetime, promise: Promise, calendar: WorkCalendar
) -> datetime:
    """The end after a check found it not done: what was left when it was finished, at least a quarter of the limit.

    The time during which the work lay with the checker is not the handler's, and nobody is overdue the moment a
    checker disagrees. What was finished overdue stays overdue by the same span.
    """
    if finished_at > due:
        return now - (finished_at - due)
    left = time_left(finished_at, due, calendar, working=promise.working)
    least = _share(now, promise, SENT_BACK_SHARE, calendar).at
    return max(least, resumed(now, left, calendar, working=promise.working))


def _share(now: datetime, promise: Promise, share: float, calendar: WorkCalendar) -> Due:
    return due_at(now, Promise(promise.amount * share, promise.unit, promise.working), calendar)
