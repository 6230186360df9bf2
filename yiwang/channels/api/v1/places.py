"""Places: listed by prefix, and found by a position."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from yiwang.channels.api.problems import Problem
from yiwang.places import queries

router = Router(tags=["places"])


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


class Listing(Schema, extra="forbid"):
    """Which places: everything inside a code, of one kind, after a cursor."""

    inside: Annotated[str, Field(max_length=32, pattern=r"^[0-9A-Z]*$")] = ""
    kind: Annotated[str, Field(max_length=20)] = ""
    cursor: Annotated[str, Field(max_length=32)] = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class Position(Schema, extra="forbid"):
    """A position in one of the three datums in use."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    datum: Annotated[str, Field(pattern="^(wgs84|gcj02|bd09)$")] = "wgs84"


@router.get("", response={200: PlacesOut, 401: Problem, 422: Problem}, summary="Places by prefix")
def listed(request: HttpRequest, asked: Query[Listing]) -> PlacesOut:
    """Present places whose code begins with `inside`, in the order of their codes."""
    found = queries.listed(inside=asked.inside, kind=asked.kind, after=asked.cursor, limit=asked.limit + 1)
    page = [PlaceOut.from_orm(place) for place in found[: asked.limit]]
    return PlacesOut(places=page, next=page[-1].code if len(found) > asked.limit else None)


@router.get("/at", response={200: Located, 401: Problem, 422: Problem}, summary="The place at a position")
def at(request: HttpRequest, asked: Query[Position]) -> Located:
    """The innermost place that contains the position."""
    code = queries.locate(asked.lon, asked.lat, datum=asked.datum)
    place = queries.place(code) if code else None
    return Located(place=PlaceOut.from_orm(place) if place else None)
