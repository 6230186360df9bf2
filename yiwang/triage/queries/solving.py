"""Whose is it: what the counts of who really solved such matters say beside the table of responsibilities."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Sum

from yiwang.catalogue.queries import Answer, ItemLine, answers_for, catalogue
from yiwang.people import queries as people
from yiwang.people.models import Person
from yiwang.people.roster import PostLine, roster
from yiwang.places.queries import tree
from yiwang.triage.models import Handled
from yiwang.triage.rules import Solver, likely_solver

FEWEST_CONFLICTS = 3
"""So many hand-backs between two posts are more than chance."""

MOST_CONFLICTS = 100
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A post hands an item back in a town, and another one takes it: so often this month, and in the month before.

    `mended`: the other one answers for it by now.
    """

    item: ItemLine
    place: str
    place_name: str
    was: PostLine
    takes: PostLine
    this_month: int
    last_month: int
    mended: bool


def solver_of(item: int, place: str, *, on: date) -> Solver | None:
    """Who really solves such cases in the town of a place (its code), where the table of responsibilities has a gap
    or says somebody else; None where it is borne out, or too little is known. One query, on the reader's own ground.
    """
    return likely_solver(solved_at(item, place, on=on), answers=_answering(answers_for(item, place, on=on)))


def solved_at(item: int, place: str, *, on: date) -> Counter[int]:
    """How many cases of an item each post solved within a year in the town of a place."""
    counted = Handled.objects.filter(
        county=place[:6], place=place[:9], item=item, afterwards=0, month__gt=on - _A_YEAR
    ).values_list("post").annotate(Sum("cases"))  # fmt: skip
    return Counter(dict(counted.order_by("post")))


def conflicts(by: Person, *, on: date) -> list[Conflict]:
    """Where posts on the administrator's ground disagree whose an item is, this month's most frequent first."""
    this = on.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    handed = people.on_ground_of(by, Handled.objects.filter(month__in=(this, last), afterwards__gt=0), "place")
    counted = (
        handed.values_list("item", "place", "post", "afterwards")
        .annotate(
            now=Sum("cases", filter=Q(month=this), default=0), then=Sum("cases", filter=Q(month=last), default=0)
        )
        .annotate(both=Sum("cases"))
        .filter(both__gte=FEWEST_CONFLICTS)
        .order_by("-now", "-then", "item", "place", "post", "afterwards")[:MOST_CONFLICTS]
    )
    return [one for row in counted if (one := _conflict(row, on))]


def _conflict(row: tuple[Any, ...], on: date) -> Conflict | None:
    """None where the item, the town or one of the posts is not there any more."""
    item, place, was, takes, this_month, last_month, _both = row
    line, posts = catalogue().get(item), roster()
    before, after, spot = posts.get(was), posts.get(takes), tree().get(place)
    if line is None or before is None or after is None or spot is None:
        return None
    mended = _answering(answers_for(item, place, on=on)) == takes
    return Conflict(line, place, spot.name, before, after, this_month, last_month, mended)


def _answering(answer: Answer) -> int | None:
    return None if answer.gap else answer.post_id
