"""Choosing one's own password."""

import pytest
from django.test import Client

from tests.desk import signed_in, with_password
from tests.town import PASSWORD, Town
from yiwang.people.models import Person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
NEW = "upper-lane-well-12"


def chosen(old: str = PASSWORD, new: str = NEW, again: str = NEW) -> dict[str, str]:
    return {"old": old, "new": new, "again": again}


@pytest.fixture
def bo(town_behind_the_wall: Town) -> Client:
    return signed_in(town_behind_the_wall.bo, PASSWORD)


def holds(town: Town, password: str) -> bool:
    with standing_on(EVERYWHERE):
        return Person.objects.get(pk=town.bo.pk).check_password(password)


def test_a_stranger_is_sent_to_the_sign_in(db: None) -> None:
    assert Client().get("/account/password")["Location"] == "/sign-in?next=/account/password"


def test_a_one_time_password_opens_nothing_but_this_page(town_behind_the_wall: Town) -> None:
    client = signed_in(town_behind_the_wall.bo, PASSWORD)
    with_password(town_behind_the_wall.bo, PASSWORD, must_change=True)
    client.post("/sign-in", {"login": "bo", "password": PASSWORD})
    assert client.get("/ground")["Location"] == "/account/password"
    assert client.post("/account/password", chosen())["Location"] == "/account"
    assert client.get("/ground").status_code == 200


def test_the_new_password_holds_and_every_other_session_ends(town_behind_the_wall: Town, bo: Client) -> None:
    other = Client()
    other.post("/sign-in", {"login": "bo", "password": PASSWORD})
    assert bo.post("/account/password", chosen()).status_code == 302
    assert holds(town_behind_the_wall, NEW)
    assert bo.get("/account").status_code == 200
    assert other.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("given", "field"),
    [(chosen(old="wrong"), "old"), (chosen(again="slip"), "again"), (chosen(new="12345678", again="12345678"), "new"),
     (chosen(new="short", again="short"), "new"), (chosen(new=PASSWORD, again=PASSWORD), "new"), ({"old": ""}, "old")],
)  # fmt: skip
def test_what_does_not_do_is_said_at_its_field_and_changes_nothing(
    town_behind_the_wall: Town, bo: Client, given: dict[str, str], field: str
) -> None:
    page = bo.post("/account/password", given)
    assert page.context["form"].errors[field]
    assert holds(town_behind_the_wall, PASSWORD)


def test_passwords_are_never_written_back(bo: Client) -> None:
    said = bo.post("/account/password", chosen(old="wrong-lamp-9")).content.decode()
    assert "wrong-lamp-9" not in said
    assert NEW not in said


def test_sending_it_twice_harms_nobody(town_behind_the_wall: Town, bo: Client) -> None:
    bo.post("/account/password", chosen())
    assert bo.post("/account/password", chosen()).status_code == 200
    assert holds(town_behind_the_wall, NEW)
    assert bo.get("/account").status_code == 200
