"""Responsibilities follow the ground when it is drawn anew, and the posts that follow it."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from yiwang.catalogue.actions.asking import record
from yiwang.catalogue.actions.responsibilities import take_turns
from yiwang.catalogue.models import Responsibility
from yiwang.people.facts import PostFollowed
from yiwang.people.rules import WHOLE
from yiwang.places.facts import GroundRedrawn
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@transaction.atomic
def follow_redrawing(fact: GroundRedrawn) -> None:
    """Let what was given away on places that ended be answered for on all that follow them; harmless when run twice.

    From the day of effect on the same post answers on each successor, unless somebody answers there already. What was
    given on a place that nothing follows stays as it was: there a person must decide.
    """
    with standing_on(EVERYWHERE):
        for old, new in sorted(fact.successors.items()):
            if new and old not in new:
                _follow_ground(old, sorted(new), fact)


@transaction.atomic
def follow_post(fact: PostFollowed) -> None:
    """Let what was given to a post be answered for by the one that stands in its stead; harmless when run twice."""
    with standing_on(EVERYWHERE):
        given = list(_living(fact.effective).filter(post_id=fact.was))
        for one in given:
            if one.since >= fact.effective:
                one.post_id = fact.now  # the old post never answered
                one.save(update_fields=["post"])
            else:
                ends = _end(one, fact.effective)
                Responsibility.objects.create(
                    item_id=one.item_id, place_id=one.place_id, post_id=fact.now, since=fact.effective, until=ends
                )
        if given:
            record(
                "responsibilities_follow_their_post", f"post:{fact.now}", by="system",
                ground=min(one.place_id or WHOLE for one in given), was=f"post:{fact.was}", count=len(given),
            )  # fmt: skip


def _living(on: date) -> QuerySet[Responsibility]:
    """What is given on that day or later; in the order of items, so that two never wait for each other."""
    lasting = Responsibility.objects.select_for_update(of=("self",)).select_related("item")
    return lasting.filter(Q(until=None) | Q(until__gt=on)).order_by("item_id", "since")


def _follow_ground(old: str, new: list[str], fact: GroundRedrawn) -> None:
    given = list(_living(fact.effective).filter(place_id=old))
    followed = dict.fromkeys(new, 0)
    for one in given:
        take_turns(one.item)
        begins = max(one.since, fact.effective)
        ends = _end(one, begins)
        for code in new:
            followed[code] += _give(one, code, begins, ends)
    for code in new if given else ():
        record(
            "responsibilities_follow_their_ground", f"place:{code}", by="system", ground=code, old=old,
            redrawing=fact.redrawing, count=followed[code],
        )  # fmt: skip


def _end(one: Responsibility, on: date) -> date | None:
    """End it on that day; when it would have ended."""
    until, one.until = one.until, on
    one.save(update_fields=["until"])
    return until


def _give(one: Responsibility, code: str, begins: date, ends: date | None) -> bool:
    """Let the same post answer at the place too, up to where somebody else does; whether it does at all."""
    there = Responsibility.objects.filter(item_id=one.item_id, place_id=code)
    there.filter(since=begins, until=begins).delete()  # never in force, and in the way
    if there.filter(Q(until=None) | Q(until__gt=begins), since__lte=begins).exists():
        return False
    later = there.filter(since__gt=begins).order_by("since").values_list("since", flat=True).first()
    until = min(later or date.max, ends or date.max)
    Responsibility.objects.create(
        item_id=one.item_id, place_id=code, post_id=one.post_id, since=begins,
        until=None if until == date.max else until,
    )  # fmt: skip
    return True
