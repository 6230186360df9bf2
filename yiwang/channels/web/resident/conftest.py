"""A shelf of its own for photos; all tests come from one address."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.shelf import keep_files_in


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, settings: Settings) -> None:
    keep_files_in(tmp_path, settings)
    settings.RATE_LIMIT = ""
