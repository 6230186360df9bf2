"""My unit: its load, its month, and who carries how much."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import acting
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.leader.tests.test_leader import in_hand
from yiwang.insight.actions import follow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def test_it_does_not_exist_for_whoever_deals_with_nothing(town: Town) -> None:
    assert at_the_desk(town.mei).get("/unit").status_code == 404
    assert Client().get("/unit")["Location"] == "/sign-in?next=/unit"


def test_what_lies_with_the_unit_is_told_by_the_time_that_is_left(town: Town) -> None:
    in_hand(town, ago=timedelta(days=20))
    in_hand(town)
    follow(now=timezone.now())
    page = at_the_desk(town.wen).get("/unit")
    load = page.context["load"]
    assert (load.overdue, load.open) == (1, 2)
    [line] = page.context["carried"]
    assert (line.post, line.load.overdue) == (town.water_post.pk, 1)


def test_what_was_finished_counts_in_the_units_month(town: Town) -> None:
    number, now = in_hand(town), timezone.now()
    wen = acting(town.wen, on=timezone.localdate())
    actions.finish(number, evidence=actions.Brought("换了灯泡"), by=wen, now=now)
    follow(now=now)
    page = at_the_desk(town.wen).get("/unit")
    named = {value.indicator.name: (value.over, value.of) for value in page.context["rates"]}
    assert named["signed_in_time_rate"] == (1, 1)
    assert named["hand_back_rate"] == (0, 1)


def test_a_unit_that_is_not_ones_own_is_not_there(town: Town) -> None:
    wen = at_the_desk(town.wen)
    assert wen.get("/unit", {"unit": town.water_company.pk}).status_code == 200
    assert wen.get("/unit", {"unit": town.centre.pk}).status_code == 404


def test_a_stranger_sees_nothing_of_what_lies_with_it(town: Town) -> None:
    in_hand(town)
    follow(now=timezone.now())
    page = at_the_desk(town.bo).get("/unit")
    assert page.context["load"].open == 0
    assert page.context["carried"] == []


def test_three_cases_cost_no_more_queries_than_one(town: Town) -> None:
    wen = at_the_desk(town.wen)
    in_hand(town, ago=timedelta(days=20))
    follow(now=timezone.now())
    one = queries_of(wen, "/unit")
    in_hand(town)
    in_hand(town, ago=timedelta(days=20))
    follow(now=timezone.now())
    assert queries_of(wen, "/unit") == one <= MOST_QUERIES
