"""Photos and documents: sent first, named by their id in what follows."""

from datetime import datetime, timedelta
from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import File, Router, Schema, UploadedFile

from yiwang.channels.api.asking import asker_of
from yiwang.channels.api.problems import Problem
from yiwang.plumbing.files import actions, queries

LINK_LIVES = timedelta(hours=1)
router = Router(tags=["files"])


class PositionOut(Schema):
    """Where a photo was taken, as its camera wrote it (WGS 84)."""

    lat: float
    lon: float


class FileOut(Schema):
    """A kept file. The position and time are offered once: they are no longer in the photo."""

    id: UUID
    kind: str
    size: int
    link: str
    position: PositionOut | None = None
    taken_at: datetime | None = None


@router.post("", response={201: FileOut, 401: Problem, 413: Problem, 422: Problem}, summary="Send a file")
def send(request: HttpRequest, file: File[UploadedFile]) -> tuple[int, FileOut]:
    """Keep one photo or document; what cannot be taken is refused with a sentence."""
    asker = asker_of(request)
    kept = actions.keep(cast("BinaryIO", file.file), name=file.name or "", by=asker.subject, ground=asker.home)
    offered = kept.offer.position
    return 201, FileOut(
        id=kept.file.pk,
        kind=kept.file.kind,
        size=kept.file.size,
        link=queries.link(kept.file, LINK_LIVES),
        position=PositionOut(lat=offered.lat, lon=offered.lon) if offered else None,
        taken_at=kept.offer.taken_at,
    )
