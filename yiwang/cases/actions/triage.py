"""What is it, where is it, is it new? The acts of whoever sits before the inbox."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from yiwang.cases.access import CLOCK, Actor, desk_above, reporter
from yiwang.cases.actions.intake import Key, Received, Report, item_of, known_place, report
from yiwang.cases.actions.moving import Hand, announce_end, locked, put, take
from yiwang.cases.actions.timing import NOTHING_DUE, due_of, next_due
from yiwang.cases.models import Case
from yiwang.cases.rules import Capacity, State, Told, desk_of, may_join_up, stamp
from yiwang.catalogue.queries import ItemLine, answers_for, catalogue, centre_at
from yiwang.catalogue.rules import Secrecy, Stage
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@dataclass(frozen=True, slots=True)
class PartTold:
    """One part of a case that is split. `item` and `place` are codes; without them the case's own hold."""

    text: str
    item: str = ""
    place: str = ""


@transaction.atomic
def accept(number: int, *, item: str, place: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Say what a report is and where, and take it on. The promise to the reporter runs from when it was received.

    Refuses an item or place (codes) that is not there, and a place in another county than the report's number says.
    """
    hand = take(number, "accept", by=by, now=now, seen=seen, given={"item", "place"})
    return _put_classified(hand, item, place)


@transaction.atomic
def reclassify(
    number: int, *, item: str, place: str, reason: str, by: Actor, now: datetime, seen: int | None = None
) -> Case:
    """Say anew what an accepted case is and where, as long as no post has it."""
    hand = take(number, "reclassify", by=by, now=now, seen=seen, given=_given(reason, "item", "place"))
    return _put_classified(hand, item, place, reason)


@transaction.atomic
def decline(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Say that this is not for the platform, with a reason that the reporter reads."""
    hand = take(number, "decline", by=by, now=now, seen=seen, given=_given(reason))
    case = put(hand, reason=reason, closed_at=now, lead_id=None, **NOTHING_DUE)
    announce_end(case)
    return case


@transaction.atomic
def merge(number: int, *, into: int, by: Actor, now: datetime, reason: str = "", seen: int | None = None) -> Case:
    """Say that this report tells of a case that is known; its reporter follows that one from now on.

    Refuses itself, an ended or sealed counterpart, and one in another county. What was merged into this report
    follows along.
    """
    # Always in the order of numbers, so that two clerks merging crosswise wait and never lock each other out.
    for one in sorted({number, into}):
        locked(one)
    target = locked(into)
    hand = take(number, "merge", by=by, now=now, seen=seen, given={"into"})
    if fault := _merging_fault(hand.case, target):
        raise Refused(fault)
    case = _merged(hand, into, reason)
    Case.objects.filter(county=case.county, merged_into=number).update(merged_into=into)
    return case


@transaction.atomic
def report_same(told: Report, *, into: int, by: Actor, now: datetime, key: Key | None = None) -> Received:
    """Open a case for what somebody else has told already: it follows that one, and its reporter is answered too.

    Where that one has ended meanwhile, or is not for everybody, it goes on by itself: what is told is never lost.
    """
    received = report(told, by=by, now=now, key=key)
    target, mine = locked(into), locked(received.number)
    if received.again or target.secrecy != Secrecy.OPEN or _merging_fault(mine, target):
        return received
    # Whoever told it, told this too; and nobody learns of an anonymous one who that was.
    teller = reporter(by.channel) if told.told is Told.ANONYMOUS else replace(by, itself=Capacity.REPORTER)
    hand = take(received.number, "follow", by=teller, now=now, given={"into"})
    return replace(received, state=_merged(hand, into).state, joined=True)


@transaction.atomic
def separate(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Undo a merging: the report is back in the inbox, as new."""
    hand = take(number, "separate", by=by, now=now, seen=seen, given=_given(reason))
    case, today = hand.case, timezone.localdate(now)
    lead = answers_for(case.item_id, case.place, on=today).post_id if case.item_id else None
    due = due_of(case, Stage.SIGN_FOR, now).at if case.version_id else now
    apart = {"from": case.merged_into}
    return put(hand, reason=reason, given=apart, merged_into=None, lead_id=lead, **next_due(due, Stage.SIGN_FOR))


@transaction.atomic
def split(
    number: int, *, parts: Sequence[PartTold], by: Actor, now: datetime, reason: str = "", seen: int | None = None
) -> Case:
    """Let a report that tells of several matters go on in parts, each a case of its own.

    The reporter keeps one number: when all parts have ended, this case goes on to the call-back by itself.
    """
    hand = take(number, "split", by=by, now=now, seen=seen, given={"parts"})
    if len(parts) < 2:
        raise Refused("too_few_parts")
    whole = hand.case
    opened = [report(_part(whole, part), by=by, now=now).number for part in parts]
    return put(hand, reason=reason, given={"parts": opened}, lead_id=None, **NOTHING_DUE)


@transaction.atomic
def join_up(number: int, *, now: datetime) -> Case | None:
    """Let a split case go on when its last part has ended; gives nothing as long as one is open. Safe to run twice."""
    whole = locked(number)
    parts = Case.objects.filter(county=whole.county, part_of=number).values_list("state", flat=True)
    if not may_join_up(State(whole.state), map(State, parts)):
        return None
    hand = take(number, "join_up", by=CLOCK, now=now)
    if whole.version_id is None:
        return put(hand, finished_at=now, **NOTHING_DUE)
    return put(hand, finished_at=now, **next_due(due_of(whole, Stage.CALL_BACK, now).at, Stage.CALL_BACK))


@transaction.atomic
def pass_up(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Hand the question to the desk one level up: community to town, town to county.

    From then on that desk decides; refused where nobody sits at one.
    """
    hand = take(number, "pass_up", by=by, now=now, seen=seen, given=_given(reason))
    above = desk_above(hand.case, on=timezone.localdate(now))
    if not above:
        raise Refused("nothing_above")
    return put(hand, reason=reason, given={"to": above}, **_at_desk(hand, above))


@transaction.atomic
def pass_down(number: int, *, to: str, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Hand the question to a desk further down: a place (code) inside the present desk's, around the case."""
    hand = take(number, "pass_down", by=by, now=now, seen=seen, given=_given(reason, "to"))
    case = hand.case
    if not (case.place.startswith(to) and to.startswith(case.desk) and len(to) > len(case.desk)):
        raise Refused("not_below", place=to)
    return put(hand, reason=reason, given={"to": to}, **_at_desk(hand, to))


def _given(reason: str, *more: str) -> set[str]:
    """What the table is told was given; an empty reason is none."""
    return {*more, *(("reason",) if reason.strip() else ())}


def _put_classified(hand: Hand, item: str, place: str, reason: str = "") -> Case:
    columns = classified(hand, item, place)
    # What is found to be a complaint against an official is sealed at once, also before whoever found it.
    vanishes = columns["secrecy"] == Secrecy.SEALED
    with standing_on(EVERYWHERE) if vanishes else nullcontext():
        said = {"item": item, "place": place, "due_at": stamp(columns["due_at"])}
        return put(hand, reason=reason, given=said, **columns)


def classified(hand: Hand, item: str, place: str) -> dict[str, Any]:
    """The columns that change with what a case is said to be and where (codes); refuses what is not there."""
    case, today = hand.case, timezone.localdate(hand.now)
    code = known_place(place, today)
    if code[:6] != case.county:
        raise Refused("place_in_another_county", place=code)
    line = item_of(item, code, today)
    # Not written yet, but what is due is reckoned from it.
    case.place, case.version_id = code, line.version
    handle, sign = due_of(case, Stage.HANDLE, case.opened_at), due_of(case, Stage.SIGN_FOR, hand.now).at
    return {
        **_of_item(line), "place": code, "due_at": handle.at, "provisional": handle.provisional,
        "desk": desk_of(code) if not code.startswith(case.desk) else case.desk,
        "lead_id": answers_for(line.id, code, on=today).post_id,
        **next_due(min(sign, handle.at), Stage.SIGN_FOR),
    }  # fmt: skip


def _of_item(line: ItemLine) -> dict[str, Any]:
    content = line.content
    return {
        "item_id": line.id, "version_id": line.version, "urgency": content.urgency.value,
        "secrecy": content.secrecy.value,
    }  # fmt: skip


def _at_desk(hand: Hand, place: str) -> dict[str, Any]:
    case = hand.case
    sealed = case.secrecy == Secrecy.SEALED
    return {"desk": place, "keeper_id": centre_at(place, sealed=sealed, on=timezone.localdate(hand.now))}


def _merging_fault(case: Case, target: Case) -> str:
    if case.number == target.number:
        return "merge_into_itself"
    if case.county != target.county:
        return "merge_across_counties"
    if case.is_sealed != target.is_sealed:
        return "merge_across_secrecy"
    return "" if target.is_open and target.merged_into is None else "merge_into_ended"


def _merged(hand: Hand, into: int, reason: str = "") -> Case:
    case = put(hand, reason=reason, given={"into": into}, merged_into=into, lead_id=None, **NOTHING_DUE)
    Case.objects.filter(county=case.county, number=into).update(followed=True)
    return case


def _part(whole: Case, part: PartTold) -> Report:
    line = catalogue().get(whole.item_id) if whole.item_id else None
    return Report(
        text=part.text, told=Told.PLATFORM, item=part.item or (line.code if line else ""),
        place=part.place or whole.place, address=whole.address, photos=tuple(whole.photos), part_of=whole.number,
    )  # fmt: skip
