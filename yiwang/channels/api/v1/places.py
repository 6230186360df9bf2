"""Places: listed by prefix, found by a position, one by one with its outline."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from yiwang.channels.api.asking import Asker, asker_of
from yiwang.people import queries as people
from yiwang.people.rules import Duty
from yiwang.places import queries
from yiwang.places.models import Place

router = Router(tags=["places"])
GEOJSON = "application/geo+json"

Prefix = Annotated[str, Field(max_length=32, pattern=r"^[0-9A-Z]*$")]
Code = Annotated[str, Field(max_length=32, pattern=r"^[0-9A-Z]{2,32}$")]


class PlaceOut(Schema):
    """A place: its code is its address."""

    code: str
    name: str
    kind: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None


class PlacesOut(Schema):
    """A page of places in the order of their codes; `next` goes into `cursor`."""

    places: list[PlaceOut]
    next: str | None


class Located(Schema):
    """The innermost place at a position; null where no boundary of ours lies."""

    place: PlaceOut | None


class Above(Schema):
    """A place that holds another."""

    code: str
    name: str
    kind: str


class CrewOut(Schema):
    """A post that answers for a place. `name` is null unless the caller administers the post's ground."""

    post: int
    title: str
    unit: str
    role: str
    ground: str | None
    name: str | None


class PlaceWhole(PlaceOut):
    """A place with all that is known of it; `square_metres` is null where no boundary is drawn."""

    parents: list[Above]
    square_metres: float | None
    crew: list[CrewOut]


class Listing(Schema, extra="forbid"):
    """Which places: everything inside a code, of one kind, after a cursor."""

    inside: Prefix = ""
    kind: Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9_-]*$")] = ""
    cursor: Prefix = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class Position(Schema, extra="forbid"):
    """A position in one of the three datums in use."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    datum: Literal["wgs84", "gcj02", "bd09"] = "wgs84"


@router.get("", response=PlacesOut, summary="Places by prefix")
def listed(request: HttpRequest, asked: Query[Listing]) -> PlacesOut:
    """Present places whose code begins with `inside`, in the order of their codes."""
    found = queries.listed(inside=asked.inside, kind=asked.kind, after=asked.cursor, limit=asked.limit + 1)
    page = [_place(place) for place in found[: asked.limit]]
    return PlacesOut(places=page, next=page[-1].code if len(found) > asked.limit else None)


@router.get("/at", response=Located, summary="The place at a position")
def at(request: HttpRequest, asked: Query[Position]) -> Located:
    """The innermost place that contains the position."""
    code = queries.locate(asked.lon, asked.lat, datum=asked.datum)
    place = queries.place(code) if code else None
    return Located(place=_place(place) if place else None)


@router.get("/{code}", response=PlaceWhole, summary="One place")
def one(request: HttpRequest, code: Path[Code]) -> PlaceWhole:
    """A place of whatever day, what holds it, how large it is, and which posts answer for it today."""
    place = _found(code)
    above = queries.tree().path(code)[:-1]
    return PlaceWhole(
        **_place(place).model_dump(),
        parents=[Above(code=spot.code, name=spot.name, kind=spot.kind) for spot in above],
        square_metres=queries.square_metres_of(code),
        crew=_crew(place, asker_of(request)),
    )


# The document must name GeoJSON's own media type (RFC 7946, 12), which ninja knows nothing of.
_DRAWN: dict[str, Any] = {
    "responses": {200: {"description": "A FeatureCollection", "content": {GEOJSON: {"schema": {"type": "object"}}}}}
}


@router.get("/{code}/outline", response={200: None}, openapi_extra=_DRAWN, summary="A place on the map")
def outline(request: HttpRequest, code: Path[Code]) -> HttpResponse:
    """GeoJSON (RFC 7946): the boundary of a place and of the places directly in it, smoothed for a map."""
    return JsonResponse(queries.outline_of(_found(code).code), content_type=GEOJSON)


def _found(code: str) -> Place:
    place = queries.place(code)
    if place is None:
        raise Http404
    return place


def _place(place: Place) -> PlaceOut:
    return PlaceOut(
        code=place.code, name=place.name, kind=place.kind_id, parent=place.parent_id,
        valid_from=place.valid_from, valid_to=place.valid_to,
    )  # fmt: skip


def _crew(place: Place, asker: Asker) -> list[CrewOut]:
    """Which post answers for a place is public; who sits on it hangs on the wall there and is no list to harvest.

    A name is told to whoever administers the ground of the post: they put the person there.
    """
    return [
        CrewOut(
            post=member.post_id, title=member.title, unit=member.unit, role=member.role, ground=member.ground or None,
            name=member.name if asker.may(Duty.ADMINISTER, member.ground) else None,
        )
        for member in people.crew_of(place, on=timezone.localdate())
    ]  # fmt: skip
