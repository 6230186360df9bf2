"""Does the reporter say so? Asking, closing, opening again, taking back."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from yiwang.cases.access import CLOCK, Actor
from yiwang.cases.actions.dispatch import end_parts, is_there, recall
from yiwang.cases.actions.moving import Hand, announce_end, put, said_by_the_platform, take
from yiwang.cases.actions.petitions import lapse
from yiwang.cases.actions.timing import NOTHING_DUE, limit_of, next_due
from yiwang.cases.facts import CaseReopened
from yiwang.cases.models import Assignment, Case, Note
from yiwang.cases.rows import open_parts
from yiwang.cases.rules import (
    Capacity,
    Ending,
    NoteKind,
    Part,
    State,
    may_not_close,
    may_not_reopen,
    reopened_due,
    stamp,
)
from yiwang.cases.words import MOVES, PARTS_LOOKED_AT, POST_GONE
from yiwang.catalogue.queries import centre_at
from yiwang.catalogue.rules import Stage
from yiwang.people.roster import roster
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import NotYours, Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.plumbing.worktime.queries import calendar_for


class Way(StrEnum):
    """How the reporter was asked."""

    PHONE = "phone"
    MESSAGE = "message"
    PAGE = "page"


@transaction.atomic
def call_back(
    number: int, *, solved: bool, satisfied: bool, by: Actor, now: datetime, words: str = "", way: Way = Way.PHONE,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """What the reporter says of the result, asked by somebody or said by themselves on their page.

    Refused to whoever is of the unit that dealt with the case: nobody writes down the marks of their own unit.
    """
    hand = take(number, "call_back", by=by, now=now, seen=seen, given={"solved", "satisfied"})
    _refuse_own_unit(hand)
    asked = Way.PAGE if hand.capacity is Capacity.REPORTER else way
    given = {"solved": solved, "satisfied": satisfied, "way": asked.value}
    # What is due stays the call-back: closing, or opening again, belongs to its time.
    return put(hand, reason=words.strip(), given=given, reached=True, solved=solved, satisfied=satisfied)


@transaction.atomic
def no_answer(number: int, *, words: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Note that the reporter could not be reached. Three such attempts, and the case may be closed without them.

    Not a move: the case goes on waiting for the call-back.
    """
    hand = take(number, "call_back", by=by, now=now, seen=seen, given={"solved", "satisfied"})
    if hand.capacity is Capacity.REPORTER:
        raise NotYours("move_not_yours", move=MOVES["call_back"])
    _refuse_own_unit(hand)
    case = hand.case
    Note.objects.create(
        county=case.county, case=case, place=case.place, at=now, kind=NoteKind.ATTEMPT, author=by.subject,
        post_id=hand.post, channel=by.channel, text=words.strip(),
    )  # fmt: skip
    case.attempts, case.reached = case.attempts + 1, False
    Case.objects.filter(number=number, county=case.county).update(attempts=case.attempts, reached=False)
    return case


@transaction.atomic
def close(number: int, *, by: Actor, now: datetime, reason: str = "", seen: int | None = None) -> Case:
    """End the case. A reporter who left a way to reach them is asked first, or was tried three times in vain.

    The clock closes what nobody was drawn to be asked about (`callbacks`).
    """
    hand = take(number, "close", by=by, now=now, seen=seen)
    case = hand.case
    reachable = case.contact is not None and hand.capacity is not Capacity.CLOCK
    if fault := may_not_close(State(case.state), reachable=reachable, attempts=case.attempts):
        raise Refused(fault)
    return _ended(hand, reason)


