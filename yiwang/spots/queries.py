"""Which hot spots lie on whose ground, and what stands behind each.

How many cases gather there is counted anew with each question, among those that are open to all at that moment: what
has become confidential since the last look is counted no more.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries import visible_to
from yiwang.cases.rules import OPEN, State
from yiwang.catalogue.rules import Secrecy
from yiwang.insight.queries import places_of
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import lies_in
from yiwang.spots.models import Gathered, Spot

MOST = 30


@dataclass(frozen=True, slots=True)
class Hot:
    """A hot spot as it stands: its cases, how many are open, which items (ids, the most frequent first), on which
    places (codes, likewise), since when and until when they were told."""

    spot: Spot
    cases: int
    open: int
    items: list[tuple[int, int]]
    places: list[str]
    since: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Behind:
    """A hot spot and its cases that the actor may see, the newest first."""

    hot: Hot
    cases: list[Case]


def grounds_of(actor: Actor, place: str = "") -> tuple[str, ...]:
    """The places (codes) whose hot spots are the actor's to see; with a place that one, as far as it is."""
    return places_of(actor, place)


def hottest(actor: Actor, place: str = "") -> list[Hot]:
    """The hot spots of a place (its code), or of all that is the actor's; the surest first, then the largest."""
    return hot_on(grounds_of(actor, place))


def hot_on(grounds: Sequence[str], *, most: int = MOST) -> list[Hot]:
    """The hot spots of these places (codes, or `EVERYWHERE`), for whoever may know of them."""
    there = Spot.objects.filter(lies_in("place", grounds), gone_at=None)
    return _standing(there.order_by("chance", "-cases", "pk")[:most])


def behind(actor: Actor, number: int) -> Behind:
    """What stands behind a hot spot, also one that is gone. Refuses as unseen what is not the actor's to see."""
    standing = _standing(Spot.objects.filter(lies_in("place", grounds_of(actor)), pk=number))
    if not standing:
        raise Unseen("no_such_spot")
    told = Gathered.objects.filter(county=standing[0].spot.county, spot=number).values("number")
    cases = visible_to(actor).filter(number__in=told, secrecy=Secrecy.OPEN)
    return Behind(standing[0], list(cases.order_by("-opened_at", "-number")))


def _standing(spots: QuerySet[Spot]) -> list[Hot]:
    """These as they stand now; where nothing is left that may be told of, nothing."""
    found = list(spots)
    counties = {spot.county for spot in found}
    told = dict(
        Gathered.objects.filter(county__in=counties, spot__in=[spot.pk for spot in found]).values_list(
            "number", "spot"
        )
    )
    rows = Case.objects.filter(county__in=counties, number__in=told, secrecy=Secrecy.OPEN) if told else None
    cases: defaultdict[int, list[Case]] = defaultdict(list)
    for case in rows.only("number", "item", "place", "state", "opened_at") if rows is not None else ():
        cases[told[case.number]].append(case)
    return [_hot(spot, cases[spot.pk]) for spot in found if cases[spot.pk]]


def _hot(spot: Spot, cases: Sequence[Case]) -> Hot:
    times = [case.opened_at for case in cases]
    items = Counter(case.item_id for case in cases if case.item_id).most_common()
    places = [place for place, _n in Counter(case.place for case in cases).most_common()]
    open_now = sum(State(case.state) in OPEN for case in cases)
    return Hot(spot, len(cases), open_now, items, places, min(times), max(times))
