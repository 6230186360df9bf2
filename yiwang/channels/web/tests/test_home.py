"""Everybody goes on to the page of their seat, and the bar shows the pages that their duties open."""

import re

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.people.models import Person, Role
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give, make_holding, make_post

pytestmark = pytest.mark.django_db


def bar(client: Client) -> list[str]:
    page = client.get("/", follow=True).content.decode()
    found = re.search("<nav.*?</nav>", page, re.DOTALL)
    assert found
    return re.findall('href="([^"]+)"', found[0])


@pytest.mark.parametrize(
    ("who", "page"), [("mei", "/inbox"), ("wen", "/mine"), ("bo", "/today"), ("ning", "/ground"), ("lan", "/ground")]
)
def test_everybody_begins_at_their_seat(town: Town, who: str, page: str) -> None:
    assert at_the_desk(getattr(town, who)).get("/")["Location"] == page


@pytest.mark.parametrize(
    ("duty", "page"), [(Duty.CALL_BACK, "/calls"), (Duty.SUPERVISE, "/cases"), (Duty.APPROVE, "/mine")]
)
def test_a_single_duty_has_its_page(town: Town, duty: Duty, page: str) -> None:
    give(town.lan, [duty], ground=town.two_wells)
    assert at_the_desk(town.lan).get("/")["Location"] == page


def test_the_bar_shows_what_ones_duties_open(town: Town) -> None:
    def of(person: Person) -> list[str]:
        return bar(at_the_desk(person))

    assert of(town.mei) == [
        "/inbox",
        "/mine",
        "/calls",
        "/shifts",
        "/cases",
        "/repeats",
        "/lists",
        "/topics",
        "/spots",
        "/ranking",
        "/trends",
        "/bulletins",
        "/wall",
        "/ground",
        "/desk/labels",
    ]
    assert of(town.wen) == ["/mine", "/unit", "/cases", "/lists", "/ground"]
    assert of(town.lan) == ["/ground"]


def test_what_is_not_opened_every_hour_is_folded(town: Town) -> None:
    page = at_the_desk(town.mei).get("/", follow=True).content.decode()
    folded = [re.findall('href="([^"]+)"', menu) for menu in re.findall("<details.*?</details>", page, re.DOTALL)]
    numbers = ["/lists", "/topics", "/spots", "/ranking", "/trends", "/bulletins", "/wall"]
    assert folded[:2] == [numbers, ["/ground", "/desk/labels"]]


def test_a_menu_of_one_page_is_that_page(town: Town) -> None:
    page = at_the_desk(town.wen).get("/ground").content.decode()
    assert "<details" not in page[page.index("<nav") : page.index("</nav>")]


def test_whoever_only_calls_begins_with_the_calls(town: Town) -> None:
    post = make_post(role=Role.objects.get(code="centre_caller"), unit=town.centre, ground=town.two_wells)
    make_holding(town.lan, post)
    lan = at_the_desk(town.lan)
    assert lan.get("/")["Location"] == "/calls"
    assert lan.get("/inbox").status_code == 404
    assert bar(lan)[:2] == ["/calls", "/cases"]
