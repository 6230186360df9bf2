"""What is wrong with the drawing of the ground."""

import pytest
import shapely
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.places.tests.make import make_boundary, make_place
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/ground/flaws"


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def overlap(town: Town, *numbers: int) -> None:
    """These communities of Two Wells, each lying a little over the one before."""
    with standing_on(EVERYWHERE):
        for number in numbers or (1, 2):
            code = f"{town.two_wells.code}{number:03}"
            if number > 2:
                make_place(code)
            west = 106 + number * 0.009
            make_boundary(code, shapely.box(west, 30, west + 0.01, 30.01))
    forget()


def test_it_does_not_exist_for_whoever_draws_no_ground(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.bo).get(PAGE).status_code == 404
    assert Client().get(PAGE)["Location"] == f"/sign-in?next={PAGE}"


def test_ground_without_flaws_is_said_to_have_none(ning: Client) -> None:
    page = ning.get(PAGE)
    assert page.context["count"] == 0
    assert page.context["shapes"]["features"] == []


def test_an_overlap_is_listed_with_both_names_its_area_and_its_shape(town_behind_the_wall: Town, ning: Client) -> None:
    overlap(town_behind_the_wall)
    page = ning.get(PAGE)
    ((_kind, flaw, places),) = page.context["lines"]
    assert [name for _code, name in places] == ["井巷社区", "上巷社区"]
    # 0.001° × 0.01° at 30° north: 96.5 m × 1,108.5 m
    assert flaw.square_metres == pytest.approx(96.5 * 1108.5, rel=0.01)
    (feature,) = page.context["shapes"]["features"]
    assert shapely.geometry.shape(feature["geometry"]).bounds == pytest.approx((106.018, 30, 106.019, 30.01))
    assert f">{flaw.square_metres:.0f}</td>" in page.content.decode()


def test_flaws_of_other_ground_are_none_of_ones_business(town_behind_the_wall: Town) -> None:
    overlap(town_behind_the_wall)
    assert at_the_desk(town_behind_the_wall.qiao).get(PAGE).context["count"] == 0


def test_one_level_can_be_asked_for(town_behind_the_wall: Town, ning: Client) -> None:
    overlap(town_behind_the_wall)
    assert ning.get(PAGE, {"kind": "community"}).context["count"] == 1
    assert ning.get(PAGE, {"kind": "grid"}).context["count"] == 0
    assert ning.get(PAGE, {"kind": "no such"}).context["count"] == 1


def test_the_page_costs_the_same_for_one_flaw_and_for_three(town_behind_the_wall: Town) -> None:
    overlap(town_behind_the_wall)
    ning = at_the_desk(town_behind_the_wall.ning)
    one = queries_of(ning, PAGE)
    overlap(town_behind_the_wall, 3, 4)
    assert ning.get(PAGE).context["count"] == 3
    assert queries_of(ning, PAGE) == one
    assert one <= MOST_QUERIES
