"""Photos of a case as a page shows them: a small picture that opens the whole one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from yiwang.plumbing.files import queries

OPEN_FOR = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Picture:
    """Addresses of a photo, and how large its small picture is in pixels."""

    whole: str
    small: str
    width: int | None
    height: int | None


def pictures(files: Sequence[UUID], now: datetime) -> list[Picture]:
    """The photos among these files, for somebody who may see the case: their links work for a working day."""
    return [
        Picture(
            reverse("file", args=[queries.link(photo, OPEN_FOR, now=now)]),
            reverse("file", args=[queries.thumbnail_link(photo, OPEN_FOR, now=now)]),
            photo.thumbnail_width,
            photo.thumbnail_height,
        )
        for photo in (queries.kept_photos(files) if files else [])
    ]
