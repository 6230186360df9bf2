"""Walking the tree of places, page by page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import shapely
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from yiwang.places.models import Boundary, Kind, Place
from yiwang.places.queries.outlines import outline
from yiwang.places.queries.times import present
from yiwang.plumbing.walls.ground import lies_in

PAGE = 100
# Metres by which a boundary may be smoothed on a map that shows a place of this rank whole.
_SMOOTHED = (200.0, 100.0, 30.0, 10.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A place as one line of a list: with how many present places lie directly in it."""

    code: str
    name: str
    kind: str
    children: int
    has_boundary: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines in the order of their codes, how many there are in all, and where to go on (or nothing)."""

    lines: list[Line]
    total: int
    after: str


def place(code: str) -> Place | None:
    """The place with this code, of whatever day."""
    return Place.objects.select_related("kind").filter(pk=code).first()


def square_metres_of(code: str) -> float | None:
    """The area of a place's present boundary; none where nothing is drawn."""
    return Boundary.objects.filter(place=code, valid_to=None).values_list("square_metres", flat=True).first()


def area_kinds() -> list[Kind]:
    """The kinds of place that are areas, outermost first."""
    return list(Kind.objects.filter(is_line=False))


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of these places by code."""
    return dict(Place.objects.filter(pk__in=set(codes)).values_list("pk", "name"))


def listed(*, inside: str = "", kind: str = "", after: str = "", limit: int = PAGE) -> list[Place]:
    """Present places whose code begins with `inside`, after a code, in the order of their codes."""
    found = present(timezone.localdate()).filter(pk__startswith=inside, pk__gt=after)
    return list((found.filter(kind_id=kind) if kind else found).order_by("pk")[:limit])


def roots(grounds: Iterable[str], *, after: str = "", limit: int = PAGE) -> Page:
    """The outermost places of a reader's ground; for the whole installation, every place without a parent."""
    codes = tuple(grounds)
    whole = any(code in ("", "*") for code in codes)
    return _page(
        present(timezone.localdate()).filter(parent__isnull=True)
        if whole
        else present(timezone.localdate()).filter(pk__in=codes),
        after,
        limit,
    )


def children(code: str, *, after: str = "", limit: int = PAGE) -> Page:
    """The places that lie directly in a place."""
    return _page(present(timezone.localdate()).filter(parent_id=code), after, limit)


def search(words: str, *, inside: Iterable[str], after: str = "", limit: int = PAGE) -> Page:
    """Places on this ground whose name contains the words or whose code begins with them."""
    called = Q(name__icontains=words) | Q(pk__startswith=words)
    return _page(present(timezone.localdate()).filter(lies_in("pk", inside), called), after, limit)


def _page(found: QuerySet[Place], after: str, limit: int) -> Page:
    with_boundary = Exists(Boundary.objects.filter(place=OuterRef("pk"), valid_to__isnull=True))
    rows = list(
        found.filter(pk__gt=after)
        .select_related("kind")
        .annotate(inside=Count("children", filter=Q(children__in=present(timezone.localdate()))), drawn=with_boundary)
        .order_by("pk")[: limit + 1]
    )
    lines = [Line(row.code, row.name, str(row.kind), row.inside, row.drawn) for row in rows[:limit]]
    return Page(lines, found.count(), lines[-1].code if len(rows) > limit else "")


def outline_of(code: str) -> dict[str, Any]:
    """What a map shows of a place: its boundary and those of the places directly in it, the innermost last."""
    found = place(code)
    if found is None:
        return {"type": "FeatureCollection", "features": []}
    rank = found.kind.rank
    smoothed = _SMOOTHED[rank] if rank < len(_SMOOTHED) else 0.0
    inside = present(timezone.localdate()).filter(parent=found)
    kinds = inside.order_by("kind__is_line", "kind__rank").values_list("kind_id", flat=True).distinct()
    features = [f for f in outline(code, found.kind_id, smoothed)["features"] if f["properties"]["code"] == code]
    for kind in kinds:
        features += outline(code, kind, smoothed)["features"]
    return {"type": "FeatureCollection", "features": [_with_spot(feature) for feature in features]}


def _with_spot(feature: dict[str, Any]) -> dict[str, Any]:
    """The feature with a point surely inside it, `at`, for its name."""
    inside = shapely.geometry.shape(feature["geometry"]).representative_point()
    at = [round(inside.x, 6), round(inside.y, 6)]
    return {**feature, "properties": {**feature["properties"], "at": at}}
