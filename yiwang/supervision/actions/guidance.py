"""Write down that a leader was on the spot 蹲点, what was found and agreed, and when somebody looks again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yiwang.cases import actions as cases
from yiwang.cases import queries as case_queries
from yiwang.cases.access import Actor
from yiwang.cases.actions.moving import said_by_the_platform
from yiwang.places.queries import tree
from yiwang.plumbing.refusals import NotYours, Refused, Unseen
from yiwang.supervision import queries
from yiwang.supervision.access import supervises_in
from yiwang.supervision.models import Guidance
from yiwang.supervision.rules.guidance import LONGEST_TEXT, fault
from yiwang.supervision.words import ORDER_MOVES


@dataclass(frozen=True, slots=True)
class Visit:
    """Where and when, for which case if for one, what was found and agreed; `follows`: what is looked at again."""

    place: str
    day: date
    found: str
    agreed: str
    case: int | None = None
    again_by: date | None = None
    follows: int | None = None


@transaction.atomic
def note_guidance(visit: Visit, *, by: Actor, now: datetime) -> Guidance:
    """Enter a visit of one's own on ground that one supervises; on its case it is said too.

    Without a place it was where its case lies. Refuses other ground, a case that is not to be seen, what is not said.
    """
    case = case_queries.case(by, visit.case) if visit.case else None
    place = visit.place or (case.place if case else "")
    if place not in tree():
        raise Refused("guidance_place_unfit")
    post = supervises_in(by, place)
    if post is None:
        raise NotYours("guidance_not_yours")
    found, agreed = visit.found.strip(), visit.agreed.strip()
    if wrong := fault(visit.day, visit.again_by, found=found, agreed=agreed, today=timezone.localdate(now)):
        raise Refused(wrong, most=LONGEST_TEXT)
    if visit.follows and not queries.guidance_visible_to(by).filter(pk=visit.follows).exists():
        raise Unseen("no_such_guidance")
    kept = Guidance.objects.create(
        county=place[:6], place=place, day=visit.day, case=visit.case, leader=by.identity, post_id=post, found=found,
        agreed=agreed, again_by=visit.again_by, follows=visit.follows, noted_at=now,
    )  # fmt: skip
    if case is not None:
        text = f"【{said_by_the_platform(ORDER_MOVES['visit'])} {visit.day}】 {found} → {agreed}"
        cases.internal(case.number, text=text[:LONGEST_TEXT], by=by, now=now)
    return kept
