"""The one-time code after the password."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import signed_in
from tests.town import PASSWORD, Town
from yiwang.people.tests.test_sign_in import code_at, enrolled
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/account/second-factor"


@pytest.fixture
def kept(town_behind_the_wall: Town) -> tuple[str, list[str]]:
    """Mei's key and her recovery codes."""
    with standing_on(EVERYWHERE):
        return enrolled(town_behind_the_wall.mei)


@pytest.fixture
def mei(town_behind_the_wall: Town, kept: object) -> Client:
    return signed_in(town_behind_the_wall.mei, PASSWORD)


def test_a_stranger_is_sent_to_the_sign_in(db: None) -> None:
    assert Client().get(PAGE)["Location"] == f"/sign-in?next={PAGE}"


def test_the_right_code_opens_what_was_wanted(mei: Client, kept: tuple[str, list[str]]) -> None:
    assert mei.get("/ground")["Location"] == PAGE
    passed = mei.post(PAGE, {"code": code_at(kept[0], timezone.now()), "next": "/account"})
    assert passed["Location"] == "/account"
    assert mei.get("/ground").status_code == 200


def test_a_wrong_code_is_said_and_kept_and_opens_nothing(mei: Client) -> None:
    page = mei.post(PAGE, {"code": "no-such-code", "next": "/account"})
    assert page.context["form"].errors["code"]
    said = page.content.decode()
    assert 'value="no-such-code"' in said
    assert 'value="/account"' in said
    assert mei.get("/ground")["Location"] == PAGE


def test_a_recovery_code_opens_once(town_behind_the_wall: Town, mei: Client, kept: tuple[str, list[str]]) -> None:
    assert mei.post(PAGE, {"code": kept[1][0]}).status_code == 302
    again = signed_in(town_behind_the_wall.mei, PASSWORD)
    assert again.post(PAGE, {"code": kept[1][0]}).status_code == 200
    assert again.get("/ground")["Location"] == PAGE


def test_the_code_sends_nobody_to_a_foreign_address(mei: Client, kept: tuple[str, list[str]]) -> None:
    assert mei.post(PAGE, {"code": kept[1][0], "next": "//evil.example"})["Location"] == "/"


def test_sending_the_same_code_twice_harms_nobody(mei: Client, kept: tuple[str, list[str]]) -> None:
    code = {"code": code_at(kept[0], timezone.now())}
    assert mei.post(PAGE, code).status_code == 302
    mei.post(PAGE, code)
    assert mei.get("/ground").status_code == 200
