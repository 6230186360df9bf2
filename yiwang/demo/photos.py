"""Keep the drawn photos: each is drawn once, and its content lies on the shelf once."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from multiprocessing import get_context
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from yiwang.demo.pictures.developing import developed
from yiwang.demo.pictures.drawing import MOMENTS, VARIANTS, Shown
from yiwang.demo.pictures.scenes import SCENES
from yiwang.demo.rows import Taken
from yiwang.plumbing.files.actions import keep_ready
from yiwang.plumbing.files.looking import Ready
from yiwang.plumbing.files.rules import content_path
from yiwang.plumbing.files.shelf import put

_COLUMNS = """
    id county ground kind mime name size sha256 width height thumbnail_size thumbnail_sha256 thumbnail_width
    thumbnail_height uploaded_by at
""".split()  # noqa: SIM905 - sixteen quoted words would hide their order


# What a second process draws meanwhile, and that process.
_beside: dict[Shown, Future[Ready]] = {}
_pools: list[ProcessPoolExecutor] = []
_SHELVES = 8


@contextmanager
def drawn_beside() -> Iterator[None]:
    """Let a second process draw photos while this one writes into the database: first those that many cases share."""
    # A fork would share our connections.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        _pools.append(pool)
        wanted(Shown(scene, variant, moment) for scene in SCENES for variant in range(VARIANTS) for moment in MOMENTS)
        try:
            yield
        finally:
            _pools.clear()
            _beside.clear()
            pool.shutdown(cancel_futures=True)


def wanted(pictures: Iterable[Shown]) -> None:
    """Let the second process draw these too, where there is one: they will be needed."""
    for pool in _pools:
        for picture in pictures:
            if picture not in _beside:
                _beside[picture] = pool.submit(
                    developed, picture, settings.FILE_LIMITS, timezone.get_default_timezone()
                )


def keep(picture: Shown, *, by: str, ground: str, at: datetime) -> UUID:
    """Keep a photo that somebody takes, as the pages do."""
    return keep_ready(_ready(picture), by=by, ground=ground, at=at).pk


def copy(taken: Iterable[Taken]) -> None:
    """Write the photos of many cases, past the wall."""
    photos = list(taken)
    pictures = list(dict.fromkeys(photo.picture for photo in photos))
    # Whatever lies on the shelf outlives a power cut, which is waited for: many at once wait no longer than one.
    with ThreadPoolExecutor(_SHELVES) as shelves:
        columns = dict(zip(pictures, shelves.map(_laid, pictures), strict=True))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY files_storedfile ({', '.join(_COLUMNS)}) FROM STDIN") as copying,
    ):
        for photo in photos:
            ground, own = photo.ground, columns[photo.picture]
            copying.write(f"{photo.file}\t{ground[:6]}\t{ground}\t{own}\t{photo.by}\t{photo.at}\n".encode())


@lru_cache(maxsize=64)
def _ready(picture: Shown) -> Ready:
    drawing = _beside.pop(picture, None)
    # What nobody has begun to draw is drawn here at once rather than waited for.
    if drawing is not None and not drawing.cancel():
        return drawing.result()
    return developed(picture, settings.FILE_LIMITS, timezone.get_default_timezone())


def _laid(picture: Shown) -> str:
    """Lay the picture on the shelf; gives its columns."""
    ready = _ready(picture)
    whole, small = ready.picture, ready.thumbnail
    assert whole is not None, "what was drawn is a photo"
    assert small is not None, "a photo has a thumbnail"
    put(content_path(ready.sha256), ready.content)
    put(content_path(small.sha256), small.content)
    return "\t".join(
        (
            ready.form.kind.value, ready.form.mime, ready.name, str(len(ready.content)), ready.sha256,
            str(whole.width), str(whole.height), str(len(small.content)), small.sha256, str(small.width),
            str(small.height),
        )
    )  # fmt: skip
