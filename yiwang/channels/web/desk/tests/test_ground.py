"""The ground: its places as a tree beside a map."""

from typing import Any

import pytest
import shapely
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.places.tests.make import make_boundary, make_place
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.mei)


def codes(page: Any) -> list[str]:
    return [line.code for line in page.context["page"].lines]


def test_whoever_is_not_signed_in_sees_no_ground(db: None) -> None:
    assert Client().get("/ground")["Location"] == "/sign-in?next=/ground"


def test_the_tree_begins_with_ones_own_ground(town_behind_the_wall: Town, mei: Client) -> None:
    town = town_behind_the_wall
    assert codes(mei.get("/ground")) == [town.two_wells.code]
    assert codes(at_the_desk(town.operator).get("/ground")) == [town.county.code, town.other_county.code]
    assert codes(at_the_desk(town.lan).get("/ground")) == []


def test_a_place_opens_on_what_lies_in_it(town_behind_the_wall: Town, mei: Client) -> None:
    town = town_behind_the_wall
    inside = mei.get(f"/ground/{town.two_wells.code}/children")
    assert codes(inside) == [town.well_lane.code, town.upper_lane.code]
    assert "井巷社区" in inside.content.decode()


@pytest.mark.parametrize("part", ["children", "outline"])
def test_what_is_outside_ones_ground_does_not_exist(town_behind_the_wall: Town, mei: Client, part: str) -> None:
    town = town_behind_the_wall
    for place in (town.stone_bridge, town.bridge_village, town.county, town.other_town):
        assert mei.get(f"/ground/{place.code}/{part}").status_code == 404
    assert mei.get(f"/ground/{town.well_lane.code}/{part}").status_code == 200


def test_a_search_finds_by_name_or_code_and_only_on_ones_ground(town_behind_the_wall: Town, mei: Client) -> None:
    town = town_behind_the_wall
    found = mei.get("/ground", {"q": "社区"})
    assert codes(found) == [town.well_lane.code, town.upper_lane.code]
    assert 'value="社区"' in found.content.decode()
    assert codes(mei.get("/ground", {"q": town.lane_grid.code})) == [town.lane_grid.code, town.yard.code]
    assert codes(mei.get("/ground", {"q": "桥头"})) == []


def test_what_is_searched_for_is_text_and_nothing_else(mei: Client) -> None:
    said = mei.get("/ground", {"q": '"><script>alert(1)</script>%_'}).content.decode()
    assert "<script>alert" not in said


def test_a_long_list_goes_on_where_it_stopped(town_behind_the_wall: Town, mei: Client) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        for number in range(3, 105):
            make_place(f"{town.two_wells.code}{number:03}")
    address = f"/ground/{town.two_wells.code}/children"
    first = mei.get(address)
    rest = mei.get(address, {"after": first.context["page"].after})
    assert [len(codes(page)) for page in (first, rest)] == [100, 4]
    assert first.context["page"].after in first.content.decode()
    assert not set(codes(first)) & set(codes(rest))


def test_the_map_is_given_the_outline_of_a_place_and_of_what_lies_in_it(
    town_behind_the_wall: Town, mei: Client
) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_boundary(town.two_wells.code, shapely.box(106, 30, 106.2, 30.2))
        make_boundary(town.well_lane.code, shapely.box(106, 30, 106.1, 30.1))
        make_boundary(town.stone_bridge.code, shapely.box(106.2, 30, 106.4, 30.2))
    forget()
    assert mei.get("/ground").context["drawn"] == [town.two_wells.code]
    answer = mei.get(f"/ground/{town.two_wells.code}/outline")
    assert answer["Content-Type"] == "application/geo+json"
    drawn = [feature["properties"]["code"] for feature in answer.json()["features"]]
    assert drawn == [town.two_wells.code, town.well_lane.code]


def test_only_whoever_draws_the_ground_is_offered_to_change_it(town_behind_the_wall: Town) -> None:
    offers = ("/ground/redrawings", "/ground/flaws", "/imports")
    bo, ning = (at_the_desk(person).get("/ground") for person in (town_behind_the_wall.bo, town_behind_the_wall.ning))
    assert [offer for offer in offers if offer in bo.content.decode()] == []
    assert [offer for offer in offers if offer in ning.content.decode()] == list(offers)


def test_the_tree_costs_the_same_for_one_line_and_for_three(town_behind_the_wall: Town, mei: Client) -> None:
    town = town_behind_the_wall
    address = f"/ground/{town.well_lane.code}/children"
    one = queries_of(mei, address)
    with standing_on(EVERYWHERE):
        for number in (2, 3):
            make_place(f"{town.well_lane.code}{number:03}")
    assert len(codes(mei.get(address))) == 3
    assert queries_of(mei, address) == one
    assert max(one, queries_of(mei, "/ground"), queries_of(mei, "/ground?q=井")) <= MOST_QUERIES
