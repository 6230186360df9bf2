"""Boundaries for a map: simplified together, so that neighbours still meet."""

from typing import Any

import shapely
from shapely.geometry import mapping

from yiwang.places.models import Boundary, Kind
from yiwang.places.queries.locator import locator
from yiwang.places.queries.tree import tree
from yiwang.places.rules.shapes import array_of
from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.plumbing.refusals import Refused

_METRES_A_DEGREE = 111_320
# About a decimetre on the ground
_DIGITS = 6
_KEPT = 256

Drawn = list[tuple[str, dict[str, Any]]]


def _nothing_drawn() -> dict[tuple[str, str, float], Drawn]:
    return {}


_DRAWN = Snapshot("boundaries", _nothing_drawn)


def outline(inside: str, kind: str, tolerance: float) -> dict[str, Any]:
    """A GeoJSON FeatureCollection of the present boundaries of a kind inside a place, in WGS 84.

    Simplified by about `tolerance` metres (0: as they are), coordinates with six digits, properties code, name,
    kind. Kept in memory for the next who asks. Refuses an unknown kind.
    """
    drawn, asked = _DRAWN.get(), (inside, kind, tolerance)
    if asked not in drawn:
        if len(drawn) >= _KEPT:
            drawn.clear()
        drawn[asked] = _draw(inside, kind, tolerance)
    return {"type": "FeatureCollection", "features": [_feature(code, kind, shape) for code, shape in drawn[asked]]}


def _feature(code: str, kind: str, shape: dict[str, Any]) -> dict[str, Any]:
    spot = tree().get(code)
    properties = {"code": code, "name": spot.name if spot else code, "kind": kind}
    return {"type": "Feature", "properties": properties, "geometry": shape}


def _draw(inside: str, kind: str, tolerance: float) -> Drawn:
    is_line = Kind.objects.filter(code=kind).values_list("is_line", flat=True).first()
    if is_line is None:
        raise Refused("kind_unknown", kind=kind)
    found = _roads(inside, kind) if is_line else _areas(inside, kind)
    if not found:
        return []
    shapes = array_of([shape for _, shape in found])
    if tolerance > 0:
        degrees = tolerance / _METRES_A_DEGREE
        simplify = shapely.simplify if is_line else shapely.coverage_simplify
        shapes = simplify(shapes, degrees)
    return [(code, _rounded(mapping(shape))) for (code, _), shape in zip(found, shapes, strict=True)]


def _areas(inside: str, kind: str) -> list[tuple[str, Any]]:
    return [(a.code, a.shape) for a in locator().areas if a.kind == kind and a.code.startswith(inside)]


def _roads(inside: str, kind: str) -> list[tuple[str, Any]]:
    courses = Boundary.objects.filter(place__kind=kind, place__code__startswith=inside, valid_to=None)
    rows = courses.order_by("place_id").values_list("place_id", "shape")
    return [(code, shapely.from_wkb(bytes(shape))) for code, shape in rows]


def _rounded(geometry: Any) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(coordinates: Any) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, _DIGITS)
    return [_round(part) for part in coordinates]
