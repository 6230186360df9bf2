"""A shelf of its own for photos; all tests come from one address."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, settings: Settings) -> None:
    backend = {"BACKEND": "yiwang.plumbing.files.folder.Folder", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    settings.RATE_LIMIT = ""
