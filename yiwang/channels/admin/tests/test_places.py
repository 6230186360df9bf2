"""The ground in the administration: what people call places."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.places.models import Alias
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
NAMES = "/admin/places/alias/"


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def names() -> list[tuple[str, str]]:
    with standing_on(EVERYWHERE):
        return list(Alias.objects.order_by("pk").values_list("name", "place_id"))


def test_a_landmark_is_named_and_taken_back(town_behind_the_wall: Town, ning: Client) -> None:
    place = town_behind_the_wall.well_lane.code
    assert ning.post(f"{NAMES}add/", {"name": "老车站", "place": place}).status_code == 302
    assert names() == [("老车站", place)]
    with standing_on(EVERYWHERE):
        alias = Alias.objects.get()
        assert Entry.objects.filter(act="call_place", ground=place).exists()
    assert "老车站" in ning.get(NAMES).content.decode()
    ning.post(NAMES, {"action": "take_back", "_selected_action": [alias.pk]})
    assert names() == []


def test_what_is_no_name_or_lies_elsewhere_is_refused_on_the_form(town_behind_the_wall: Town, ning: Client) -> None:
    well_lane, elsewhere = town_behind_the_wall.well_lane.code, town_behind_the_wall.other_town.code
    for name, place in (("桥", well_lane), ("老车站", elsewhere)):
        page = ning.post(f"{NAMES}add/", {"name": name, "place": place})
        assert page.context["adminform"].form.errors
    assert names() == []


def test_a_stranger_sees_no_names_and_another_county_none_of_these(town_behind_the_wall: Town, ning: Client) -> None:
    ning.post(f"{NAMES}add/", {"name": "老车站", "place": town_behind_the_wall.well_lane.code})
    assert at_the_desk(town_behind_the_wall.mei).get(NAMES).status_code in {302, 404}
    assert "老车站" not in at_the_desk(town_behind_the_wall.qiao).get(NAMES).content.decode()
