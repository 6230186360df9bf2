"""What is done with an item on the agenda: decided at a meeting, told of, shown, struck off.

What was decided and what became of it is also said on the case, by the case's own acts, which know who may say so.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.meetings import queries
from yiwang.meetings.access import may_own, towards_item
from yiwang.meetings.actions.entering import enter, say, times_of, worded
from yiwang.meetings.models import LastItem, Meeting
from yiwang.meetings.rules.last_items import LIFE, State, deadline_fault
from yiwang.meetings.rules.meeting import Capacity, has_met
from yiwang.meetings.rules.meeting import State as MeetingState
from yiwang.meetings.words import ITEM_STATES, MEETING_STATES, MOVES
from yiwang.people import access as people
from yiwang.plumbing.files.queries import are_kept
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting (its number) decides: of whom (a person's number, and the post in which they answer), by when."""

    meeting: int
    owner: int
    post: int
    due_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class _Hand:
    """An item that is locked, what it becomes, and in which post."""

    item: LastItem
    into: State
    post: int


@transaction.atomic
def decide(number: int, decision: Decision, *, by: Actor, now: datetime) -> LastItem:
    """Name at a meeting who answers for an item, what is to be done, and by when.

    Refused before the meeting's day and after its end, for somebody who does not lead there, and for an unfit day.
    """
    text = worded(decision.text)
    hand = _taken(number, "decide", by, given={"owner", "due", "meeting", *({"text"} if text else ())})
    item = hand.item
    _refuse_unfit_meeting(decision.meeting, item, now)
    if fault := deadline_fault(decision.due_at, now):
        raise Refused(fault)
    today = timezone.localdate(now)
    held = {grant.post for grant in people.present(decision.owner, today)}
    if decision.post not in held & {line.id for line in may_own(item.town, today)}:
        raise Refused("last_item_owner_unfit")
    item.state, item.decision, item.due_at = hand.into.value, text, decision.due_at
    item.owner, item.post_id = f"person:{decision.owner}", decision.post
    item.save(update_fields=["state", "decision", "due_at", "owner", "post"])
    given = {"owner": item.owner, "post": decision.post, "due_at": decision.due_at.isoformat()}
    enter(item, "decide", text, by=by, post=hand.post, now=now, meeting=decision.meeting, given=given)
    say(item, "decide", text, by=by, now=now)
    return item


@transaction.atomic
def move(number: int, name: str, *, by: Actor, now: datetime, text: str = "", files: Sequence[UUID] = ()) -> LastItem:
    """Tell of progress, ask for strike-off, strike off, insist, or put aside what the committee need not see.

    Refuses what the item's life does not know in its state or of this person, and what must be said or shown.
    """
    text = worded(text)
    if name not in _BY_HAND:
        raise Refused("last_item_move_unknown")
    hand = _taken(number, name, by, given={*({"text"} if text else ()), *({"evidence"} if files else ())})
    if files and not are_kept(files):
        raise Refused("photo_unknown")
    item = hand.item
    item.state = hand.into.value
    if hand.into is State.ENDED:
        item.ended_at, item.times = now, times_of(item)
    item.save(update_fields=["state", "ended_at", "times"])
    at = queries.at_hand(by, item.town, timezone.localdate(now))
    enter(
        item, name, text, by=by, post=hand.post, now=now, files=files,
        meeting=at.pk if at and name in _AT_MEETINGS else None,
    )  # fmt: skip
    say(item, name, text, by=by, now=now, files=files)
    return item


_BY_HAND = frozenset({"report", "ask_strike_off", "strike_off", "insist", "put_aside"})
# Done while a meeting sits, they are that meeting's.
_AT_MEETINGS = frozenset({"strike_off", "insist", "put_aside"})


def _taken(number: int, name: str, by: Actor, *, given: Collection[str]) -> _Hand:
    item = queries.items_visible_to(by).select_for_update().filter(pk=number).first()
    if item is None:
        raise Unseen("no_such_last_item")
    held, words = towards_item(by, item), MOVES[name]
    try:
        into = LIFE.decide(name, State(item.state), duties=held, given=given)
    except NotAllowed as verdict:
        if verdict.code == "wrong_state":
            raise Overtaken("last_item_too_late", move=words, state=ITEM_STATES[State(item.state)]) from verdict
        if verdict.code == "not_your_duty":
            raise NotYours("last_item_not_yours", move=words) from verdict
        raise Refused("last_item_lacks_text" if "text" in verdict.lacks else "last_item_lacks_evidence") from verdict
    capacity = next(one for one in Capacity if one in held and one in LIFE.moves[name].by)
    return _Hand(item, into, held[capacity])


def _refuse_unfit_meeting(number: int, item: LastItem, now: datetime) -> None:
    found = Meeting.objects.select_for_update().filter(pk=number, county=item.county, place=item.town).first()
    if found is None:
        raise Refused("last_item_lacks_meeting")
    if found.ended_at is not None:
        state = MEETING_STATES[MeetingState(found.state)]
        raise Overtaken("meeting_too_late", move=MOVES["decide"], state=state)
    if not has_met(found.day, timezone.localdate(now)):
        raise Refused("meeting_not_met")
