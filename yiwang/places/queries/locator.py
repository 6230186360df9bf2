"""Where a point lies: the innermost place, out of an index in memory."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from math import cos, hypot, radians
from threading import Lock
from typing import Any

import numpy as np
import shapely
from django.db.models import Q
from django.utils import timezone
from numpy.typing import NDArray
from shapely import STRtree

from yiwang.places.models import Boundary
from yiwang.places.rules.coordinates import Datum, convert, convert_all
from yiwang.places.rules.shapes import Shapes, array_of
from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.plumbing.refusals import Refused

# About 300 bytes each.
_CELLS_KEPT = 50_000
_SMALLEST_CELL = 1e-4
# More than the last digit that dividing into cells may lose.
_ROUNDING = 1e-9
_METRES_A_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class Area:
    """A place's present boundary, as the locator and the map know it."""

    code: str
    kind: str
    rank: int
    shape: Any


def _side_of_a_cell(shapes: Shapes) -> float:
    """Of cells of this size (degrees), a tenth of a usual side, most lie in one area whole."""
    if not len(shapes):
        return 1.0
    west, south, east, north = np.asarray(shapely.bounds(shapes)).T
    return float(max(np.median(np.maximum(east - west, north - south)) / 10, _SMALLEST_CELL))


_Cell = tuple[str | None, tuple[int, ...]]
"""The area in which all of a cell lies; else what may hold a point of it, in order of precedence."""


class Locator:
    """An index over boundaries that answers with the innermost place at a point.

    Innermost is the highest rank. A point on a border shared by several places of a rank belongs to the smallest
    code among those that hold it, whoever asks and in whatever order the boundaries came.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        # In order of precedence: of several places at a point the first one in the index wins.
        self.areas = sorted(areas, key=lambda area: (-area.rank, area.code))
        self._codes: list[str] = [area.code for area in self.areas]
        self._shapes: Shapes = array_of([area.shape for area in self.areas])
        shapely.prepare(self._shapes)
        # GEOS finishes a prepared shape at the first question to it, without a lock of its own and without the GIL.
        self._preparing = Lock()
        self._ranks = tuple({area.rank for area in self.areas})
        self._index = STRtree(self._shapes)
        self._side = _side_of_a_cell(self._shapes)
        self._cells: dict[tuple[float, float], _Cell] = {}

    def at(self, longitude: float, latitude: float) -> str | None:
        """The code of the innermost place at a WGS 84 point; None outside all boundaries."""
        whole, near = self._cell_of(longitude, latitude)
        if not near:
            return whole
        with self._preparing:
            for position in near:
                if shapely.intersects_xy(self._shapes[position], longitude, latitude):
                    return self._codes[position]
        return None

    def _cell_of(self, longitude: float, latitude: float) -> _Cell:
        """Remembered, for points come in crowds."""
        at = (longitude // self._side, latitude // self._side)
        known = self._cells.get(at)
        if known is None:
            if len(self._cells) >= _CELLS_KEPT:
                self._cells.clear()
            known = self._cells[at] = self._look_around(at)
        return known

    def _look_around(self, cell: tuple[float, float]) -> _Cell:
        west, south = cell[0] * self._side - _ROUNDING, cell[1] * self._side - _ROUNDING
        side = self._side + 2 * _ROUNDING
        box = shapely.box(west, south, west + side, south + side)
        with self._preparing:
            near = sorted(self._index.query(box, predicate="intersects").tolist())
            if near and shapely.contains_properly(self._shapes[near[0]], box):
                return self._codes[near[0]], ()
        return None, tuple(near)

    def at_all(self, points: NDArray[np.float64]) -> list[str | None]:
        """The same for many WGS 84 points (n × 2) at once."""
        asked, near = self._index.query(shapely.points(points))
        with self._preparing:
            hit = shapely.intersects_xy(self._shapes[near], points[asked, 0], points[asked, 1])
        nowhere = len(self._codes)
        first = np.full(len(points), nowhere)
        np.minimum.at(first, asked[hit], near[hit])
        return [None if position == nowhere else self._codes[position] for position in first.tolist()]

    def far_from(self, code: str, longitude: float, latitude: float) -> float | None:
        """How many metres a WGS 84 point lies outside a place, 0 inside it; None where the place is not drawn.

        Within a percent or so over the few kilometres for which it is asked.
        """
        at = next((at for at in map(partial(self._first, code), self._ranks) if at is not None), None)
        if at is None:
            return None
        with self._preparing:
            return _metres_from(self._shapes[at], longitude, latitude)

    def _first(self, code: str, rank: int) -> int | None:
        at = bisect_left(self.areas, (-rank, code), key=lambda area: (-area.rank, area.code))
        return at if at < len(self.areas) and self.areas[at].code == code else None

    def touching(self, shape: Any) -> list[Area]:
        """The areas that share a point with the shape, in order of codes."""
        near = self._index.query(shape, predicate="intersects")
        return sorted((self.areas[position] for position in near.tolist()), key=lambda area: area.code)


def _metres_from(shape: Any, longitude: float, latitude: float) -> float:
    (lon, lat), (other_lon, other_lat) = shapely.shortest_line(shape, shapely.Point(longitude, latitude)).coords
    east = cos(radians(latitude)) * _METRES_A_DEGREE
    return hypot((lon - other_lon) * east, (lat - other_lat) * _METRES_A_DEGREE)


def _load() -> Locator:
    today = timezone.localdate()
    present = Boundary.objects.filter(
        Q(place__valid_to=None) | Q(place__valid_to__gt=today), valid_to=None, place__kind__is_line=False
    )
    columns = ("place_id", "place__kind_id", "place__kind__rank", "shape")
    rows = present.values_list(*columns).iterator(chunk_size=2000)
    return Locator(Area(code, kind, rank, shapely.from_wkb(bytes(shape))) for code, kind, rank, shape in rows)


_LOCATOR = Snapshot("boundaries", _load)


def locator() -> Locator:
    """The index of this process; built at the first question, anew when boundaries have changed."""
    return _LOCATOR.get()


def locate(lon: float, lat: float, datum: str = "wgs84") -> str | None:
    """The code of the innermost place at a point (degrees); None when it lies outside all known boundaries.

    On a shared border the smallest code of the highest rank is always the answer.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    return locator().at(*convert(lon, lat, of=datum, to=Datum.WGS84))


