"""What a handler brings to show that it is done, judged by the version of the item under which the case was opened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from yiwang.cases.models import Case
from yiwang.cases.words import COMMA
from yiwang.catalogue.models import ItemVersion
from yiwang.catalogue.queries import catalogue
from yiwang.catalogue.rules import Content, Shown, missing
from yiwang.catalogue.words import EVIDENCE
from yiwang.places.queries import locate
from yiwang.places.queries.locator import locator
from yiwang.places.rules import metres_between
from yiwang.plumbing.files.queries import are_kept
from yiwang.plumbing.refusals import Refused


class Moment(StrEnum):
    """Whether a photo shows the matter before it was dealt with, or after."""

    UNSAID = ""
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Photo:
    """A kept file; where it was taken (longitude, latitude in degrees of WGS 84), and whether before or after."""

    file: UUID
    position: tuple[float, float] | None = None
    moment: Moment = Moment.UNSAID


@dataclass(frozen=True, slots=True)
class Brought:
    """A note and photos."""

    note: str = ""
    photos: tuple[Photo, ...] = ()

    @property
    def given(self) -> set[str]:
        """What the table is told was given; an empty note is none."""
        return {"note"} if self.note.strip() else set()


def refuse_unfit(photos: Sequence[Photo]) -> None:
    """Refuse photos that are not kept, and positions nowhere on Earth."""
    for lon, lat in (photo.position for photo in photos if photo.position):
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise Refused("position_impossible")
    if photos and not are_kept([photo.file for photo in photos]):
        raise Refused("photo_unknown")


def demand(case: Case, brought: Brought) -> None:
    """Refuse evidence that lacks what the case's version of its item asks for, saying what is missing.

    The same photo twice is one photo.
    """
    refuse_unfit(brought.photos)
    photos = list({photo.file: photo for photo in brought.photos}.values())
    moments = {photo.moment for photo in photos}
    shown = Shown(
        photos=tuple(metres_away(case, photo) for photo in photos), note=brought.note,
        before=Moment.BEFORE in moments, after=Moment.AFTER in moments,
    )  # fmt: skip
    if lacks := missing(content_of(case).evidence, shown):
        raise Refused("evidence_missing", lacks=str(COMMA).join(str(EVIDENCE[lack]) for lack in lacks))


def content_of(case: Case) -> Content:
    """What the case's version of its item says; without a query where that is the present one."""
    assert case.version_id is not None, "a case that is finished has an item"
    line = catalogue().of_version(case.version_id)
    return line.content if line else ItemVersion.objects.select_related("board").get(pk=case.version_id).content


def metres_away(case: Case, photo: Photo) -> float | None:
    """How far from the case a photo was taken, in metres on the ellipsoid; None where that cannot be told.

    Of a case without a position only its place is known: a photo taken there is at the case, as far as the ground is
    drawn. Otherwise such a case could never be finished.
    """
    if photo.position is None:
        return None
    lon, lat = photo.position
    if case.lon is not None and case.lat is not None:
        return metres_between(case.lon, case.lat, lon, lat)
    return 0.0 if _is_there(case, locate(lon, lat)) else None


def _is_there(case: Case, found: str | None) -> bool:
    if found is None:
        return not any(area.code.startswith(case.county) for area in locator().areas)
    return found.startswith(case.place) or case.place.startswith(found)


def recorded(brought: Brought) -> dict[str, Any]:
    """The evidence as a step keeps it."""
    return {"note": brought.note.strip(), "photos": list(_recorded(brought.photos))}


def _recorded(photos: Sequence[Photo]) -> Iterator[dict[str, Any]]:
    for photo in photos:
        yield {
            "file": str(photo.file), "position": list(photo.position) if photo.position else None,
            "moment": photo.moment.value,
        }  # fmt: skip
