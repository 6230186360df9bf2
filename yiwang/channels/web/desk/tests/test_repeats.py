"""Repeated demands: who sees them, how they are told, and that nobody is uncovered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.models import Item
from yiwang.repeats.actions import look
from yiwang.repeats.models import Teller
from yiwang.repeats.tests.make import PHONE, told_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp(town: Town) -> Item:
    return make_lamp()


@pytest.fixture
def mei(town: Town) -> Client:
    return at_the_desk(town.mei)


def told(town: Town, lamp: Item, phone: str = PHONE) -> None:
    now = timezone.now()
    told_again(town, lamp, until=now - timedelta(hours=1), phone=phone)
    look(now=now, whole=True)


def test_a_demand_is_told_with_how_often_and_how_it_stands_and_the_person_masked(
    town: Town, lamp: Item, mei: Client
) -> None:
    told(town, lamp)
    answer = mei.get("/repeats", headers={"Accept-Language": "en"})
    page = answer.content.decode()
    [one] = answer.context["told"]
    teller = Teller.objects.get(place=town.two_wells.code).pk
    assert one.teller == teller
    assert f'href="/repeats/{teller}"' in page
    assert f'href="/repeats/{teller}#d1"' in page
    assert "told 3 times" in page
    assert "Street lamp out" in page
    assert "138****4681" in page
    assert not any(hidden in page for hidden in (PHONE, "陈女士"))
    assert "about the demand, not about the person" in page
    assert "Told 3 times or more in 6 months" in page
    assert 'href="/repeats"' in mei.get("/cases").content.decode(), "the bar leads there"


def test_where_nobody_tells_again_it_says_so(town: Town, mei: Client) -> None:
    assert "Nobody told so often." in mei.get("/repeats", headers={"Accept-Language": "en"}).content.decode()


def test_it_is_not_there_for_a_stranger(town: Town, lamp: Item, mei: Client) -> None:
    told(town, lamp)
    for stranger in (town.wen, town.bo, town.lan):
        assert at_the_desk(stranger).get("/repeats").status_code == 404
    ding = at_the_desk(town.ding)
    assert ding.get("/repeats").context["told"] == []
    assert ding.get("/repeats", {"place": town.two_wells.code}).status_code == 404
    assert Client().get("/repeats")["Location"] == "/sign-in?next=/repeats"


@pytest.mark.parametrize("unfit", [{"place": "nowhere"}, {"place": "990101"}, {"after": "x"}, {"after": "9" * 30}])
def test_what_is_asked_for_must_be_there(mei: Client, unfit: dict[str, str]) -> None:
    assert mei.get("/repeats", unfit).status_code == 404


def test_three_tellers_cost_no_more_queries_than_one(town: Town, lamp: Item, mei: Client) -> None:
    told(town, lamp)
    one = queries_of(mei, "/repeats")
    for phone in ("13857924682", "13857924683"):
        told(town, lamp, phone)
    assert len(mei.get("/repeats").context["told"]) == 3
    assert queries_of(mei, "/repeats") == one <= MOST_QUERIES
