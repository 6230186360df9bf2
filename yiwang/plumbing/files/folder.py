"""The shelf in a folder: content appears whole, under its name, and survives a power cut."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from yiwang.plumbing.files.shelf import Lying

UNFINISHED = ".unfinished"


class Folder(FileSystemStorage):
    """Django's folder, writing with temporary file, fsync and rename, readable by its owner only."""

    def __init__(self, location: str | None = None) -> None:
        super().__init__(location=location, allow_overwrite=True)

    def _save(self, name: str, content: "File[Any]") -> str:
        target = Path(self.path(name))
        _make_folders(target.parent, Path(self.location))
        descriptor, draft = tempfile.mkstemp(suffix=UNFINISHED, dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(target)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        _sync(target.parent)
        return name

    def everything(self) -> Iterator[Lying]:
        """All that lies in the folder, what a killed process left unfinished too."""
        root = Path(self.location)
        for folder, _folders, names in os.walk(root):
            for name in names:
                path = Path(folder, name)
                try:
                    modified = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
                except FileNotFoundError:  # finished or swept by another while we look
                    continue
                yield Lying(path.relative_to(root).as_posix(), modified)


def _make_folders(folder: Path, root: Path) -> None:
    """Make what is missing of the folders; each new name is durable in the folder above it."""
    if folder.is_dir():
        return
    if folder != root:
        _make_folders(folder.parent, root)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
