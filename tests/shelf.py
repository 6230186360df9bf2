"""A shelf of a test's own for photos and documents."""

from pathlib import Path

from pytest_django import Settings


def keep_files_in(folder: Path, settings: Settings) -> None:
    """Let files be kept in this folder until the test ends."""
    backend = {"BACKEND": "yiwang.plumbing.files.folder.Folder", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
