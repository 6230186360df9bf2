"""More time, and pauses: asked by the lead, decided by somebody else."""

from datetime import datetime

from django.db import transaction

from yiwang.cases.access import CLOCK, Actor
from yiwang.cases.actions.dispatch import lead_of
from yiwang.cases.actions.moving import Hand, locked, put, reason_in, take
from yiwang.cases.actions.petitions import ask, asked_of, decide
from yiwang.cases.actions.timing import limit_of, next_due, promise_of
from yiwang.cases.facts import CasePaused
from yiwang.cases.models import Assignment, Case
from yiwang.cases.rows import open_parts
from yiwang.cases.rules import (
    Asked,
    extended,
    extension_fault,
    may_not_extend,
    may_not_pause,
    resumed,
    stamp,
    time_left,
)
from yiwang.catalogue.rules import Stage
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.worktime.queries import calendar_for


@transaction.atomic
def ask_more_time(
    number: int, *, hours: float, reason: str, by: Actor, now: datetime, seen: int | None = None
) -> Case:
    """Ask for so many hours more, of the limit's own clock (working hours of a working limit).

    Refused once the lead's part is overdue, after two grants, for more than one original limit (the approved one of
    a special track, else the item's), and while an earlier question waits.
    """
    hand = take(number, "ask_more_time", by=by, now=now, seen=seen, given={"hours", *reason_in(reason)})
    case, part = hand.case, lead_of(hand.case)
    too_late = may_not_extend(now=now, due=part.handle_due, granted=case.extensions)
    if fault := too_late or extension_fault(hours, limit_of(case, part.hours)):
        raise Refused(fault)
    ask(hand, Asked.MORE_TIME, reason=reason, hours=hours)
    return put(hand, reason=reason, given={"hours": hours})


@transaction.atomic
def grant_more_time(number: int, *, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Give the time that was asked for: to the lead, to every helping post, and in the promise to the reporter.

    Asked in time is in time, also where the approver took longer. Refuses one's own request.
    """
    hand = take(number, "grant_more_time", by=by, now=now, seen=seen)
    case, petition = hand.case, asked_of(hand, Asked.MORE_TIME)
    assert petition.hours is not None, "more time is asked for in hours"
    assert case.due_at is not None, "an accepted case is promised for some time"
    decide(hand, petition, granted=True)
    parts, calendar = open_parts(case), calendar_for(case.place)
    limit = limit_of(case, parts[0].hours)
    for part in parts:
        part.handle_due = extended(part.handle_due, petition.hours, limit, calendar)
    Assignment.objects.bulk_update(parts, ["handle_due"])
    lead_due, due = parts[0].handle_due, extended(case.due_at, petition.hours, limit, calendar)
    # What waits to be signed for is due next as it was: the time is for handling.
    coming = next_due(lead_due, Stage.HANDLE) if case.next_stage == Stage.HANDLE else {}
    return put(
        hand, given={"hours": petition.hours, "handle_due": stamp(lead_due), "due_at": stamp(due)},
        extensions=case.extensions + 1, due_at=due,
        provisional=case.provisional or (limit.working and calendar.is_provisional(due)), **coming,
    )  # fmt: skip


@transaction.atomic
def refuse_more_time(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Say no to more time, with a reason. A refusal does not count: it may be asked for again while there is time."""
    return _refuse(take(number, "refuse_more_time", by=by, now=now, seen=seen, given=reason_in(reason)), reason)


@transaction.atomic
def ask_pause(number: int, *, until: datetime, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Ask that the clock stand still up to a moment, with a reason that the reporter reads.

    Refused where the case was paused before, for a moment past or more than a year away, and while an earlier
    question waits.
    """
    hand = take(number, "ask_pause", by=by, now=now, seen=seen, given={"until", *reason_in(reason)})
    if fault := may_not_pause(now=now, until=until, paused_before=hand.case.paused_before):
        raise Refused(fault)
    ask(hand, Asked.PAUSE, reason=reason, until=until)
    return put(hand, reason=reason, given={"until": stamp(until)})


@transaction.atomic
def grant_pause(number: int, *, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Stop the clock of the lead, of the helping posts and of the promise, until the moment that was asked for.

    Refuses one's own request, and a pause whose end has come while it waited for an answer.
    """
    hand = take(number, "grant_pause", by=by, now=now, seen=seen)
    petition = asked_of(hand, Asked.PAUSE)
    until = petition.until
    assert until is not None, "a pause is asked for with its end"
    if fault := may_not_pause(now=now, until=until, paused_before=hand.case.paused_before):
        raise Refused(fault)
    decide(hand, petition, granted=True)
    case = put(
        hand, reason=petition.reason, given={"until": stamp(until)}, paused_at=now, paused_until=until,
        paused_before=True, **next_due(until, Stage.HANDLE),
    )  # fmt: skip
    announce(CasePaused(number, case.county, stamp(until)))
    return case


@transaction.atomic
def refuse_pause(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Say no to a pause, with a reason. It may be asked for again."""
    return _refuse(take(number, "refuse_pause", by=by, now=now, seen=seen, given=reason_in(reason)), reason)


@transaction.atomic
def resume(number: int, *, by: Actor, now: datetime, reason: str = "", seen: int | None = None) -> Case:
    """Let the clock go on before the pause ends: every part and the promise have what they had left."""
    return _resume(take(number, "resume", by=by, now=now, seen=seen), reason)


@transaction.atomic
def wake(number: int, *, now: datetime) -> Case | None:
    """Let a case go on whose pause has ended; gives nothing where it is not paused, or not over. Safe to run twice."""
    case = locked(number)
    if case.paused_until is None or now < case.paused_until:
        return None
    return _resume(take(number, "resume", by=CLOCK, now=now), "")


_KINDS = {"refuse_more_time": Asked.MORE_TIME, "refuse_pause": Asked.PAUSE}


def _refuse(hand: Hand, reason: str) -> Case:
    decide(hand, asked_of(hand, _KINDS[hand.move]), granted=False, answer=reason)
    return put(hand, reason=reason)


def _resume(hand: Hand, reason: str) -> Case:
    case, now = hand.case, hand.now
    assert case.due_at is not None, "an accepted case is promised for some time"
    parts = open_parts(case)
    for part in parts:
        part.handle_due = _from_now(case, part.handle_due, now, Stage.HANDLE)
        if part.signed_at is None:
            part.sign_due = _from_now(case, part.sign_due, now, Stage.SIGN_FOR)
    Assignment.objects.bulk_update(parts, ["handle_due", "sign_due"])
    lead_due, due = parts[0].handle_due, _from_now(case, case.due_at, now, Stage.HANDLE)
    working = promise_of(case, Stage.HANDLE).working
    return put(
        hand, reason=reason, given={"handle_due": stamp(lead_due), "due_at": stamp(due)}, paused_at=None,
        paused_until=None, due_at=due, provisional=working and calendar_for(case.place).is_provisional(now, due),
        **next_due(lead_due, Stage.HANDLE),
    )  # fmt: skip


def _from_now(case: Case, at: datetime, now: datetime, stage: Stage) -> datetime:
    """When that falls due whose clock stood still since the pause began: the old moments say exactly what was left."""
    assert case.paused_at is not None, "only what was paused goes on"
    calendar, working = calendar_for(case.place), promise_of(case, stage).working
    left = time_left(case.paused_at, at, calendar, working=working)
    return resumed(now, left, calendar, working=working)
