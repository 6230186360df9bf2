"""Open cases follow the ground and the posts that follow it; those who told of the same follow a case to its end."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yiwang.cases.access import CLOCK, Actor
from yiwang.cases.actions.dispatch import is_there, recall
from yiwang.cases.actions.moving import locked, put, said_by_the_platform, take
from yiwang.cases.models import Assignment, Case, Note, Petition, Step, Summons, Words
from yiwang.cases.rules import OPEN, WITH_A_POST, NoteKind, State, desk_of, is_passed_up
from yiwang.cases.words import FOLLOWED, POST_GONE
from yiwang.catalogue.queries import answers_for, centre_at
from yiwang.people.facts import PostFollowed
from yiwang.people.roster import roster
from yiwang.places.facts import GroundRedrawn
from yiwang.places.queries import locate, tree

# What a case wrote down beside itself, and where. A note stays as it was written: nobody may change it, and who sees
# the case sees its notes.
_BESIDE = (Words.objects, Assignment.objects, Summons.objects, Petition.objects)


@transaction.atomic
def relocate(number: int, *, place: str, now: datetime, by: Actor = CLOCK) -> Case:
    """Let an open case lie at another place (code) of its county, with all that belongs to it.

    What was promised and who has it stay; only what still waits on a desk is answered for anew. Where it lies there
    already, nothing happens.
    """
    case = locked(number)
    if case.place == place:
        return case
    hand = take(number, "relocate", by=by, now=now, given={"place"})
    was, hand.case.place = hand.case.place, place
    case = put(hand, given={"from": was, "place": place}, place=place, **_answered_anew(hand.case, now))
    for beside in _BESIDE:
        beside.filter(county=case.county, case=number).update(place=place)
    return case


@transaction.atomic
def follow_redrawing(fact: GroundRedrawn, *, now: datetime) -> None:
    """Let open cases on places that ended follow the ground; harmless when run twice.

    With one successor a case goes there; with several, to the one in which its position lies. Where no position
    decides, it goes to the innermost place that holds all successors: it stays with who has it, and a person says
    where it is, for a guess would put it before people whom it does not concern. The same where nothing follows, or
    what follows lies in another county, which a case never leaves.
    """
    followed = {old: new for old, new in fact.successors.items() if old not in new}
    counties = sorted({old[:6] for old in followed})
    for case in _open(county__in=counties, place__in=sorted(followed)):
        if where := _where(case, followed[case.place], on=timezone.localdate(now)):
            relocate(case.number, place=where, now=now)


@transaction.atomic
def follow_post(fact: PostFollowed, *, now: datetime) -> None:
    """Let the post that stands in another's stead have its open cases; harmless when run twice."""
    line = roster().get(fact.was)
    county = {"county": line.ground[:6]} if line and line.ground else {}
    theirs = Q(lead=fact.was) | Q(keeper=fact.was) | Q(assisting__contains=[fact.was])
    for case in _open(theirs | Q(summoned__contains=[fact.was]), **county):
        _replace(case.number, fact.was, fact.now, now=now)


@transaction.atomic
def take_back_from_gone_posts(*, now: datetime) -> list[int]:
    """Put cases back on the desk whose leading post is not there any more, or not for their place; their numbers."""
    found = Case.objects.filter(state__in=_values(WITH_A_POST)).only("number", "county", "place", "lead_id")
    gone = sorted(case.number for case in found.iterator() if not is_there(case, now))
    for number in gone:
        recall(number, reason=said_by_the_platform(POST_GONE), by=CLOCK, now=now)
    return gone


@transaction.atomic
def answer_followers(number: int) -> int:
    """Tell everybody whose report was merged into a case how it ended; how many were told. Harmless when run twice.

    They are told what became of the matter, never what was said about it: that may be another reporter's.
    """
    case = locked(number)
    words = FOLLOWED.get(State(case.state))
    if words is None or case.closed_at is None:
        return 0
    steps = Step.objects.filter(county=case.county, number=number).order_by("-seq")
    text = said_by_the_platform(words, reason=steps.values_list("reason", flat=True)[0])
    waiting = [
        one for one in Case.objects.filter(county=case.county, merged_into=number) if not _told(one, case.closed_at)
    ]
    Note.objects.bulk_create(
        Note(county=one.county, case=one, place=one.place, at=case.closed_at, kind=NoteKind.COMMENT,
             author=CLOCK.subject, channel=CLOCK.channel, text=text)
        for one in waiting
    )  # fmt: skip
    return len(waiting)


def _told(follower: Case, closed_at: datetime) -> bool:
    said = Note.objects.filter(county=follower.county, case=follower, kind=NoteKind.COMMENT, author=CLOCK.subject)
    return said.filter(at=closed_at).exists()


def _open(*which: Q, **where: Any) -> list[Case]:
    """In the order of numbers, so that two who follow never wait for each other."""
    return list(Case.objects.filter(*which, state__in=_values(OPEN), **where).order_by("number"))


def _values(states: Collection[State]) -> list[str]:
    return sorted(state.value for state in states)


def _answered_anew(case: Case, now: datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if not case.place.startswith(case.desk):
        changes["desk"] = desk_of(case.place)
    if case.is_waiting:
        on = timezone.localdate(now)
        around = case.desk if "desk" not in changes and is_passed_up(case.desk, case.place) else case.place
        changes["keeper_id"] = centre_at(around, sealed=case.is_sealed, on=on)
        changes["lead_id"] = answers_for(case.item_id, case.place, on=on).post_id if case.item_id else None
    return changes


def _where(case: Case, new: Collection[str], *, on: date) -> str | None:
    mine = sorted(code for code in new if code.startswith(case.county))
    if len(mine) > 1 and case.lon is not None and case.lat is not None:
        found = locate(case.lon, case.lat) or ""
        mine = [code for code in mine if found.startswith(code)] or mine
    inner = mine[0] if mine else case.place[:-1]
    around = (inner[:length] for length in range(len(inner), 5, -1))
    standing = (tree().get(code) for code in around if all(one.startswith(code) for one in mine))
    return next((spot.code for spot in standing if spot and spot.is_open(on)), None)


def _replace(number: int, was: int, stead: int, *, now: datetime) -> None:
    hand = take(number, "relocate", by=CLOCK, now=now, given={"place"})
    case = hand.case

    def follows(posts: list[int]) -> list[int]:
        return sorted({stead if post == was else post for post in posts})

    put(
        hand, given={"place": case.place, "was": was, "post": stead},
        lead_id=stead if case.lead_id == was else case.lead_id,
        keeper_id=stead if case.keeper_id == was else case.keeper_id,
        assisting=follows(case.assisting), summoned=follows(case.summoned),
    )  # fmt: skip
    Assignment.objects.filter(county=case.county, case=number, post=was, ended_at=None).update(post=stead)
    Summons.objects.filter(county=case.county, case=number, post=was, reported_in_at=None).update(post=stead)
