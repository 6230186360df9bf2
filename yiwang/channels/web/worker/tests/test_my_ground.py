"""My ground and who is in charge of it."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.people.tests.make import make_holding, make_post

pytestmark = pytest.mark.django_db


def rings(client: Client, address: str = "/today/ground") -> dict[str, set[str]]:
    return {ring.name: {one.name for one in ring.crew} for ring in client.get(address).context["rings"]}


def test_it_does_not_exist_for_whoever_deals_with_nothing(town: Town) -> None:
    assert at_the_desk(town.ning).get("/today/ground").status_code == 404
    assert Client().get("/today/ground")["Location"] == "/sign-in?next=/today/ground"


def test_a_grid_worker_sees_who_is_in_charge_from_the_grid_to_the_county(town: Town) -> None:
    found = rings(at_the_desk(town.bo))
    assert list(found) == ["井巷第一网格", "井巷社区", "双井街道", "云岭县"]
    assert found["井巷第一网格"] == {town.bo.name}
    assert {town.mei.name, town.gu.name} <= found["双井街道"]
    assert town.ding.name not in set().union(*found.values())


def test_a_ground_that_is_not_mine_cannot_be_asked_for(town: Town) -> None:
    bo = at_the_desk(town.bo)
    assert rings(bo, f"/today/ground?place={town.bridge_grid.code}") == rings(bo)


def test_whoever_has_two_grounds_changes_between_them(town: Town) -> None:
    make_holding(
        town.bo, make_post(role=town.bos_post.role, unit=town.centre, ground=town.upper_lane, title="上巷代管")
    )
    bo = at_the_desk(town.bo)
    assert f"?place={town.upper_lane.code}" in bo.get("/today/ground").content.decode()
    assert next(iter(rings(bo, f"/today/ground?place={town.upper_lane.code}"))) == "上巷社区"


def test_a_place_within_my_ground_is_looked_at_too(town: Town) -> None:
    bo = at_the_desk(town.bo)
    page = bo.get("/today/ground")
    assert [spot.code for spot in page.context["inside"]] == [town.yard.code]
    assert next(iter(rings(bo, f"/today/ground?place={town.yard.code}"))) == "老井小院"


def test_it_asks_few_queries(town: Town) -> None:
    assert queries_of(at_the_desk(town.bo), "/today/ground") <= MOST_QUERIES
