"""What others have told already, as anybody may know it: never what was said or shown, by whom, behind which door."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from yiwang.cases.models import Case
from yiwang.cases.queries.reporting import item_name
from yiwang.cases.rules import OPEN, State
from yiwang.cases.words import STATES
from yiwang.catalogue.queries import ItemLine, catalogue
from yiwang.catalogue.rules import Secrecy
from yiwang.places.queries import around, tree
from yiwang.plumbing.walls.ground import EVERYWHERE, NOWHERE, lies_in, standing_on

NEAR = 200
"""Metres."""
_COMMUNITY, _GRID = 12, 15  # digits of their codes; a courtyard would tell whose door it is
_METRES_A_DEGREE = 111_320
_ROUGHLY = 50  # metres, so that nobody finds another's spot by asking from all sides
_SHOWN = ("number", "item_id", "place", "state", "opened_at", "lon", "lat")


@dataclass(frozen=True, slots=True)
class Alike:
    """An open matter of the same kind. `metres` is rounded up; none where one of the two has no position."""

    number: int
    item: str
    place: str
    words: str
    opened_at: datetime
    metres: int | None


def alike(item: str, place: str, position: tuple[float, float] | None = None, *, most: int = 3) -> list[Alike]:
    """Open matters like one that is about to be told (codes; longitude, latitude in WGS 84), the nearest first.

    With a position: what lies within `NEAR`, of the same branch of the catalogue; without: of the same item, in the
    same community or grid. Only what is open to everybody, on whatever ground.
    """
    line = catalogue().by_code(item, place) if item else None
    if line is None or line.content.secrecy is not Secrecy.OPEN or (len(place) < _COMMUNITY and not position):
        return []
    with standing_on(EVERYWHERE, sealed=NOWHERE):
        cases = Case.objects.filter(
            state__in=sorted(state.value for state in OPEN), secrecy=Secrecy.OPEN, merged_into=None
        ).order_by("-number")
        if position:
            cases = cases.filter(_around(position), _on_ground(position, place[:6]), item__in=list(_branch(line)))
        else:
            cases = cases.filter(lies_in("place", [place[:_GRID]]), item=line.id)
        found = [_seen(case, position) for case in cases.only(*_SHOWN)[: 200 if position else most]]
    near = [one for one in found if one.metres is None or one.metres <= NEAR]
    return sorted(near, key=lambda one: one.metres or 0)[:most]


def _around(position: tuple[float, float]) -> Q:
    west, south, east, north = _box(position)
    return Q(lon__range=(west, east), lat__range=(south, north))


def _on_ground(position: tuple[float, float], county: str) -> Q:
    """On the ground around a position: the few communities that it touches, and what lies in no community of them.

    Positions have no index; the open cases of an item have one by place, and a county has a hundred times as many.
    """
    touched = [code for code in around(*_box(position)) if code.startswith(county)]
    inner = {code[:_COMMUNITY] for code in touched if len(code) >= _COMMUNITY}
    if not inner:
        return lies_in("place", [county])
    return lies_in("place", sorted(inner)) | Q(place__in=sorted({code for code in touched if len(code) < _COMMUNITY}))


def _box(position: tuple[float, float]) -> tuple[float, float, float, float]:
    lon, lat = position
    up = NEAR / _METRES_A_DEGREE
    aside = up / max(math.cos(math.radians(lat)), 0.01)
    return lon - aside, lat - up, lon + aside, lat + up


def _branch(line: ItemLine) -> Iterator[int]:
    """The item, and those beside it on the same branch; a whole board is no branch."""
    above: Sequence[int] = line.path[1:2] if len(line.path) > 2 else ()
    yield line.id
    yield from (one.id for one in catalogue() if above and one.path[1:2] == above and one is not line)


def _seen(case: Case, position: tuple[float, float] | None) -> Alike:
    grid = tree().path(case.place[:_GRID])
    return Alike(
        number=case.number, item=item_name(case), place="".join(spot.name for spot in grid[1:] or grid),
        words=str(STATES[State(case.state)]), opened_at=case.opened_at, metres=_metres(case, position),
    )  # fmt: skip


def _metres(case: Case, position: tuple[float, float] | None) -> int | None:
    if position is None or case.lon is None or case.lat is None:
        return None
    east = (case.lon - position[0]) * math.cos(math.radians(position[1]))
    far = math.hypot(east, case.lat - position[1]) * _METRES_A_DEGREE
    return max(_ROUGHLY, math.ceil(far / _ROUGHLY) * _ROUGHLY)
