"""Whose is it? Giving a case to a post, and the post's first answers."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yiwang.cases import rows
from yiwang.cases.access import Actor
from yiwang.cases.actions.moving import Hand, put, take
from yiwang.cases.actions.petitions import lapse
from yiwang.cases.actions.timing import due_of, next_due, promise_of
from yiwang.cases.facts import CaseDispatched, CaseHandedBack
from yiwang.cases.models import Assignment, Case, Petition, Step
from yiwang.cases.rows import open_parts
from yiwang.cases.rules import (
    Asked,
    Capacity,
    Ending,
    Given,
    Part,
    Track,
    hand_back_until,
    is_passed_up,
    may_not_hand_back,
    may_not_receive,
    stamp,
    track_fault,
)
from yiwang.catalogue.queries import answers_for, centre_at
from yiwang.catalogue.rules import Stage
from yiwang.people.roster import roster
from yiwang.people.rules import Duty
from yiwang.plumbing.facts import announce
from yiwang.plumbing.pouring import pour
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import Promise, Unit, due_at

# Reported and accepted: nobody had the case, and nothing was asked of anybody.
_NOT_GIVEN_YET = 2


@transaction.atomic
def dispatch(
    number: int, *, lead: int, by: Actor, now: datetime, assisting: Collection[int] = (), track: Track | None = None,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """Give an accepted case to the post that must deal with it, and to those that help; each gets clocks of its own.

    Refuses posts that are not there or do not answer for the place, a post that handed it back before, the ordinary
    way after two hand-backs, and a track that is not approved or does not fit the helpers.
    """
    hand = take(number, "dispatch", by=by, now=now, seen=seen, given={"lead"})
    if fault := may_not_receive(lead, turns_of(hand.case)):
        raise Refused(fault)
    return _give(hand, lead, assisting, track=track, firm=False)


@transaction.atomic
def assign_firmly(
    number: int, *, lead: int, reason: str, by: Actor, now: datetime, assisting: Collection[int] = (),
    track: Track | None = None, seen: int | None = None,
) -> Case:  # fmt: skip
    """Give a case so that it cannot be handed back any more: the centre has decided, and that ends it."""
    given = {"lead", "reason"} if reason.strip() else {"lead"}
    hand = take(number, "assign_firmly", by=by, now=now, seen=seen, given=given)
    return _give(hand, lead, assisting, track=track, firm=True, reason=reason)


@transaction.atomic
def sign_for(number: int, *, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """The leading post takes the case: from now on it is responsible."""
    hand = take(number, "sign_for", by=by, now=now, seen=seen)
    part = lead_of(hand.case)
    rows.sign(part, by=by.subject, now=now)
    return put(hand, keeper_id=part.post_id, **next_due(part.handle_due, Stage.HANDLE))


@transaction.atomic
def hand_back(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """The leading post returns the case with a reason: within a working day, or its whole limit where shorter.

    Refused after that, after two hand-backs, and where the centre assigned firmly.
    """
    hand = take(number, "hand_back", by=by, now=now, seen=seen, given={"reason"} if reason.strip() else ())
    case, part = hand.case, lead_of(hand.case)
    until = hand_back_until(part.given_at, part.handle_due, calendar_for(case.place))
    if fault := may_not_hand_back(turns_of(case), firm=case.firm, now=now, until=until):
        raise Refused(fault, until=timezone.localtime(until).strftime("%Y-%m-%d %H:%M"))
    returned = part.post_id
    case = _take_away(hand, Ending.HANDED_BACK, reason, hand_backs=case.hand_backs + 1)
    announce(CaseHandedBack(number, case.county, returned))
    return case


@transaction.atomic
def recall(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Take a case back from its post: a supervisor at any time, a dispatcher where the post is not there any more."""
    hand = take(number, "recall", by=by, now=now, seen=seen, given={"reason"} if reason.strip() else ())
    there = is_there(hand.case, now)
    if there and hand.capacity is Capacity.DISPATCHER and Capacity.SUPERVISOR not in hand.capacities:
        raise Refused("post_still_there")
    return _take_away(hand, Ending.RECALLED, reason, **({} if there else _desk(hand)))


def is_there(case: Case, now: datetime) -> bool:
    """Whether the leading post is there that day and answers for the place of the case."""
    line = roster().get(case.lead_id)
    return line is not None and line.serves(case.place, timezone.localdate(now))


def lead_of(case: Case) -> Assignment:
    """The leading post's part."""
    return open_parts(case)[0]


def turns_of(case: Case) -> list[Given]:
    """Which posts had the lead, in order, and which of them handed it back."""
    if case.steps <= _NOT_GIVEN_YET:
        return []
    leads = Assignment.objects.filter(county=case.county, case=case.number, part=Part.LEAD).order_by("pk")
    return [Given(post, ending == Ending.HANDED_BACK) for post, ending in leads.values_list("post_id", "ending")]