@transaction.atomic
def reopen(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Let the same lead deal with it again, in half of the limit it had; helpers are called in anew.

    Once by right, for a reporter who is dissatisfied or comes within 14 days of the closing; after that a supervisor
    decides. The reporter, who is asked anew afterwards, is promised the new date; the step keeps the old one. Where
    the leading post is not there any more, or the case went on in parts, it goes back to the desk.
    """
    hand = take(number, "reopen", by=by, now=now, seen=seen, given={"reason"} if reason.strip() else ())
    _refuse_reopening(hand)
    case = hand.case
    same, why = is_there(case, now), POST_GONE if case.lead_id else PARTS_LOOKED_AT
    changes = {} if case.lead_id else _without_a_lead(case, now)
    part = _again(case, now)
    part.save()
    given = {"lead": part.post_id, "handle_due": stamp(part.handle_due), "promised": _stamp(case.due_at)}
    case = put(
        hand, reason=reason, given=given, **changes, reopened=case.reopened + 1, due_at=part.handle_due,
        finished_at=None, closed_at=None, handler="", reached=None, solved=None, satisfied=None, attempts=0,
        **next_due(part.handle_due, Stage.HANDLE),
    )  # fmt: skip
    announce(CaseReopened(number, case.county))
    return case if same else recall(number, reason=said_by_the_platform(why), by=CLOCK, now=now)


@transaction.atomic
def withdraw(number: int, *, by: Actor, now: datetime, reason: str = "", seen: int | None = None) -> Case:
    """The reporter takes the report back, as long as no post has signed for it.

    Refused where others have told of the same and follow this case: what troubles them goes on.
    """
    hand = take(number, "withdraw", by=by, now=now, seen=seen)
    case = hand.case
    with standing_on(EVERYWHERE):
        followed = Case.objects.filter(county=case.county, merged_into=number).exists()
    if followed:
        raise Refused("others_follow")
    end_parts(open_parts(case), Ending.WITHDRAWN, now)
    lapse(case, now)
    return _ended(hand, reason, lead_id=None, assisting=[])


def _ended(hand: Hand, reason: str, **changes: Any) -> Case:
    case = put(hand, reason=reason.strip(), closed_at=hand.now, **NOTHING_DUE, **changes)
    announce_end(case)
    return case


def _refuse_own_unit(hand: Hand) -> None:
    if not hand.by.posts.isdisjoint(roster().beside(hand.case.lead_id)):
        raise Refused("own_unit_not_judged")


def _refuse_reopening(hand: Hand) -> None:
    """Whoever may also decide as a supervisor does, where their nearer capacity does not allow it."""
    case = hand.case
    fault = may_not_reopen(
        State(case.state), capacity=hand.capacity, reopened=case.reopened, satisfied=case.satisfied,
        closed_at=case.closed_at, now=hand.now,
    )  # fmt: skip
    if not fault:
        return
    if Capacity.SUPERVISOR not in hand.capacities:
        raise Refused(fault)
    hand.capacity, hand.post = Capacity.SUPERVISOR, hand.capacities[Capacity.SUPERVISOR]


def _without_a_lead(case: Case, now: datetime) -> dict[str, Any]:
    """A case that went on in parts has no lead, and may never have been named: the desk takes it as its first part."""
    changes: dict[str, Any] = {}
    if case.version_id is None:
        parts = Case.objects.filter(county=case.county, part_of=case.number, secrecy=case.secrecy)
        with standing_on(EVERYWHERE):
            first = parts.exclude(item=None).order_by("number").first()
        if first is None:
            raise Refused("reopen_its_parts")
        case.item_id, case.version_id = first.item_id, first.version_id
        changes = {"item_id": first.item_id, "version_id": first.version_id}
    case.lead_id = centre_at(case.place, sealed=case.is_sealed, on=timezone.localdate(now)) or case.keeper_id
    if case.lead_id is None:
        raise Refused("post_not_there")
    return changes | {"lead_id": case.lead_id}


def _again(case: Case, now: datetime) -> Assignment:
    """The same lead's new part, signed for from the start; not yet written."""
    turns = Assignment.objects.filter(county=case.county, case=case.number, part=Part.LEAD, post=case.lead_id)
    last = turns.order_by("-pk").first()
    due = reopened_due(now, limit_of(case, last.hours if last else None), calendar_for(case.place)).at
    assert case.lead_id is not None, "somebody deals with it again"
    return Assignment(
        county=case.county, case_id=case.number, place=case.place, post_id=case.lead_id, part=Part.LEAD,
        firm=case.firm, given_at=now, sign_due=now, handle_due=due, hours=last.hours if last else None, signed_at=now,
        signed_by=last.signed_by if last else "",
    )  # fmt: skip


def _stamp(at: datetime | None) -> str | None:
    return stamp(at) if at else None
