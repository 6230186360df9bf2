"""Photos and documents: sent first, named by their id in what follows."""

from datetime import datetime, timedelta
from typing import BinaryIO, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import File, Router, Schema, Status, UploadedFile

from yiwang.channels.api.asking import OPEN_TO_ALL, bringer_of
from yiwang.channels.api.documented import OPEN
from yiwang.channels.api.problems import invalid
from yiwang.plumbing.files import actions, queries

LINK_LIVES = timedelta(hours=1)
router = Router(tags=["files"])


class PositionOut(Schema):
    """Where a photo was taken, as its camera wrote it (WGS 84)."""

    lat: float
    lon: float


class FileOut(Schema):
    """A kept file. `link` opens it for an hour, for whoever has it. Position and time are offered once.

    They are no longer in the photo.
    """

    id: UUID
    kind: Literal["photo", "document"]
    size: int
    link: str
    position: PositionOut | None = None
    taken_at: datetime | None = None


@router.post("", response={201: FileOut}, summary="Send a file", auth=OPEN_TO_ALL, openapi_extra={OPEN: True})
def send(request: HttpRequest, file: File[UploadedFile]) -> Status[FileOut]:
    """Keep one photo or document; what cannot be taken is refused with a sentence.

    Nobody need sign in: residents send photos with their reports.

    The gate gives this endpoint no transaction: a slow line and a large photo must not hold a connection.
    """
    _refuse_others(request)
    bringer = bringer_of(request)
    bringer.demand_bringing_in()
    ready = actions.look_at(cast("BinaryIO", file.file), name=file.name or "")
    with bringer.at_home():
        kept = actions.keep_ready(ready, by=bringer.subject, ground=bringer.home, at=timezone.now())
    position = ready.offer.position
    return Status(
        201,
        FileOut(
            id=kept.pk,
            kind=ready.form.kind.value,
            size=kept.size,
            link=reverse("file", args=[queries.link(kept, LINK_LIVES)]),
            position=PositionOut(lat=position.lat, lon=position.lon) if position else None,
            taken_at=ready.offer.taken_at,
        ),
    )


def _refuse_others(request: HttpRequest) -> None:
    """Parts that nobody asked for would be lost without a word."""
    unknown = (set(request.POST) | set(request.FILES)) - {"file", "csrfmiddlewaretoken"}
    if unknown:
        raise invalid(*((name, "extra_forbidden") for name in sorted(unknown)))
    if len(request.FILES.getlist("file")) > 1:
        raise invalid(("file", "given_twice"))