def refuse_unfit_posts(
    case: Case, posts: Collection[int], now: datetime, *, able: Collection[Duty] = (Duty.HANDLE,)
) -> None:
    """Refuse posts that are not there today, do not answer for the place, or may not see the case.

    Of an open case a post needs one of the duties `able`: unless something else is said it must be able to handle.
    """
    today = timezone.localdate(now)
    needed = {Duty.INVESTIGATE} if case.is_sealed else set(able)
    for post in posts:
        line = roster().get(post)
        if line is None or not line.serves(case.place, today) or needed.isdisjoint(line.duties):
            raise Refused("post_not_there")


def give_part(
    case: Case, post: int, part: Part, *, now: datetime, firm: bool = False, hours: float | None = None
) -> Assignment:
    """A part with its clocks, not yet written. `hours`: an approved limit, on the clock of the item's own."""
    handle = due_of(case, Stage.HANDLE, now).at
    if hours is not None:
        own = Promise(hours, Unit.HOUR, working=promise_of(case, Stage.HANDLE).working)
        handle = due_at(now, own, calendar_for(case.place)).at
    sign = min(due_of(case, Stage.SIGN_FOR, now).at, handle)
    return Assignment(
        county=case.county, case_id=case.number, place=case.place, post_id=post, part=part, firm=firm, given_at=now,
        sign_due=sign, handle_due=handle, hours=hours,
    )  # fmt: skip


def _give(
    hand: Hand, lead: int, assisting: Collection[int], *, track: Track | None, firm: bool, reason: str = ""
) -> Case:
    case, now = hand.case, hand.now
    helpers = sorted(set(assisting))
    approved = _approved(case)
    chosen = track or (Track(approved.track) if approved else Track.JOINT if helpers else Track.AT_ONCE)
    allowed = Track(approved.track) if approved else None
    if fault := track_fault(chosen, approved=allowed, lead=lead, assisting=helpers):
        raise Refused(fault)
    refuse_unfit_posts(case, [lead, *helpers], now)
    hours = approved.hours if approved and chosen == allowed else None
    parts = [give_part(case, lead, Part.LEAD, now=now, firm=firm, hours=hours)]
    parts += [give_part(case, post, Part.ASSISTING, now=now, hours=hours) for post in helpers]
    pour(parts)
    lapse(case, now)
    given = {
        "lead": lead, "assisting": helpers, "track": chosen.value, "handle_due": stamp(parts[0].handle_due),
        "sign_due": stamp(parts[0].sign_due),
    }  # fmt: skip
    case = put(
        hand, reason=reason, given=given, lead_id=lead, assisting=helpers, firm=firm, track=chosen.value,
        **_promised(parts[0]), **next_due(parts[0].sign_due, Stage.SIGN_FOR),
    )  # fmt: skip
    announce(CaseDispatched(case.number, case.county, lead, tuple(helpers), firm))
    return case


def _promised(part: Assignment) -> dict[str, Any]:
    """The promise to the reporter moves only with an approved limit; what the desk used up is the platform's delay."""
    return {"due_at": part.handle_due} if part.hours is not None else {}


def _approved(case: Case) -> Petition | None:
    """The track that was approved last for this turn of the case.

    The approval was for one post's work on one matter. It ends when the post hands the case back or loses it, and
    when the matter is classified anew: whoever wants the special limit once more asks once more.
    """
    if case.steps <= _NOT_GIVEN_YET:
        return None
    asked = Petition.objects.filter(county=case.county, case=case.number, asked=Asked.TRACK, granted=True)
    last = asked.order_by("-pk").first()
    return last if last and _is_of_this_turn(case) else None


def _is_of_this_turn(case: Case) -> bool:
    # By the order of the steps, which is certain; moments come from several machines.
    told = Step.objects.filter(county=case.county, number=case.number, move__in=["grant_track", *_NEW_TURN])
    return told.order_by("-seq").values_list("move", flat=True)[0] == "grant_track"


_NEW_TURN = ("hand_back", "recall", "reclassify")


def _take_away(hand: Hand, ending: Ending, reason: str, **changes: Any) -> Case:
    """End every part and put the case back on the centre's desk, which is responsible again."""
    case, now = hand.case, hand.now
    end_parts(open_parts(case), ending, now)
    lapse(case, now)
    due = due_of(case, Stage.SIGN_FOR, now).at
    return put(
        hand, reason=reason, given={"lead": case.lead_id}, assisting=[], paused_at=None, paused_until=None,
        **changes, **next_due(due, Stage.SIGN_FOR),
    )  # fmt: skip


def _desk(hand: Hand) -> dict[str, Any]:
    """Who is responsible where the post that was is not there any more: the desk; and who would lead from now on."""
    case, today = hand.case, timezone.localdate(hand.now)
    answers = answers_for(case.item_id, case.place, on=today).post_id if case.item_id else None
    around = case.desk if is_passed_up(case.desk, case.place) else case.place
    return {"keeper_id": centre_at(around, sealed=case.is_sealed, on=today), "lead_id": answers}


def end_parts(parts: Sequence[Assignment], ending: Ending, now: datetime) -> None:
    """Say of these parts how they ended; helpers are released when the lead's part was taken away."""
    for part in parts:
        released = part.part == Part.ASSISTING and ending not in {Ending.DONE, Ending.WITHDRAWN}
        rows.end(part, Ending.RELEASED if released else ending, now)
