"""Cases that may be the same matter as another one, and how much a post has on its hands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from yiwang.cases.access import Actor
from yiwang.cases.models import Case, Step
from yiwang.cases.queries.listing import FIRST, visible_to
from yiwang.cases.rules import OPEN, SAME_FOR_DAYS, WITH_A_POST, Sketch, State, likeness, metres_apart
from yiwang.catalogue.rules import Secrecy
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

# The newest in the community and those in the town around it are looked at: some weeks of an ordinary place, and on
# the day of a flood the last hours.
_NEWEST = "SELECT cases_lying(%s, '{}', %s, 300) UNION SELECT cases_lying(%s, '{}', %s, 200)"
_COMPARED = ("number", "text", "item_id", "place", "lon", "lat", "state", "opened_at")


@dataclass(frozen=True, slots=True)
class Likely:
    """A case that may tell of the same; `metres` away where both have a position."""

    number: int
    state: str
    text: str
    item: int | None
    place: str
    opened_at: datetime
    metres: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What a post leads now, and how much of it is overdue."""

    open: int = 0
    overdue: int = 0


def likely_same(actor: Actor, case: Case, *, most: int = 5) -> list[Likely]:
    """Cases of the actor's that may be the same matter, the open ones first, then what is most alike.

    Told within 30 days of it, in its town. Those that were merged, declined or withdrawn are left out.
    """
    if case.is_sealed or len(case.place) < 9:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [case.place[:12], FIRST, case.place[:9], FIRST])
        numbers = [number for (number,) in cursor.fetchall() if number != case.number]
    days = timedelta(days=SAME_FOR_DAYS)
    told = visible_to(actor).filter(
        number__in=numbers, county=case.county, state__in=sorted(OPEN | {State.CLOSED}),
        opened_at__range=(case.opened_at - days, case.opened_at + days),
    )  # fmt: skip
    this = _sketch(case.text, case.item_id, case.place, case.lon, case.lat)
    found = [(likeness(this, _sketch(*row[1:6])), row) for row in told.values_list(*_COMPARED)]
    likely = sorted(
        ((State(row[6]) in OPEN, like, row) for like, row in found if like),
        key=lambda one: (one[0], one[1], one[2][0]),
    )
    return [_likely(row, this, is_open=is_open) for is_open, _like, row in reversed(likely[-most:])]


def loads(posts: Collection[int], *, now: datetime) -> dict[int, Load]:
    """How many cases each of these posts leads now, on whatever ground, and how many of them are overdue.

    Only figures, so that whoever dispatches sees who is overloaded; of the cases themselves nothing is told, and
    sealed ones are not counted.
    """
    led = Case.objects.filter(~Q(secrecy=Secrecy.SEALED), lead__in=posts, state__in=sorted(WITH_A_POST))
    late = Q(next_due_at__lt=now)
    each = led.order_by().values("lead").annotate(led=Count("number"), late=Count("number", filter=late))
    with standing_on(EVERYWHERE, sealed=()):
        return {row["lead"]: Load(row["led"], row["late"]) for row in each}


def last_steps(case: Case, *, most: int, moves: Collection[str] = ()) -> list[Step]:
    """The last steps of a case that one has found, or of these moves only; the oldest of them first."""
    steps = Step.objects.filter(county=case.county, number=case.number)
    steps = steps.filter(move__in=moves) if moves else steps
    return list(steps.order_by("-seq")[:most])[::-1]


def _sketch(text: str, item: int | None, place: str, lon: float | None, lat: float | None) -> Sketch:
    return Sketch(text, item, place, None if lon is None or lat is None else (lon, lat))


def _likely(row: tuple[Any, ...], this: Sketch, *, is_open: bool) -> Likely:
    number, text, item, place, lon, lat, state, opened_at = row
    metres = metres_apart(this, _sketch(text, item, place, lon, lat))
    return Likely(number, state, text, item, place, opened_at, None if metres is None else round(metres), is_open)
