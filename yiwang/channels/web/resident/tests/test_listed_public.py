"""What is listed for everybody's eyes, and nothing else."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.cases.tests.make import MONDAY, as_, at, in_hand, make_lamp
from yiwang.supervision import actions

pytestmark = pytest.mark.django_db


def listed(town: Town, *, public: bool = True) -> str:
    wanted = actions.WantedOrder(in_hand(town), "一周内换好", town.wen.pk, town.water_post.pk, at(days=7))
    return actions.list_case(wanted, by=as_(town.gu), now=MONDAY, public=public).number


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def test_everybody_reads_who_answers_and_until_when(town: Town) -> None:
    shown, hidden = listed(town), listed(town, public=False)
    page = Client().get("/public/listed").content.decode()
    assert shown in page
    assert town.wen.name in page
    assert hidden not in page
    for told in ("井巷口的路灯", "一周内换好"):
        assert told not in page, "no word of it is shown"


def test_a_place_narrows_it(town: Town) -> None:
    shown = listed(town)
    assert shown in Client().get(f"/public/listed?place={town.two_wells.code}").content.decode()
    assert shown not in Client().get(f"/public/listed?place={town.stone_bridge.code}").content.decode()


def test_more_cost_no_more_queries(town: Town) -> None:
    listed(town)
    one = queries_of(Client(), "/public/listed")
    listed(town)
    listed(town)
    assert queries_of(Client(), "/public/listed") == one <= MOST_QUERIES
