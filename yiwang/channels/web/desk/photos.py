"""Photos and documents as a page shows them: a small picture that opens the whole one, or a name that does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from yiwang.plumbing.files import queries
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.files.rules import Kind

OPEN_FOR = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Picture:
    """Addresses of a photo, and how large its small picture is in pixels; of a document the address and its name."""

    whole: str
    small: str = ""
    width: int | None = None
    height: int | None = None
    name: str = ""


def pictures(files: Sequence[UUID], now: datetime) -> list[Picture]:
    """The photos among these files, for somebody who may see the case: their links work for a working day."""
    return [_picture(photo, now) for photo in (queries.kept_photos(files) if files else [])]


def evidence(files: Sequence[UUID], now: datetime) -> dict[UUID, Picture]:
    """What was shown, photos and documents, each under its id: for somebody who may see what it belongs to."""
    return {key: _picture(file, now) for key, file in queries.kept(files).items()}


def _picture(file: StoredFile, now: datetime) -> Picture:
    whole = reverse("file", args=[queries.link(file, OPEN_FOR, now=now)])
    if file.kind != Kind.PHOTO:
        return Picture(whole, name=file.name)
    small = reverse("file", args=[queries.thumbnail_link(file, OPEN_FOR, now=now)])
    return Picture(whole, small, file.thumbnail_width, file.thumbnail_height, file.name)