def metres_outside(code: str, lon: float, lat: float) -> float | None:
    """How many metres a WGS 84 point lies outside a place, 0 inside it; None where the place is not drawn."""
    return locator().far_from(code, lon, lat)


def around(west: float, south: float, east: float, north: float) -> list[str]:
    """The codes of all places, outer and inner, that share ground with a rectangle (WGS 84), in order."""
    return [area.code for area in locator().touching(shapely.box(west, south, east, north))]


def locate_many(points: Sequence[tuple[float, float]], datum: str = "wgs84") -> list[str | None]:
    """`locate` for many (longitude, latitude) pairs at once; each gets the same answer as alone."""
    if not len(points):
        return []
    array = np.asarray(points, dtype=np.float64)
    sound = (np.abs(array[:, 0]) <= 180) & (np.abs(array[:, 1]) <= 90)
    found: list[str | None] = [None] * len(array)
    if not sound.any():
        return found
    answers = locator().at_all(convert_all(array[sound], of=datum, to=Datum.WGS84))
    for position, answer in zip(np.flatnonzero(sound).tolist(), answers, strict=True):
        found[position] = answer
    return found


def line_near(codes: Iterable[str], lon: float, lat: float, *, within: float) -> str | None:
    """Which of these roads runs past a WGS 84 point within so many metres: the nearest; None where none does."""
    lines = Boundary.objects.filter(place__in=codes, place__kind__is_line=True, valid_to=None)
    away = ((_metres_from(shapely.from_wkb(bytes(one.shape)), lon, lat), one.place_id) for one in lines)
    metres, code = min(away, default=(within + 1, None))
    return code if metres <= within else None


def crossed_by(road_code: str, kind: str = "grid") -> list[str]:
    """The codes of the grids (or places of another kind) that a road runs through or along, in order.

    Refuses a road whose course is not known.
    """
    course = Boundary.objects.filter(place=road_code, place__kind__is_line=True, valid_to=None).first()
    if course is None:
        raise Refused("road_unknown", place=road_code)
    return [area.code for area in locator().touching(shapely.from_wkb(bytes(course.shape))) if area.kind == kind]
