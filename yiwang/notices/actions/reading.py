"""Mark notices read, try failed ones again, and let old ones go."""

from datetime import date, datetime, timedelta

from django.db import transaction

from yiwang.notices import queries
from yiwang.notices.models import Notice
from yiwang.notices.rules.sending import LIFE, Capacity, State
from yiwang.people.models import Person
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import Overtaken, Unseen

SWEPT_AT_A_TIME = 10_000


@transaction.atomic
def mark_read(notice: int, *, by: Person, now: datetime) -> Notice:
    """Say that one has read it; twice is as once. Refused for what is not one's own."""
    found = queries.page_of(by).select_for_update().filter(pk=notice).first()
    if found is None:
        raise Unseen("no_such_notice")
    if found.read_at is None:
        found.read_at = now
        found.save(update_fields=["read_at"])
    return found


@transaction.atomic
def mark_all_read(*, by: Person, up_to: int, now: datetime) -> int:
    """Say that one has read all up to this one (its number): what came meanwhile stays unread. How many they were."""
    return queries.unread(by).filter(pk__lte=up_to).update(read_at=now)


@transaction.atomic
def try_again(notice: int, *, by: Person, now: datetime, today: date) -> Notice:
    """Send a failed notice again, and all that were in its message. Refused to whoever does not administer there."""
    found = queries.failed_on_ground_of(by, today=today).select_for_update().filter(pk=notice).first()
    if found is None:
        raise Unseen("no_such_notice")
    try:
        into = LIFE.decide("try_again", State(found.state), duties={Capacity.ADMINISTRATOR})
    except NotAllowed as verdict:
        raise Overtaken("notice_not_failed") from verdict
    together = queries.failed_on_ground_of(by, today=today).filter(county=found.county, message=found.message)
    together.update(state=into.value, next_at=now, tries=0, trouble="")
    note("try_notice_again", f"notice:{found.pk}", by=f"person:{by.pk}", ground=found.place)
    return found


@transaction.atomic
def sweep(*, now: datetime, keep: timedelta, most: int = SWEPT_AT_A_TIME) -> int:
    """Remove notices older than `keep`, at most so many; how many went. What still waits stays. Stands everywhere."""
    old = Notice.objects.filter(at__lt=now - keep, next_at=None).values_list("pk", flat=True)[:most]
    gone, _by_table = Notice.objects.filter(pk__in=list(old)).delete()
    return gone
