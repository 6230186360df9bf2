"""Bring a case before the committee by hand: its rule need not ask for it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from yiwang.cases.access import Actor
from yiwang.cases.queries import visible_to
from yiwang.cases.rules import county_of
from yiwang.meetings.access import towards
from yiwang.meetings.actions.entering import enter, say, worded
from yiwang.meetings.models import LastItem
from yiwang.meetings.queries import town_of
from yiwang.meetings.rules.agenda import Reason
from yiwang.meetings.rules.last_items import LIFE
from yiwang.meetings.rules.meeting import Capacity
from yiwang.meetings.words import MOVES
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen


@transaction.atomic
def bring(number: int, *, text: str, by: Actor, now: datetime) -> LastItem:
    """Put a case onto its town's agenda, saying why; beside those that the rule proposes, however many wait.

    For whoever supervises the town. Refused for what is ended, sealed or lies in no town, and what is on it already.
    """
    case = visible_to(by).select_for_update().filter(number=number, county=county_of(number)).first()
    if case is None:
        raise Unseen("no_such_case")
    held = towards(by, case.place)
    if Capacity.KEEPER not in held:
        raise NotYours("meeting_not_yours", move=MOVES["bring"])
    if not case.is_open or case.is_sealed or not town_of(case.place):
        raise Refused("last_item_case_unfit")
    if not (why := worded(text)):
        raise Refused("last_item_lacks_text")
    try:
        with transaction.atomic():
            item = LastItem.objects.create(
                county=case.county, case=number, place=case.place, state=LIFE.first.value, proposed_at=now,
                why=[[Reason.BY_HAND.value, 1]],
            )  # fmt: skip
    except IntegrityError as twice:
        raise Overtaken("last_item_twice") from twice
    post = held.get(Capacity.CHAIR) or held[Capacity.KEEPER]
    enter(item, "bring", why, by=by, post=post, now=now)
    say(item, "bring", why, by=by, now=now)
    return item
