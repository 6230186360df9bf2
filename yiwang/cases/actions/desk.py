"""Two acts in one go, as a busy desk makes them: both happen, or neither."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from yiwang.cases.access import Actor
from yiwang.cases.actions.dispatch import dispatch
from yiwang.cases.actions.spot import whistle
from yiwang.cases.actions.triage import accept
from yiwang.cases.models import Case
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def accept_and_dispatch(
    number: int, *, item: str, place: str, by: Actor, now: datetime, lead: int | None = None, seen: int | None = None
) -> Case:
    """Accept a report as this item at this place (codes), and give it to `lead`, else to the post that answers.

    Leaves two steps. Refuses what `accept` and `dispatch` refuse, and where no post answers.
    """
    case = accept(number, item=item, place=place, by=by, now=now, seen=seen)
    to = lead or case.lead_id
    if to is None:
        raise Refused("post_not_there")
    return dispatch(number, lead=to, by=by, now=now)


@transaction.atomic
def accept_and_whistle(
    number: int, *, item: str, place: str, posts: Collection[int], reason: str, by: Actor, now: datetime,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """Accept a report and call posts to the spot at once; who leads is decided afterwards. Leaves two steps."""
    accept(number, item=item, place=place, by=by, now=now, seen=seen)
    return whistle(number, posts=posts, reason=reason, by=by, now=now)
