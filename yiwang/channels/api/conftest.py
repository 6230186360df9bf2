"""The town as it stands, and a shelf of its own for what is sent."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.shelf import keep_files_in
from tests.town import Town


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    """Every call sets its own ground; nobody enters a second factor here."""
    return town_behind_the_wall


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path, settings: Settings) -> None:
    keep_files_in(tmp_path, settings)
    # Somebody with sensitive duties would first have to set up a second factor.
    settings.DEMONSTRATION = True
    # All tests call from one address.
    settings.RATE_LIMIT = ""
    settings.DEMONSTRATION_COUNTY = "9901"  # both counties of the cast are invented
