"""What is asked of an approver: one question of a kind at a time, decided by somebody else than who asked."""

from datetime import datetime

from django.db.models import QuerySet

from yiwang.cases import rows
from yiwang.cases.access import CLOCK
from yiwang.cases.actions.moving import Hand
from yiwang.cases.facts import CaseAsked
from yiwang.cases.models import Case, Petition
from yiwang.cases.rules import Asked
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused


def ask(
    hand: Hand, kind: Asked, *, reason: str, hours: float | None = None, until: datetime | None = None,
    track: str = "", helper: int | None = None,
) -> Petition:  # fmt: skip
    """Keep a question for an approver. Refuses a second one of its kind before the first is decided."""
    case = hand.case
    if _open(case).filter(asked=kind).exists():
        raise Refused("asked_already")
    petition = Petition.objects.create(
        county=case.county, case_id=case.number, place=case.place, asked=kind.value, asked_by=hand.by.identity,
        post_id=hand.post, asked_at=hand.now, reason=reason, hours=hours, until=until, track=track,
        helper_id=helper,
    )  # fmt: skip
    announce(CaseAsked(case.number, case.county, kind.value, petition.pk))
    return petition


def asked_of(hand: Hand, kind: Asked) -> Petition:
    """The question that is to be decided. Refuses where there is none, and to whoever asked it themselves."""
    petition = _open(hand.case).filter(asked=kind).first()
    if petition is None:
        raise Refused("nothing_asked")
    if petition.asked_by == hand.by.identity:
        raise Refused("own_request")
    return petition


def decide(hand: Hand, petition: Petition, *, granted: bool, answer: str = "") -> None:
    """Write down what was decided, with whatever the caller changed on the question itself."""
    petition.decided_at, petition.decided_by = hand.now, hand.by.identity
    petition.granted, petition.answer = granted, answer
    petition.save()
    announce(CaseAsked(hand.case.number, hand.case.county, petition.asked, petition.pk, decided=True))


def lapse(case: Case, now: datetime) -> None:
    """Close the questions that nobody decided: the turn in which they were asked is over."""
    rows.lapse(case, by=CLOCK.subject, now=now)


def _open(case: Case) -> QuerySet[Petition]:
    return Petition.objects.filter(county=case.county, case=case.number, decided_at=None)
