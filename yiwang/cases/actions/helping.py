"""Help: the parts of the assisting posts 协办. A part that is done or released leaves the case's `assisting`."""

from datetime import datetime

from django.db import transaction

from yiwang.cases.access import Actor
from yiwang.cases.actions.dispatch import end_parts, give_part, lead_of, refuse_unfit_posts
from yiwang.cases.actions.moving import Hand, in_post, put, reason_in, take
from yiwang.cases.actions.petitions import ask, asked_of, decide
from yiwang.cases.facts import CaseAsked
from yiwang.cases.models import Assignment, Case
from yiwang.cases.rows import open_parts
from yiwang.cases.rules import Asked, Ending, Part, stamp, with_helper
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def call_in(number: int, *, post: int, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Ask one more post to help, on clocks of its own that begin now: a whole limit, the approved one where there is.

    What one post was doing alone is joint from now on. Refuses the lead itself, a post that helps already (once it
    is done or released it may be called again), and one that is not there or does not answer for the place.
    """
    hand = take(number, "call_in", by=by, now=now, seen=seen, given={"post", *reason_in(reason)})
    _refuse_unfit(hand, post)
    return _call(hand, post, reason)


@transaction.atomic
def ask_help(number: int, *, post: int, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """The lead asks the centre to call in a post, of another unit as a rule; refuses what `call_in` would refuse."""
    hand = take(number, "ask_help", by=by, now=now, seen=seen, given={"post", *reason_in(reason)})
    _refuse_unfit(hand, post)
    ask(hand, Asked.HELP, reason=reason, helper=post)
    return put(hand, reason=reason, given={"post": post})


@transaction.atomic
def grant_help(number: int, *, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Call in the post that was asked for, as `call_in` does. Refuses one's own request."""
    hand = take(number, "grant_help", by=by, now=now, seen=seen)
    petition = asked_of(hand, Asked.HELP)
    assert petition.helper_id is not None, "help is asked of a post"
    _refuse_unfit(hand, petition.helper_id)
    decide(hand, petition, granted=True)
    return _call(hand, petition.helper_id, "")


@transaction.atomic
def refuse_help(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Say no, with a reason: the lead goes on alone."""
    hand = take(number, "refuse_help", by=by, now=now, seen=seen, given=reason_in(reason))
    petition = asked_of(hand, Asked.HELP)
    decide(hand, petition, granted=False, answer=reason)
    return put(hand, reason=reason, given={"post": petition.helper_id})


@transaction.atomic
def sign_part(number: int, *, by: Actor, now: datetime, post: int | None = None, seen: int | None = None) -> Case:
    """A helping post takes its part. `post`: which of one's own, where several help."""
    hand = take(number, "sign_part", by=by, now=now, seen=seen)
    part = _part_of(hand.case, in_post(hand, post, otherwise="no_such_part"))
    if part.signed_at is not None:
        raise Refused("part_signed_already")
    _sign(part, hand)
    return put(hand, given={"post": part.post_id})


@transaction.atomic
def finish_part(
    number: int, *, note: str, by: Actor, now: datetime, post: int | None = None, seen: int | None = None
) -> Case:
    """A helping post says what it did; its part is done. `post`: which of one's own, where several help."""
    given = {"note"} if note.strip() else set[str]()
    hand = take(number, "finish_part", by=by, now=now, seen=seen, given=given)
    part = _part_of(hand.case, in_post(hand, post, otherwise="no_such_part"))
    if part.signed_at is None:
        _sign(part, hand)
    return _end(hand, part, Ending.DONE, note=note.strip())


@transaction.atomic
def release_part(number: int, *, post: int, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Let a helping post go before it is done: by the lead or the centre. Refuses a post without an open part."""
    hand = take(number, "release_part", by=by, now=now, seen=seen, given={"post", *reason_in(reason)})
    return _end(hand, _part_of(hand.case, post), Ending.RELEASED, reason=reason)


def _refuse_unfit(hand: Hand, post: int) -> None:
    case = hand.case
    if post == case.lead_id:
        raise Refused("lead_cannot_assist")
    if post in case.assisting:
        raise Refused("helper_twice")
    refuse_unfit_posts(case, [post], hand.now)


def _call(hand: Hand, post: int, reason: str) -> Case:
    case = hand.case
    part = give_part(case, post, Part.ASSISTING, now=hand.now, hours=lead_of(case).hours)
    part.save()
    announce(CaseAsked(case.number, case.county, "called_in", post))
    return put(
        hand, reason=reason, given={"post": post, "handle_due": stamp(part.handle_due)},
        assisting=sorted([*case.assisting, post]), track=with_helper(case.track).value,
    )  # fmt: skip


def _part_of(case: Case, post: int) -> Assignment:
    for part in open_parts(case):
        if part.post_id == post and part.part == Part.ASSISTING:
            return part
    raise Refused("no_such_part")


def _sign(part: Assignment, hand: Hand) -> None:
    part.signed_at, part.signed_by = hand.now, hand.by.subject
    part.save(update_fields=["signed_at", "signed_by"])


def _end(hand: Hand, part: Assignment, ending: Ending, *, reason: str = "", note: str = "") -> Case:
    end_parts([part], ending, hand.now)
    left = [post for post in hand.case.assisting if post != part.post_id]
    told = {"post": part.post_id} | ({"note": note} if note else {})
    return put(hand, reason=reason, given=told, assisting=left)
