"""Handing on within the unit 转办: the lead goes to another post of the same unit, and no clock moves."""

from datetime import datetime

from django.db import transaction

from yiwang.cases import rows
from yiwang.cases.access import Actor
from yiwang.cases.actions.dispatch import lead_of, refuse_unfit_posts
from yiwang.cases.actions.moving import Hand, put, take
from yiwang.cases.facts import CaseDelegated
from yiwang.cases.models import Assignment, Case
from yiwang.cases.rules import Capacity, Ending
from yiwang.cases.words import MOVES
from yiwang.people.roster import roster
from yiwang.people.rules import Duty
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import NotYours, Refused


@transaction.atomic
def delegate(number: int, *, post: int, by: Actor, now: datetime, reason: str = "", seen: int | None = None) -> Case:
    """Give the lead to another post of its unit: by whoever leads, or by the unit's head.

    The new post has what is left of the old one's time, and has signed where the other had. Refuses posts of other
    units, that help already, are not there, or cannot deal with the case.
    """
    hand = take(number, "delegate", by=by, now=now, seen=seen, given={"post"})
    case, part = hand.case, lead_of(hand.case)
    unit = roster().beside(part.post_id)
    _refuse_other_heads(hand, unit)
    if post == part.post_id:
        raise Refused("leads_already")
    if post not in unit:
        raise Refused("not_of_the_unit")
    if post in case.assisting:
        raise Refused("lead_cannot_assist")
    refuse_unfit_posts(case, [post], now)
    rows.end(part, Ending.DELEGATED, now)
    _hand_on(part, post)
    keeper = {"keeper_id": post} if case.keeper_id == part.post_id else {}
    case = put(hand, reason=reason, given={"lead": post}, lead_id=post, **keeper)
    announce(CaseDelegated(number, case.county, post))
    return case


def _refuse_other_heads(hand: Hand, unit: frozenset[int]) -> None:
    """Whoever approves for a whole ground does not say who in a unit does its work."""
    heads = {grant.post for grant in hand.by.grants if Duty.APPROVE in grant.duties}
    if hand.capacity is Capacity.APPROVER and heads.isdisjoint(unit):
        raise NotYours("move_not_yours", move=MOVES[hand.move])


def _hand_on(part: Assignment, post: int) -> None:
    """The same part for another post: given when it was given, due when it was due."""
    Assignment.objects.create(
        county=part.county, case_id=part.case_id, place=part.place, post_id=post, part=part.part, firm=part.firm,
        given_at=part.given_at, sign_due=part.sign_due, handle_due=part.handle_due, hours=part.hours,
        signed_at=part.signed_at, signed_by=part.signed_by,
    )  # fmt: skip
