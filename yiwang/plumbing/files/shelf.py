"""Where content lies: a folder of ours, or a bucket of an S3-compatible store, chosen by the setting `STORAGES`.

Content is named by its hash and never changed. Both shelves put it down whole or not at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol, cast

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@dataclass(frozen=True, slots=True)
class Lying:
    """Something that lies on the shelf."""

    path: str
    modified: datetime


class Shelf(Protocol):
    """What both shelves can do."""

    def exists(self, name: str) -> bool: ...
    def open(self, name: str) -> BinaryIO: ...
    def save(self, name: str, content: "ContentFile[bytes]") -> str: ...
    def delete(self, name: str) -> None: ...
    def everything(self) -> Iterator[Lying]: ...


def shelf() -> Shelf:
    return cast("Shelf", default_storage)


def put(path: str, content: bytes) -> None:
    """Lay content on the shelf, unless it lies there already; durable when this returns."""
    if not shelf().exists(path):
        kept = shelf().save(path, ContentFile(content))
        assert kept == path, "a path is the name of one content only"
