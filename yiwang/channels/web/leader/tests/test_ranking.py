"""Units and grids by one score: who sees it, what small numbers do to it, and where each figure leads."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.insight.models import Tally
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

pytestmark = pytest.mark.django_db


def last_month() -> date:
    return (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)


@pytest.fixture
def leader(town: Town) -> Client:
    """Lan leads the street of Two Wells."""
    give(town.lan, [Duty.SUPERVISE, Duty.APPROVE, Duty.SEE_NUMBERS], ground=town.two_wells)
    return at_the_desk(town.lan)


def tally(facet: str, place: str, *, key: int = 0, **sums: int) -> None:
    Tally.objects.create(county=place[:6], facet=facet, place=place, day=last_month(), key=key, **sums)


def test_units_are_ranked_and_lead_to_their_cases(town: Town, leader: Client) -> None:
    tally("unit", town.two_wells.code, key=town.water_company.pk, due=40, due_in_time=36)
    tally("unit", town.two_wells.code, key=999, due=40, due_in_time=10)
    shown = leader.get("/ranking", headers={"Accept-Language": "en"})
    assert [line.scored.key for line in shown.context["lines"]] == [str(town.water_company.pk), "999"]
    page = shown.content.decode()
    assert f'href="/cases?lead={town.water_post.pk}"' in page
    assert 'href="/figures#in_time_rate"' in page
    assert "90.00%" in page
    assert leader.get(f"/cases?lead={town.water_post.pk}").status_code == 200


def test_grids_are_ranked_over_the_chosen_month(town: Town, leader: Client) -> None:
    tally("board", town.lane_grid.code, due=4, due_in_time=4)
    lines = leader.get("/ranking", {"of": "grids", "month": last_month().strftime("%Y-%m")}).context["lines"]
    assert [(line.scored.key, line.scored.has_few) for line in lines] == [(town.lane_grid.code, True)]
    earlier = (last_month() - timedelta(days=1)).strftime("%Y-%m")
    page = leader.get("/ranking", {"of": "grids"}).content.decode()
    assert f'href="/cases?place={town.lane_grid.code}&amp;since={last_month()}"' in page
    assert leader.get("/ranking", {"of": "grids", "month": earlier}).context["lines"] == []


def test_whoever_may_not_see_the_numbers_of_a_ground_finds_no_ranking_of_it(town: Town, leader: Client) -> None:
    for stranger in (town.wen, town.bo):
        assert at_the_desk(stranger).get("/ranking").status_code == 404
    assert at_the_desk(town.ding).get("/ranking", {"place": town.two_wells.code}).status_code == 404
    assert leader.get("/ranking", {"place": town.stone_bridge.code}).status_code == 404
    for unfit in ({"place": "nowhere"}, {"month": "2020-13"}, {"of": "people"}):
        assert leader.get("/ranking", unfit).status_code == 404
    assert Client().get("/ranking")["Location"] == "/sign-in?next=/ranking"


def test_three_units_cost_no_more_queries_than_one(town: Town, leader: Client) -> None:
    tally("unit", town.two_wells.code, key=town.water_company.pk, due=40, due_in_time=36)
    one = queries_of(leader, "/ranking")
    for unit in (7, 8):
        tally("unit", town.two_wells.code, key=unit, due=40, due_in_time=36)
    assert queries_of(leader, "/ranking") == one <= MOST_QUERIES


def test_each_stands_beside_the_best_quarter_and_reads_how_far_behind_it_is(town: Town, leader: Client) -> None:
    for unit, in_time in ((7, 40), (8, 30), (9, 20), (10, 10)):
        tally("unit", town.two_wells.code, key=unit, due=40, due_in_time=in_time)
    shown = leader.get("/ranking", headers={"Accept-Language": "en"})
    model = next(value for value in shown.context["models"] if value.indicator.name == "in_time_rate")
    assert (model.over, model.of) == (40, 40)
    page = shown.content.decode()
    assert "The best quarter" in page
    assert "behind by 75.0" in page
