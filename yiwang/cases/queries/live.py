"""What a whole room may see: cases as they come in and where they lie, without a word that anybody told.

Nothing sealed or confidential, no text, no address, no person and no photo is read at all. A place is told down to its
community, a position to about a hundred metres: neither names a household.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Floor

from yiwang.cases.models import Case
from yiwang.cases.rules import OPEN, State
from yiwang.catalogue.rules import Secrecy
from yiwang.plumbing.walls.ground import lies_in

COMMUNITY = 12
_ABOUT = 3  # digits after the point: a hundred metres
_CELLS_A_DEGREE = 200  # some 500 metres
_MOST_CELLS = 400
_TOLD = ("number", "item_id", "place", "state", "next_due_at", "lon", "lat")


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as anybody in the room sees it. `place`: a community or what lies around it; `at`: lon, lat, coarsely."""

    number: int
    item: int | None
    place: str
    state: State
    is_open: bool
    due_at: datetime | None
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of ground, by its middle (lon, lat), and how many cases came in from it."""

    lon: float
    lat: float
    cases: int


def newest(grounds: Sequence[str], *, most: int) -> list[Seen]:
    """The cases that came in last on these grounds (place codes, or `EVERYWHERE`), the newest first."""
    return _seen(_open_to_all(grounds), most)


def live(grounds: Sequence[str], *, most: int) -> list[Seen]:
    """The newest of those that are still open and have a position."""
    return _seen(_open_to_all(grounds).filter(state__in=sorted(OPEN), lon__isnull=False), most)


def hot_spots(grounds: Sequence[str], *, since: datetime) -> list[Cell]:
    """How densely cases have come in since then, the densest cells first."""
    placed = _open_to_all(grounds).filter(opened_at__gte=since, lon__isnull=False)
    x, y = (Floor(F(name) * _CELLS_A_DEGREE) for name in ("lon", "lat"))
    counted = placed.order_by().values(x=x, y=y).annotate(n=Count("number")).order_by("-n", "x", "y")[:_MOST_CELLS]
    return [Cell(_middle(cell["x"]), _middle(cell["y"]), cell["n"]) for cell in counted]


def _open_to_all(grounds: Sequence[str]) -> QuerySet[Case]:
    return Case.objects.filter(lies_in("place", grounds), secrecy=Secrecy.OPEN)


def _seen(cases: QuerySet[Case], most: int) -> list[Seen]:
    return [_one(row) for row in cases.order_by("-number").values_list(*_TOLD)[:most]]


def _one(row: tuple[Any, ...]) -> Seen:
    number, item, place, state, due_at, lon, lat = row
    at = None if lon is None else (round(lon, _ABOUT), round(lat, _ABOUT))
    return Seen(number, item, place[:COMMUNITY], State(state), Case(state=state).is_open, due_at, at)


def _middle(cell: float) -> float:
    return round((cell + 0.5) / _CELLS_A_DEGREE, 4)
