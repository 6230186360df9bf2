"""Which topics are hot on whose ground, and what stands behind each."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries import visible_to
from yiwang.catalogue.rules import Secrecy
from yiwang.insight.queries import places_of
from yiwang.places.queries import tree
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import lies_in
from yiwang.topics import rules
from yiwang.topics.models import Heat, Told, Topic

MOST = 100
_LEVELS = (6, 9)


@dataclass(frozen=True, slots=True)
class Behind:
    """A topic on one ground: its heat, how many told of it in each week (by its first day), its newest cases."""

    heat: Heat
    weeks: list[tuple[date, int]]
    cases: list[Case]


def grounds_of(actor: Actor, place: str = "") -> tuple[str, ...]:
    """The counties and towns (codes) whose topics are the actor's to see; with a place that one, as far as it is."""
    return tuple(code for code in places_of(actor, place) if len(code) in _LEVELS)


def towns_of(place: str) -> list[str]:
    """The towns (codes) of a county; none of a town."""
    return [spot.code for spot in tree().children(place)] if len(place) < _LEVELS[1] else []


def hottest(actor: Actor, place: str, *, most: int = MOST) -> list[Heat]:
    """The topics of a county or a town (its code), the hottest first; those that have cooled are left out."""
    if place not in grounds_of(actor, place):
        return []
    there = Heat.objects.filter(county=place[:6], place=place, index__gt=0)
    return list(there.order_by("-index", "-recent", "topic")[:most])


def behind(actor: Actor, topic: int, place: str, *, most: int = 50) -> Behind:
    """What stands behind a topic in a county or a town. Refuses as unseen what is not the actor's to see.

    Only cases that the actor may see and that are open to all; the weeks count all that were told there.
    """
    heat = Heat.objects.filter(county=place[:6], place=place, topic=topic).first()
    if heat is None or place not in grounds_of(actor, place):
        raise Unseen("no_such_topic")
    lines = list(
        Told.objects.filter(lies_in("place", [place]), county=place[:6], topic=topic)
        .order_by("-at").values_list("number", "at")
    )  # fmt: skip
    today = timezone.localdate(heat.at)
    cases = visible_to(actor).filter(number__in=[number for number, _at in lines[:most]], secrecy=Secrecy.OPEN)
    return Behind(
        heat, rules.weekly((timezone.localdate(at) for _number, at in lines), today=today),
        list(cases.order_by("-opened_at", "-number")),
    )  # fmt: skip


def joined_into(topic: int) -> int | None:
    """The topic in which this one's cases are found now, if two turned out to be one."""
    return Topic.objects.filter(pk=topic).values_list("joined", flat=True).first()
