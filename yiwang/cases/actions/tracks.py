"""The tracks that need an approval 特事特办, 难题专办: a limit of its own, proposed by the desk."""

from datetime import datetime

from django.db import transaction

from yiwang.cases.access import Actor
from yiwang.cases.actions.moving import Hand, put, reason_in, take
from yiwang.cases.actions.petitions import ask, asked_of, decide
from yiwang.cases.actions.timing import promise_of
from yiwang.cases.models import Case
from yiwang.cases.rules import Asked, Track, special_limit_fault
from yiwang.catalogue.rules import Stage
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.worktime.queries import calendar_for


@transaction.atomic
def propose_track(
    number: int, *, track: Track, reason: str, by: Actor, now: datetime, hours: float | None = None,
    seen: int | None = None,
) -> Case:  # fmt: skip
    """Ask that a case go on a track with a limit of its own: so many hours of the clock of the item's own.

    Refuses a track that needs no approval, no limit or one that ends more than a year from now, and a second
    proposal while the first waits. An approval holds until the case comes back from its post or is classified anew.
    """
    hand = take(number, "propose_track", by=by, now=now, seen=seen, given={"track", *reason_in(reason)})
    _refuse_unfit(hand, track, hours)
    ask(hand, Asked.TRACK, reason=reason, hours=hours, track=track.value)
    return put(hand, reason=reason, given={"track": track.value, "hours": hours})


@transaction.atomic
def grant_track(number: int, *, by: Actor, now: datetime, hours: float | None = None, seen: int | None = None) -> Case:
    """Approve the track, with the limit that was proposed or another one (`hours`). Refuses one's own proposal."""
    hand = take(number, "grant_track", by=by, now=now, seen=seen)
    petition = asked_of(hand, Asked.TRACK)
    petition.hours = petition.hours if hours is None else hours
    _refuse_unfit(hand, Track(petition.track), petition.hours)
    decide(hand, petition, granted=True)
    return put(hand, given={"track": petition.track, "hours": petition.hours})


@transaction.atomic
def refuse_track(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Say no to the track, with a reason: the case is dispatched in the ordinary way, or another is proposed."""
    hand = take(number, "refuse_track", by=by, now=now, seen=seen, given=reason_in(reason))
    petition = asked_of(hand, Asked.TRACK)
    decide(hand, petition, granted=False, answer=reason)
    return put(hand, reason=reason, given={"track": petition.track})


def _refuse_unfit(hand: Hand, track: Track, hours: float | None) -> None:
    case = hand.case
    working = promise_of(case, Stage.HANDLE).working
    if fault := special_limit_fault(track, hours, now=hand.now, working=working, calendar=calendar_for(case.place)):
        raise Refused(fault)
