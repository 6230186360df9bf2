"""The place that is named in the words is offered while none is chosen."""

import pytest
from django.test import Client

from tests.town import Town
from yiwang.cases.models import Case
from yiwang.places.actions import call_place
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
NAMED = "/report/named"


def offered(**told: object) -> str:
    page = Client().post(NAMED, told)
    assert page.status_code == 200
    return page.content.decode()


def test_the_place_that_the_words_name_is_offered(town_behind_the_wall: Town) -> None:
    page = offered(text="井巷社区的路灯坏了")
    assert "双井街道 井巷社区" in page
    assert f"/report/places?place={town_behind_the_wall.well_lane.code}" in page
    assert offered(text="路灯坏了").strip() == ""


def test_of_several_places_of_one_name_each_is_offered(town_behind_the_wall: Town) -> None:
    with standing_on(EVERYWHERE):
        call_place("老车站", place=town_behind_the_wall.well_lane.code, by="test")
        call_place("老车站", place=town_behind_the_wall.bridge_village.code, by="test")
    page = offered(text="老车站堵车")
    assert "双井街道 井巷社区" in page
    assert "石桥镇 桥头村" in page


def test_nothing_is_offered_once_a_place_was_chosen_or_a_position_taken(town_behind_the_wall: Town) -> None:
    told = {"text": "井巷社区的路灯坏了"}
    assert offered(**told, place=town_behind_the_wall.stone_bridge.code).strip() == ""
    assert offered(**told, lon="106.1", lat="32.1").strip() == ""


def test_the_form_without_scripts_lands_where_its_words_say(town_behind_the_wall: Town) -> None:
    page = Client().post("/report", {"text": "井巷社区的老树要倒了"})
    assert page.status_code == 302
    with standing_on(EVERYWHERE):
        assert Case.objects.get().place == town_behind_the_wall.well_lane.code
