"""What makes a boundary sound, and how large it is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from yiwang.places.rules.coordinates import EAST, NORTH, SOUTH, WEST, equal_area
from yiwang.places.rules.faults import Fault

Shapes = NDArray[np.object_]
# A shape may be mended when no more than a millionth of its area moves: a ring that touches itself, a spike.
_NEGLIGIBLE = 1e-6
_AREAS = frozenset({"Polygon", "MultiPolygon"})
_LINES = frozenset({"LineString", "MultiLineString"})
# One centimetre in degrees: what conversions and rounding may move without anybody having drawn anew.
SAME = 1e-7


def array_of(shapes: Sequence[Any]) -> Shapes:
    """Shapes as an array that shapely works on at once."""
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return array


def square_metres(shapes: Shapes) -> NDArray[np.float64]:
    """The true area of each shape in square metres (see `equal_area`); 0 for lines."""
    flat = shapely.transform(shapes, equal_area) if len(shapes) else shapes
    return np.asarray(shapely.area(flat), dtype=np.float64)


def areas_of(shape: Any) -> Any:
    """Only what has an area: edges and points that an intersection leaves are dropped."""
    if shape.geom_type in _AREAS:
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in _AREAS]
    return shapely.union_all(array_of(parts)) if parts else shapely.MultiPolygon()


def judge(shapes: Shapes, lines: Sequence[bool]) -> list[Any]:
    """For each shape (WGS 84) the sound shape, or the `Fault` why it cannot be a boundary.

    Areas must be polygons, roads (`lines`) lines; within the world, longitude before latitude; not empty; an area
    that crosses itself is mended only when its size stays the same.
    """
    bounds, valid = shapely.bounds(shapes), shapely.is_valid(shapes)
    return [
        _fault(shape, line, box) or (shape if ok else _mended(shape))
        for shape, line, box, ok in zip(shapes, lines, bounds.tolist(), valid.tolist(), strict=True)
    ]


def _fault(shape: Any, line: bool, box: list[float]) -> Fault | None:  # noqa: FBT001 - one of a row
    if shape.is_empty:
        return Fault("boundary_empty")
    if shape.geom_type not in (_LINES if line else _AREAS):
        return Fault("road_needs_line" if line else "area_needs_polygon", {"found": shape.geom_type})
    if not np.isfinite(box).all():
        return Fault("boundary_outside_world", {"longitude": str(box[0]), "latitude": str(box[1])})
    return _misplaced(*box)


def _misplaced(west: float, south: float, east: float, north: float) -> Fault | None:
    in_world = west >= -180 and east <= 180 and south >= -90 and north <= 90
    in_china = west > WEST and east < EAST and south > SOUTH and north < NORTH
    turned_in_china = south > WEST and north < EAST and west > SOUTH and east < NORTH
    if turned_in_china and not in_china:
        return Fault("boundary_swapped", {"longitude": f"{west:.5f}", "latitude": f"{south:.5f}"})
    if not in_world:
        return Fault("boundary_outside_world", {"longitude": f"{west:.5f}", "latitude": f"{south:.5f}"})
    return None


def _mended(shape: Any) -> Any:
    mended = areas_of(shapely.make_valid(shape))
    if mended.is_empty or abs(mended.area - shape.area) > _NEGLIGIBLE * mended.area:
        # GEOS says "Self-intersection[106.53 31.94]"; where it is, is what can be understood in any language.
        where = shapely.is_valid_reason(shape).partition("[")[2].rstrip("]")
        return Fault("boundary_crosses_itself", {"where": where})
    return mended


def is_same(one: Any, other: Any) -> bool:
    """Whether two shapes are the same up to a centimetre, however their rings begin or turn."""
    if shapely.equals_exact(one, other, SAME):
        return True
    # Normalising orders rings and parts; only shapes of one make are worth it.
    alike = shapely.get_num_coordinates(one) == shapely.get_num_coordinates(other)
    return bool(alike and shapely.equals_exact(one.normalize(), other.normalize(), SAME))
