"""Links to kept files, and what stands behind them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.http import content_disposition_header

from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.files.rules import Kind, link_ends, shows_inline
from yiwang.plumbing.files.shelf import shelf
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

_WHOLE, _THUMBNAIL = "w", "t"
_SIGNER = Signer(salt="yiwang.files.link")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as a channel hands it out: the open stream, and what must be said with it."""

    stream: BinaryIO
    mime: str
    disposition: str
    size: int
    headers: Mapping[str, str]


def link(file: StoredFile, valid_for: timedelta, *, now: datetime | None = None) -> str:
    """A signed name under which anybody may open this file until it ends (at most a quarter later).

    Make it only for somebody who may see the file: whoever has the link, and nobody else, can open it.
    """
    return _signed(file, _WHOLE, valid_for, now or timezone.now())


def thumbnail_link(file: StoredFile, valid_for: timedelta, *, now: datetime | None = None) -> str:
    """The same for a photo's thumbnail."""
    assert file.thumbnail_sha256, "only photos have thumbnails"
    return _signed(file, _THUMBNAIL, valid_for, now or timezone.now())


def _signed(file: StoredFile, part: str, valid_for: timedelta, now: datetime) -> str:
    ends = link_ends(int(now.timestamp()), int(valid_for.total_seconds()))
    return _SIGNER.sign_object([file.county, file.pk.hex, part, ends])


def are_kept(files: Collection[UUID]) -> bool:
    """Whether all of these files are there, on whatever ground: one question for all."""
    with standing_on(EVERYWHERE):
        return StoredFile.objects.filter(pk__in=files).count() == len(set(files))


def kept(files: Collection[UUID]) -> dict[UUID, StoredFile]:
    """Those of these files that are there, on whatever ground: for whoever may see what they belong to."""
    if not files:
        return {}
    with standing_on(EVERYWHERE):
        return StoredFile.objects.in_bulk(list(files))


def opened(signed: str, *, now: datetime | None = None) -> Opened | None:
    """The file behind a link; nothing for a link that is not ours, was changed, or has ended.

    The link itself is the right to look, so no ground need be set.
    """
    try:
        county, key, part, ends = _SIGNER.unsign_object(signed)
    except (BadSignature, ValueError):
        return None
    left = ends - int((now or timezone.now()).timestamp())
    if left <= 0:
        return None
    with standing_on([county] if county else EVERYWHERE):
        file = StoredFile.objects.filter(county=county, pk=UUID(key)).first()
    return _opened(file, thumbnail=part == _THUMBNAIL, seconds=left) if file else None


def _opened(file: StoredFile, *, thumbnail: bool, seconds: int) -> Opened:
    inline = shows_inline(file.mime)
    return Opened(
        stream=shelf().open(file.thumbnail_path if thumbnail else file.path),
        mime=file.mime,
        disposition=content_disposition_header(not inline, file.name) or "inline",
        size=(file.thumbnail_size or 0) if thumbnail else file.size,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            # The content under a link never changes; it is no longer kept than the link itself.
            "Cache-Control": f"private, immutable, max-age={seconds}",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def kept_photos(files: Sequence[UUID]) -> list[StoredFile]:
    """The photos among these files, in this order, on whatever ground: for whoever may see them, or just sent them."""
    with standing_on(EVERYWHERE):
        found = StoredFile.objects.filter(kind=Kind.PHOTO).in_bulk(list(files))
    return [found[one] for one in files if one in found]
