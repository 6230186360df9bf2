"""What is wrong with the drawing: ground that two places claim, and ground that nobody does."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import shapely
from shapely import STRtree
from shapely.geometry import mapping

from yiwang.places.models import Kind
from yiwang.places.queries.locator import Area, Locator, locator
from yiwang.places.queries.tree import Tree, tree
from yiwang.places.rules.shapes import areas_of, array_of, square_metres
from yiwang.plumbing.refusals import Refused

# Below a square metre it is rounding of coordinates, not a matter for anybody.
SLIVER = 1.0


# By the drawing in which they were found; a drawing that is gone takes them along.
_known: "WeakKeyDictionary[Locator, dict[tuple[str, str], tuple[Tree, list[Flaw]]]]" = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Flaw:
    """An overlap of two places, or a hole in one that its parts leave; the shape as GeoJSON for the map."""

    sort: str  # "overlap" or "hole"
    places: tuple[str, ...]  # the two that overlap; the one that has the hole
    square_metres: float
    shape: dict[str, Any]


def flaws(kind: str, inside: str, *, sliver: float = SLIVER) -> list[Flaw]:
    """Overlaps between boundaries of this kind, and holes that they leave in their parents, the largest first.

    `inside` is the code of the place to look in; less than `sliver` square metres is passed over. A parent none of
    whose parts has a boundary is not called a hole. Refuses an unknown kind.
    """
    if not Kind.objects.filter(code=kind).exists():
        raise Refused("kind_unknown", kind=kind)
    return [flaw for flaw in _found(kind, inside) if flaw.square_metres >= sliver]


def _found(kind: str, inside: str) -> list[Flaw]:
    """Looked for once while the drawing and the tree are the same."""
    drawing, places = locator(), tree()
    known = _known.setdefault(drawing, {})
    before = known.get((kind, inside))
    if before is not None and before[0] is places:
        return before[1]
    areas = [area for area in drawing.areas if area.kind == kind and area.code.startswith(inside)]
    found = sorted([*_overlaps(areas), *_holes(areas)], key=lambda flaw: (-flaw.square_metres, flaw.places))
    known[kind, inside] = (places, found)
    return found


def _overlaps(areas: list[Area]) -> Iterator[Flaw]:
    shapes = array_of([area.shape for area in areas])
    one, other = STRtree(shapes).query(shapes, predicate="intersects")
    pairs = one < other
    one, other = one[pairs], other[pairs]
    shared = [areas_of(shape) for shape in shapely.intersection(shapes[one], shapes[other])]
    sizes = square_metres(array_of(shared))
    for a, b, shape, size in zip(one.tolist(), other.tolist(), shared, sizes.tolist(), strict=True):
        if size > 0:
            first, second = sorted((areas[a].code, areas[b].code))
            yield Flaw("overlap", (first, second), round(size, 2), mapping(shape))


def _holes(areas: list[Area]) -> Iterator[Flaw]:
    parts: dict[str, list[Any]] = defaultdict(list)
    for area in areas:
        spot = tree().get(area.code)
        parts[spot.parent if spot else ""].append(area.shape)
    for outer in locator().areas:
        if outer.code in parts:
            left = areas_of(shapely.difference(outer.shape, shapely.union_all(array_of(parts[outer.code]))))
            pieces = shapely.get_parts(left)
            for piece, size in zip(pieces, square_metres(pieces).tolist(), strict=True):
                yield Flaw("hole", (outer.code,), round(size, 2), mapping(piece))
