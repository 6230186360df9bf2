"""Appeals against an overdue mark: asked once, after the case has ended; granted by two who are of other units."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from yiwang.cases import actions as cases
from yiwang.cases import queries as case_queries
from yiwang.cases.access import Actor
from yiwang.cases.actions.moving import said_by_the_platform
from yiwang.people.roster import roster
from yiwang.plumbing.facts import announce
from yiwang.plumbing.lifecycle import NotAllowed
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen
from yiwang.supervision import access, queries
from yiwang.supervision.facts import AppealGranted, AppealMoved
from yiwang.supervision.models import Appeal, Overrun
from yiwang.supervision.rules import appeals
from yiwang.supervision.words import APPEAL_MOVES, APPEAL_STATES


@transaction.atomic
def appeal(number: int, *, reason: str, by: Actor, now: datetime) -> Appeal:
    """Ask that the overruns of an ended case be left out of the statistics, with a reason.

    For whoever is of a unit that passed a limit. Refused before the case has ended, and the second time.
    """
    case = case_queries.case(by, number)
    reason = _worded(reason)
    overruns = Overrun.objects.filter(county=case.county, case=number)
    mine = access.of_own_unit(by, {one.post for one in overruns if one.post})
    if mine is None:
        raise NotYours("appeal_not_yours")
    if case.is_open:
        raise Refused("appeal_after_the_end")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"yiwang.appeal.{number}"])
    if Appeal.objects.filter(county=case.county, case=number).exists():
        raise Refused("appealed_already")
    asked = Appeal.objects.create(
        county=case.county, case=number, place=case.place, state=appeals.LIFE.first.value, reason=reason,
        asked_by=by.subject, post_id=mine, asked_at=now,
    )  # fmt: skip
    _say(asked, "ask", reason, by=by, now=now)
    return asked


@transaction.atomic
def approve(number: int, *, by: Actor, now: datetime) -> Appeal:
    """Agree with an appeal; by the second who does, it is granted. Not for one's own unit, nor twice by one person."""
    found = _taken(number, by)
    move = appeals.next_approval(appeals.Appeal(found.state))
    into = _decided(found, move, by, given=())
    if appeals.agreed_twice(found.seconded_by, by.identity):
        raise NotYours("appeal_by_another")
    found.state = into.value
    if into is appeals.Appeal.GRANTED:
        found.decided_by, found.decided_at = by.identity, now
    else:
        found.seconded_by, found.seconded_at = by.identity, now
    found.save()
    _say(found, move, "", by=by, now=now)
    if into is appeals.Appeal.GRANTED:
        announce(AppealGranted(found.case, found.county))
    return found


@transaction.atomic
def refuse(number: int, *, reason: str, by: Actor, now: datetime) -> Appeal:
    """Say no to an appeal, with a reason; that ends it."""
    found = _taken(number, by)
    found.state = _decided(found, "refuse", by, given={"reason"} if reason.strip() else ()).value
    found.decided_by, found.decided_at, found.answer = by.identity, now, _worded(reason)
    found.save()
    _say(found, "refuse", found.answer, by=by, now=now)
    return found


def _taken(number: int, by: Actor) -> Appeal:
    found = queries.appeals_visible_to(by).select_for_update().filter(pk=number).first()
    if found is None:
        raise Unseen("no_such_appeal")
    return found


def _decided(found: Appeal, move: str, by: Actor, *, given: "set[str] | tuple[()]") -> appeals.Appeal:
    held = {appeals.Capacity.APPROVER} if access.decides_appeal(by, found) else set()
    try:
        return appeals.LIFE.decide(move, appeals.Appeal(found.state), duties=held, given=given)
    except NotAllowed as verdict:
        if verdict.code == "wrong_state":
            state = APPEAL_STATES[appeals.Appeal(found.state)]
            raise Overtaken("appeal_too_late", state=state) from verdict
        if verdict.code == "not_your_duty":
            raise NotYours("appeal_not_yours") from verdict
        raise Refused("appeal_lacks_reason") from verdict


def _worded(reason: str) -> str:
    if not reason.strip():
        raise Refused("appeal_lacks_reason")
    if len(reason) > appeals.LONGEST_REASON:
        raise Refused("order_text_too_long", most=appeals.LONGEST_REASON)
    return reason.strip()


def _say(found: Appeal, move: str, text: str, *, by: Actor, now: datetime) -> None:
    asks = appeals.Appeal(found.state) in appeals.WAITING
    posts = access.deciders(found.place, found.post_id, on=timezone.localdate(now)) if asks else (found.post_id,)
    barred = tuple(sorted(roster().beside(found.post_id))) if asks else ()
    announce(AppealMoved(found.case, found.county, found.pk, move, posts, by.identity, barred))
    words = said_by_the_platform(APPEAL_MOVES[move])
    cases.internal(found.case, text=f"【{words}】 {text}".strip(), by=by, now=now)
