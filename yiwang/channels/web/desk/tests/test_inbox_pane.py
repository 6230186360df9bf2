"""What stands beside the list of the inbox: places that the words name, and who solves such cases."""

from typing import Any

import pytest
from django.utils import timezone

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.cases.tests.make import make_lamp, reported
from yiwang.catalogue.models import Item
from yiwang.catalogue.tests.make import make_responsibility
from yiwang.places.actions import call_place
from yiwang.places.models import Place
from yiwang.places.tests.make import box, make_boundary
from yiwang.triage.models import Handled
from yiwang.triage.tests.test_solving import housing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lamp(town: Town) -> None:
    make_lamp()


def pane(town: Town, **told: Any) -> Any:
    number = reported(town, **told)
    return at_the_desk(town.mei).get(f"/inbox?case={number}")


def offered(page: Any, place: Place) -> bool:
    return f'data-fills="place" value="{place.code} ' in page.content.decode()


def test_a_place_named_more_exactly_than_the_case_lies_is_put_in_with_one_press(town: Town) -> None:
    page = pane(town, text="井巷社区的路灯不亮了", place=town.two_wells.code)
    assert offered(page, town.well_lane)
    assert not page.context["pane"].said.apart
    assert not offered(pane(town, text="井巷社区的路灯不亮了", place=town.lane_grid.code), town.well_lane)


def test_of_several_places_of_one_name_each_is_offered(town: Town) -> None:
    call_place("老车站", place=town.well_lane.code, by="test")
    call_place("老车站", place=town.upper_lane.code, by="test")
    page = pane(town, text="老车站的路灯不亮了", place="")
    assert page.context["pane"].case.place == town.two_wells.code
    assert offered(page, town.well_lane)
    assert offered(page, town.upper_lane)


def test_words_and_position_that_disagree_are_said_and_both_are_drawn(town: Town) -> None:
    make_boundary(town.lane_grid.code, box(0, 0))
    make_boundary(town.upper_lane.code, box(20, 0))
    page = pane(town, text="上巷社区的路灯不亮了", place="", position=(106.0005, 32.0005))
    body = page.content.decode()
    assert "文字与定位不一致" in body
    assert "井巷第一网格" in body
    assert f'data-places="{town.lane_grid.code},{town.upper_lane.code}"' in body
    assert offered(page, town.upper_lane)


def test_words_and_a_chosen_place_that_disagree_are_said_too(town: Town) -> None:
    body = pane(town, text="上巷社区的路灯不亮了").content.decode()
    assert "文字与地点不一致" in body
    assert "文字与" not in pane(town, text="井巷社区的路灯不亮了").content.decode()


def test_who_really_solves_such_cases_here_is_chosen_and_it_is_said_why(town: Town) -> None:
    make_responsibility(Item.objects.get(code="LAMP"), town.water_post, place=town.county)
    _fang, post = housing(town)
    for solver, times in ((post.pk, 7), (town.water_post.pk, 2)):
        Handled.objects.create(
            county=town.county.code, place=town.two_wells.code, item=Item.objects.get(code="LAMP").pk, post=solver,
            month=timezone.localdate().replace(day=1), afterwards=0, cases=times,
        )  # fmt: skip
    page = pane(town, item="LAMP")
    assert page.context["pane"].leads.chosen == post.pk
    assert "9 件中有 7 件" in page.content.decode()
