"""The trend beside last year's, and outbreaks with the way to their reports; for whoever sees the numbers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.models import Item
from yiwang.insight.models import Tally
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamp(town: Town) -> Item:
    return make_lamp()


@pytest.fixture
def leader(town: Town, lamp: Item) -> Client:
    """Lan leads the street of Two Wells."""
    give(town.lan, [Duty.SUPERVISE, Duty.APPROVE, Duty.SEE_NUMBERS], ground=town.two_wells)
    return at_the_desk(town.lan)


def told(town: Town, item: int, *, week: int, usual: int) -> None:
    today = timezone.localdate()
    Tally.objects.get_or_create(
        county=town.county.code, facet="board", place=town.two_wells.code, day=today - timedelta(days=250), key=0
    )
    for ago in range(1, 250):
        Tally.objects.create(
            county=town.county.code, facet="item", place=town.two_wells.code, day=today - timedelta(days=ago),
            key=item, reported=week if ago <= 7 else usual,
        )  # fmt: skip


def test_an_outbreak_is_named_and_leads_to_exactly_its_reports(town: Town, leader: Client, lamp: Item) -> None:
    told(town, lamp.pk, week=5, usual=1)
    answer = leader.get("/trends", headers={"Accept-Language": "en"})
    [one] = answer.context["outbreaks"].found
    assert one.item == lamp.pk
    page = answer.content.decode()
    today = timezone.localdate()
    link = f"from={today - timedelta(days=7)}&amp;to={today - timedelta(days=1)}&amp;part=counted&amp;item={lamp.pk}"
    assert f"/figures/reported/cases?place={town.two_wells.code}&amp;{link}" in page
    assert "any false alarm in at most 5 of a hundred" in page
    assert (
        leader.get(f"/figures/reported/cases?place={town.two_wells.code}&{link}".replace("&amp;", "&")).context[
            "figure"
        ]
        == 35
    )


def test_what_is_as_usual_is_no_outbreak(town: Town, leader: Client, lamp: Item) -> None:
    told(town, lamp.pk, week=1, usual=1)
    answer = leader.get("/trends")
    assert answer.context["outbreaks"].found == []
    assert not answer.context["has_last_year"]
    assert "去年同期</th>" not in answer.content.decode(), "no columns for a year of which nothing is known"


def test_whoever_may_not_see_the_numbers_finds_no_trend(town: Town, leader: Client) -> None:
    for stranger in (town.bo, town.wen):
        assert at_the_desk(stranger).get("/trends").status_code == 404
    assert at_the_desk(town.ding).get("/trends", {"place": town.two_wells.code}).status_code == 404
    assert leader.get("/trends", {"place": town.stone_bridge.code}).status_code == 404
    assert leader.get("/trends", {"place": "nowhere"}).status_code == 404


def test_three_outbreaks_cost_no_more_queries_than_one(town: Town, leader: Client, lamp: Item) -> None:
    told(town, lamp.pk, week=9, usual=1)
    one = queries_of(leader, "/trends")
    for more in (1, 2):
        told(town, lamp.pk + more, week=9, usual=1)
    assert len(leader.get("/trends").context["outbreaks"].found) == 3
    assert queries_of(leader, "/trends") == one <= MOST_QUERIES
