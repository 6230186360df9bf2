"""Is it done? Finishing with evidence, and somebody else's look."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from yiwang.cases.access import Actor
from yiwang.cases.actions.dispatch import end_parts, give_part
from yiwang.cases.actions.evidence import Brought, Photo, content_of, demand, recorded, refuse_unfit
from yiwang.cases.actions.moving import Hand, put, take
from yiwang.cases.actions.petitions import lapse
from yiwang.cases.actions.timing import due_of, limit_of, next_due
from yiwang.cases.actions.triage import classified
from yiwang.cases.facts import CaseFinished
from yiwang.cases.models import Assignment, Case
from yiwang.cases.rows import open_parts
from yiwang.cases.rules import Ending, Part, State, Track, may_not_check, may_not_name_item, sent_back_due, stamp
from yiwang.cases.words import MOVES, NEEDS
from yiwang.catalogue.queries import catalogue
from yiwang.catalogue.rules import Secrecy, Stage
from yiwang.people.roster import roster
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.worktime.queries import calendar_for


@transaction.atomic
def settle(
    number: int, *, evidence: Brought, by: Actor, now: datetime, item: str = "", seen: int | None = None
) -> Case:
    """Deal with a small matter where it was found 即办: whoever works on this ground takes it and finishes it at once.

    `item` (a code) says what it is where the desk has not decided yet. Refuses a matter that nobody named, an item
    that may not be settled on the spot, and evidence that lacks what the item asks for.
    """
    hand = take(number, "settle", by=by, now=now, seen=seen, given=evidence.given)
    changes = _named(hand, item)
    case = hand.case
    content = content_of(case)
    if not content.on_the_spot or content.secrecy is Secrecy.SEALED:
        raise Refused("not_on_the_spot", item=content.name)
    demand(case, evidence)
    assert hand.post is not None, "whoever works on a ground does so in a post"
    part = give_part(case, hand.post, Part.LEAD, now=now)
    part.signed_at, part.signed_by, part.ended_at, part.ending = now, by.subject, now, Ending.DONE.value
    part.save()
    own = {"lead_id": hand.post, "keeper_id": hand.post, "track": Track.AT_ONCE.value, "assisting": []}
    named = {"item": item} if item else {}
    said = named | ({"due_at": stamp(changes["due_at"])} if changes else {})
    return _finished(hand, said, evidence, **(changes | own))


@transaction.atomic
def finish(number: int, *, evidence: Brought, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """The leading post says that it is done, with the item's evidence.

    Refused as long as a helping post is neither done nor released, and where evidence lacks.
    """
    hand = take(number, "finish", by=by, now=now, seen=seen, given=evidence.given)
    lead, *helpers = open_parts(hand.case)
    if helpers:
        raise Refused("parts_open", posts=", ".join(map(_title, helpers)))
    demand(hand.case, evidence)
    end_parts([lead], Ending.DONE, now)
    return _finished(hand, {}, evidence, assisting=[])


@transaction.atomic
def confirm(
    number: int, *, by: Actor, now: datetime, note: str = "", photos: Sequence[Photo] = (), seen: int | None = None
) -> Case:
    """Somebody else has looked: it is done. Refused to the handler and to whoever acts in the handler's post."""
    hand = take(number, "confirm", by=by, now=now, seen=seen)
    _refuse_own_work(hand)
    refuse_unfit(photos)
    due = due_of(hand.case, Stage.CALL_BACK, now).at
    return put(hand, given=recorded(Brought(note, tuple(photos))), **next_due(due, Stage.CALL_BACK))


@transaction.atomic
def send_back(
    number: int, *, reason: str, by: Actor, now: datetime, photos: Sequence[Photo] = (), seen: int | None = None
) -> Case:
    """Somebody else has looked: it is not done, and goes back to the same lead with a reason and photos that show it.

    The lead's part is opened again. What was promised to the reporter stays as it was.
    """
    hand = take(number, "send_back", by=by, now=now, seen=seen, given={"reason"} if reason.strip() else ())
    _refuse_own_work(hand)
    refuse_unfit(photos)
    case = hand.case
    part = Assignment.objects.filter(county=case.county, case=number, part=Part.LEAD).order_by("-pk")[0]
    assert part.ended_at is not None, "a finished case's lead has ended"
    part.handle_due = sent_back_due(
        now, finished_at=part.ended_at, due=part.handle_due, promise=limit_of(case, part.hours),
        calendar=calendar_for(case.place),
    )  # fmt: skip
    part.ended_at, part.ending = None, ""
    part.save(update_fields=["handle_due", "ended_at", "ending"])
    given = {"handle_due": stamp(part.handle_due)} | (recorded(Brought(photos=tuple(photos))) if photos else {})
    return put(
        hand, reason=reason, given=given, finished_at=None, handler="",
        **next_due(part.handle_due, Stage.HANDLE),
    )  # fmt: skip


def _named(hand: Hand, item: str) -> dict[str, Any]:
    """What changes by naming the item; the case in hand has one from here on."""
    case = hand.case
    line = catalogue().get(case.item_id) if case.item_id else None
    if not item or (line and line.code == item):
        if line is None:
            raise Refused("move_lacks", move=MOVES["settle"], lacks=NEEDS["item"])
        return {}
    if fault := may_not_name_item(State(case.state)):
        raise Refused(fault)
    return classified(hand, item, case.place)


def _finished(hand: Hand, named: dict[str, str], evidence: Brought, **changes: Any) -> Case:
    case, now = hand.case, hand.now
    lapse(case, now)
    changes |= next_due(due_of(case, Stage.CHECK, now).at, Stage.CHECK)
    case = put(
        hand, given=named | recorded(evidence), finished_at=now, handler=hand.by.identity or hand.by.subject, **changes
    )
    announce(CaseFinished(case.number, case.county))
    return case


def _refuse_own_work(hand: Hand) -> None:
    case = hand.case
    post = case.lead_id if case.lead_id in hand.by.posts else hand.post
    who = hand.by.identity or hand.by.subject
    if fault := may_not_check(handler=case.handler, checker=who, handler_post=case.lead_id, checker_post=post):
        raise Refused(fault)


def _title(part: Assignment) -> str:
    line = roster().get(part.post_id)
    return line.title if line else str(part.post_id)
