"""The first page."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town

pytestmark = pytest.mark.django_db


def test_whoever_is_not_signed_in_finds_every_door() -> None:
    page = Client().get("/").content.decode()
    for door in ("/report", "/my-reports", "/public/listed", "/open", "/sign-in"):
        assert f'href="{door}"' in page


def test_whoever_is_signed_in_goes_on_to_their_work(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.bo).get("/")["Location"] == "/today"
