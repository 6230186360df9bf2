"""Two acts in one go, as a busy desk makes them: both happen, or neither."""

from datetime import datetime

from django.db import transaction

from yiwang.cases.access import Actor
from yiwang.cases.actions.dispatch import dispatch
from yiwang.cases.actions.triage import accept
from yiwang.cases.models import Case
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def accept_and_dispatch(
    number: int, *, item: str, place: str, by: Actor, now: datetime, seen: int | None = None
) -> Case:
    """Accept a report as this item at this place (codes), and give it to the post that answers for both.

    Leaves two steps. Refuses what `accept` and `dispatch` refuse, and where no post answers.
    """
    case = accept(number, item=item, place=place, by=by, now=now, seen=seen)
    if case.lead_id is None:
        raise Refused("post_not_there")
    return dispatch(number, lead=case.lead_id, by=by, now=now)
