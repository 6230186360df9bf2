"""Signing in and out."""

import pytest
from django.test import Client

from tests.desk import at_the_desk, with_password
from tests.town import PASSWORD, Town
from yiwang.people.models import Person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(town_behind_the_wall: Town) -> Person:
    return with_password(town_behind_the_wall.bo, PASSWORD)


def offered(login: str, password: str, **more: str) -> dict[str, str]:
    return {"login": login, "password": password, **more}


def test_whoever_is_not_signed_in_comes_to_the_sign_in_and_then_where_they_wanted(bo: Person) -> None:
    client = Client()
    away = client.get("/ground?q=%E4%BA%95")
    assert away["Location"].startswith("/sign-in?next=/ground")
    page = client.get(away["Location"])
    assert page.context["next"] == "/ground?q=%E4%BA%95"
    back = client.post("/sign-in", offered("bo", PASSWORD, next=page.context["next"]))
    assert back["Location"] == "/ground?q=%E4%BA%95"


def test_a_phone_number_opens_too_and_a_space_around_the_name_hinders_nobody(bo: Person) -> None:
    with standing_on(EVERYWHERE):
        Person.objects.filter(pk=bo.pk).update(phone="13800000001")
    assert Client().post("/sign-in", offered("13800000001", PASSWORD)).status_code == 302
    assert Client().post("/sign-in", offered(" bo ", PASSWORD)).status_code == 302


def test_a_wrong_password_keeps_the_name_and_never_the_password(bo: Person) -> None:
    page = Client().post("/sign-in", offered("bo", "wrong-lamp-9", next="/account"))
    said = page.content.decode()
    assert 'value="bo"' in said
    assert "wrong-lamp-9" not in said
    assert 'value="/account"' in said
    assert page.context["form"].non_field_errors()


def test_the_answer_does_not_tell_whether_there_is_such_a_name(bo: Person) -> None:
    known, unknown = (Client().post("/sign-in", offered(name, "wrong")) for name in ("bo", "nobody"))
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_five_wrong_passwords_close_the_door_for_a_while_even_to_the_right_one(bo: Person) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    for _ in range(5):
        last = client.post("/sign-in", offered("bo", "wrong"))
    assert "account/locked.html" in [template.name for template in last.templates]
    right = client.post("/sign-in", offered("bo", PASSWORD))
    assert right.status_code == 429
    assert "15" in right.content.decode()
    assert client.get("/account").status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_a_foreign_address(bo: Person, elsewhere: str) -> None:
    assert Client().post("/sign-in", offered("bo", PASSWORD, next=elsewhere))["Location"] == "/"


def test_signing_out_is_asked_for_by_a_button_and_not_by_a_link(town_behind_the_wall: Town) -> None:
    client = at_the_desk(town_behind_the_wall.bo)
    assert client.get("/sign-out").status_code == 405
    assert client.get("/ground").status_code == 200
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/ground").status_code == 302
    assert client.post("/sign-out")["Location"] == "/sign-in"


def test_a_form_of_another_site_is_refused_on_a_page_of_ours(bo: Person) -> None:
    page = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-hans"}).post(
        "/sign-in", offered("bo", PASSWORD)
    )
    assert page.status_code == 403
    assert "403_csrf.html" in [template.name for template in page.templates]


def test_what_is_not_there_is_said_on_a_page_of_ours(town_behind_the_wall: Town) -> None:
    page = at_the_desk(town_behind_the_wall.bo).get("/nowhere")
    assert page.status_code == 404
    assert "404.html" in [template.name for template in page.templates]


def test_a_closed_account_stays_outside(bo: Person) -> None:
    with standing_on(EVERYWHERE):
        Person.objects.filter(pk=bo.pk).update(is_active=False)
    assert Client().post("/sign-in", offered("bo", PASSWORD)).status_code == 200
