"""Keep a file, and sweep what nobody keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.files.folder import UNFINISHED
from yiwang.plumbing.files.looking import Ready, look
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.files.rules import Offer, content_path, is_content_path, is_orphan
from yiwang.plumbing.files.shelf import put, shelf
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

# Each orphan holds a lock of the database until the sweep ends; what is left over is swept the next day.
SWEPT_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept file, and what the photo said of where and when it was taken, which nobody has stored."""

    file: StoredFile
    offer: Offer


def keep(content: bytes | BinaryIO, *, name: str, by: str, ground: str, at: datetime | None = None) -> Kept:
    """Look at what somebody brought in, make it harmless, and keep it on this ground.

    `by` is written as "person:12"; `ground` is a place code, empty for the whole installation. Refuses with a
    code of this room's words everything that is not taken.
    """
    ready = look_at(content, name=name)
    return Kept(keep_ready(ready, by=by, ground=ground, at=at or timezone.now()), ready.offer)


def look_at(content: bytes | BinaryIO, *, name: str) -> Ready:
    """The first half of `keep`: seconds for a large photo, and no database, so do it outside of a transaction."""
    return look(content, name=name, limits=settings.FILE_LIMITS, zone=timezone.get_default_timezone())


@transaction.atomic
def keep_ready(ready: Ready, *, by: str, ground: str, at: datetime) -> StoredFile:
    """The second half of `keep`: lay down what was looked at."""
    picture, thumbnail = ready.picture, ready.thumbnail
    file = StoredFile(
        county=ground[:6],
        ground=ground,
        kind=ready.form.kind.value,
        mime=ready.form.mime,
        name=ready.name,
        size=len(ready.content),
        sha256=ready.sha256,
        uploaded_by=by,
        at=at,
    )
    contents = {file.sha256: ready.content}
    if picture and thumbnail:
        file.width, file.height = picture.width, picture.height
        file.thumbnail_width, file.thumbnail_height = thumbnail.width, thumbnail.height
        file.thumbnail_size, file.thumbnail_sha256 = len(thumbnail.content), thumbnail.sha256
        contents[thumbnail.sha256] = thumbnail.content
    for sha256, content in contents.items():
        _hold(sha256)
        # The content first: a row never points to nothing, and content without a row is swept one day.
        put(content_path(sha256), content)
    file.save(force_insert=True)
    note("keep_file", f"file:{file.pk}", by=by, ground=ground, sha256=file.sha256)
    return file


def sweep(*, now: datetime) -> int:
    """Remove content that no row points to for more than a day; gives how much was removed. Safe to run twice."""
    # On any smaller ground the wall would hide rows, and their content would look like nobody's.
    with standing_on(EVERYWHERE):
        return sum(_removed(path) for path in islice(_orphans(now), SWEPT_AT_ONCE))


def _orphans(now: datetime) -> Iterator[str]:
    old = (lying.path for lying in shelf().everything() if is_orphan(modified=lying.modified, now=now))
    while batch := list(islice(old, 1000)):
        yield from (path for path in batch if path.endswith(UNFINISHED))
        contents = {path.rsplit("/", 1)[-1]: path for path in batch if is_content_path(path)}
        wanted = _wanted(contents)
        yield from (path for sha256, path in contents.items() if sha256 not in wanted)


def _wanted(hashes: Iterable[str]) -> set[str]:
    """Those of the hashes that a row points to."""
    hashes = list(hashes)
    rows = StoredFile.objects.filter(Q(sha256__in=hashes) | Q(thumbnail_sha256__in=hashes))
    return {sha256 for row in rows.values_list("sha256", "thumbnail_sha256") for sha256 in row}


def _removed(path: str) -> bool:
    sha256 = path.rsplit("/", 1)[-1]
    if is_content_path(path) and (not _seized(sha256) or _wanted([sha256])):
        return False
    shelf().delete(path)
    return True


def _hold(sha256: str) -> None:
    """Until this transaction ends nobody sweeps this content away; others may keep the same at the same time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_lock_of(sha256)])


def _seized(sha256: str) -> bool:
    """Whether nobody is just keeping this content; from now on whoever wants to waits for the end of the sweep."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock_of(sha256)])
        return bool(cursor.fetchone()[0])


def _lock_of(sha256: str) -> int:
    return int.from_bytes(bytes.fromhex(sha256[:16]), "big", signed=True)
