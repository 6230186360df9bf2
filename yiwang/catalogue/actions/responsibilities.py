"""Who answers: an item or branch is given to a post inside a place, and taken from it."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Q

from yiwang.catalogue.actions.asking import administers, record
from yiwang.catalogue.models import Item, Responsibility
from yiwang.people.models import Person, Post
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused

_DEALS_WITH_CASES = frozenset({Duty.HANDLE.value, Duty.INVESTIGATE.value})


@transaction.atomic
def set_responsibility(
    item: Item, *, place: Place | None, post: Post, since: date, by: Person, today: date, until: date | None = None
) -> Responsibility:
    """Let a post answer for an item, and all below it, inside a place, from a day up to (not including) another.

    Whoever answered for the same item at the same place until then ends. Refuses a post whose ground does not hold
    the place, whose role does not let it deal with cases or that is abolished by then, an item of another county,
    and days on which somebody is already to follow.
    """
    administers(by, place, today=today)
    take_turns(item)
    _refuse_unfit(item, place, Post.objects.select_related("unit", "role").get(pk=post.pk), since)
    if until is not None and until <= since:
        raise Refused("responsibility_ends_before_it_begins")
    same = Responsibility.objects.filter(item=item, place=place)
    later = same.filter(since__gt=since, since__lt=until or date.max).order_by("since").first()
    if later is not None:
        raise Refused("responsibility_later_there", day=later.since.isoformat())
    same.filter(since=since).delete()
    same.filter(Q(until=None) | Q(until__gt=since), since__lt=since).update(until=since)
    given = Responsibility.objects.create(item=item, place=place, post=post, since=since, until=until)
    record(
        "set_responsibility", f"responsibility:{given.pk}", by=f"person:{by.pk}", ground=given.place_id or WHOLE,
        item=item.code, post=post.pk, since=since.isoformat(),
    )  # fmt: skip
    return given


@transaction.atomic
def end_responsibility(given: Responsibility, *, on: date, by: Person, today: date) -> Responsibility:
    """Let a post answer no longer from that day on. Refuses what has ended by then."""
    given = Responsibility.objects.select_for_update(of=("self",)).get(pk=given.pk)
    administers(by, given.place, today=today)
    if given.until is not None and given.until <= on:
        raise Refused("responsibility_over")
    given.until = max(on, given.since)
    given.save(update_fields=["until"])
    record(
        "end_responsibility", f"responsibility:{given.pk}", by=f"person:{by.pk}", ground=given.place_id or WHOLE,
        item=given.item_id, on=given.until.isoformat(),
    )  # fmt: skip
    return given


def take_turns(item: Item) -> None:
    """Two at once come one after the other. Not a lock on the item: a county may not change one of every county."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"yiwang.responsibility:{item.pk}"])


def _refuse_unfit(item: Item, place: Place | None, post: Post, since: date) -> None:
    code = place.code if place else WHOLE
    if item.county_id and not code.startswith(item.county_id):
        raise Refused("item_of_another_county", item=item.code)
    if not code.startswith(post.ground_id or WHOLE):
        raise Refused("post_does_not_reach", post=post.title, place=code or "*")
    if _DEALS_WITH_CASES.isdisjoint(post.role.duties):
        raise Refused("post_cannot_handle", post=post.title)
    ends = min(post.valid_to or date.max, post.unit.valid_to or date.max)
    if ends < since + timedelta(days=1):
        raise Refused("post_abolished", post=post.title)
