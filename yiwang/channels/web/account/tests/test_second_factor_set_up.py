"""Setting up the second factor."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import signed_in
from tests.town import PASSWORD, Town
from yiwang.people.models import Authenticator
from yiwang.people.tests.test_sign_in import code_at
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/account/second-factor/set-up"


@pytest.fixture
def mei(town_behind_the_wall: Town) -> Client:
    return signed_in(town_behind_the_wall.mei, PASSWORD)


def confirmed(client: Client) -> list[str]:
    """Set up to the end: the recovery codes."""
    key = client.get(PAGE).context["key"]
    codes: list[str] = client.post(PAGE, {"code": code_at(key, timezone.now())}).context["recovery_codes"]
    return codes


def test_a_stranger_is_sent_to_the_sign_in(db: None) -> None:
    assert Client().get(PAGE)["Location"] == f"/sign-in?next={PAGE}"


def test_a_sensitive_post_opens_nothing_before_it_is_set_up(mei: Client) -> None:
    assert mei.get("/ground")["Location"] == PAGE
    assert len(confirmed(mei)) == 10
    assert mei.get("/ground").status_code == 200


def test_a_post_without_sensitive_duties_may_do_without(town_behind_the_wall: Town) -> None:
    bo = signed_in(town_behind_the_wall.bo, PASSWORD)
    assert bo.get("/ground").status_code == 200
    assert bo.get(PAGE).context["required"] is False


def test_the_picture_shows_the_key_that_is_written_beside_it(mei: Client) -> None:
    page = mei.get(PAGE)
    assert re.fullmatch(r"[A-Z2-7]{32,}", page.context["key"])
    assert "<svg" in page.context["picture"]
    assert "no-store" in page["Cache-Control"]


def test_after_a_wrong_code_the_app_need_not_scan_again(mei: Client) -> None:
    key = mei.get(PAGE).context["key"]
    page = mei.post(PAGE, {"code": "no"})
    assert page.context["form"].errors["code"]
    assert page.context["key"] == key
    assert 'value="no"' in page.content.decode()


def test_recovery_codes_are_shown_once(mei: Client) -> None:
    codes = confirmed(mei)
    assert mei.get(PAGE)["Location"] == "/account"
    said = mei.get("/account").content.decode()
    assert not [code for code in codes if code in said]


def test_confirming_twice_leaves_the_first_in_force(town_behind_the_wall: Town, mei: Client) -> None:
    key = mei.get(PAGE).context["key"]
    code = {"code": code_at(key, timezone.now())}
    assert mei.post(PAGE, code).status_code == 200
    assert mei.post(PAGE, code)["Location"] == "/account"
    with standing_on(EVERYWHERE):
        assert Authenticator.objects.filter(user=town_behind_the_wall.mei, confirmed=True).count() == 1
