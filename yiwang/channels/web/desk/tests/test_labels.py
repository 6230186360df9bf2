"""A clerk prints labels for things."""

import re
from typing import Any

import pytest
import segno
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.labels import Label, code_of
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/desk/labels"


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    with standing_on(EVERYWHERE):
        make_lamp()
    return town_behind_the_wall


def sent(client: Client, **more: Any) -> Any:
    return client.post(PAGE, {"things": "3号路灯\n\n 4号路灯 ", "item": "LAMP", **more})


def test_it_does_not_exist_for_whoever_neither_triages_nor_administers(town: Town) -> None:
    assert at_the_desk(town.bo).get(PAGE).status_code == 404
    assert Client().get(PAGE)["Location"] == f"/sign-in?next={PAGE}"
    for person in (town.mei, town.ning, town.operator):
        assert at_the_desk(person).get(PAGE).status_code == 200


def test_each_line_becomes_a_label_with_its_picture_and_its_words(town: Town) -> None:
    page = sent(at_the_desk(town.mei), place=town.well_lane.code)
    assert [sticker.thing for sticker in page.context["stickers"]] == ["3号路灯", "4号路灯"]
    said = page.content.decode()
    assert len(re.findall("<svg", said[said.index("<main") :])) == 2
    assert "双井街道 井巷社区" in said
    assert "路灯不亮" in said


def test_what_is_printed_is_what_the_code_says(town: Town) -> None:
    page = sent(at_the_desk(town.mei), place=town.well_lane.code)
    for sticker in page.context["stickers"]:
        address = f"http://testserver/q/{code_of(Label('LAMP', town.well_lane.code, sticker.thing))}"
        assert sticker.picture == segno.make(address, error="m").svg_inline(border=0, omitsize=True)


def test_a_place_left_open_is_ones_own_ground(town: Town) -> None:
    assert sent(at_the_desk(town.mei)).context["where"] == "双井街道"


def test_nobody_prints_labels_for_others_ground(town: Town) -> None:
    page = sent(at_the_desk(town.mei), place=town.stone_bridge.code)
    assert page.context["form"].non_field_errors()
    lists = page.context["levels"]
    assert [spot.name for spot in lists[0].places] == ["井巷社区", "上巷社区"]


def test_an_unknown_item_is_refused_and_what_was_typed_is_kept(town: Town) -> None:
    page = sent(at_the_desk(town.mei), item="NOPE")
    assert page.context["form"].non_field_errors()
    assert "3号路灯" in page.content.decode()


@pytest.mark.parametrize("things", ["", "灯" * 41, "\n".join(str(n) for n in range(121))])
def test_nothing_too_long_and_too_many_are_refused(town: Town, things: str) -> None:
    assert set(sent(at_the_desk(town.mei), things=things).context["form"].errors) == {"things"}


def test_the_lists_open_one_after_the_other(town: Town) -> None:
    page = sent(at_the_desk(town.ning), place=town.two_wells.code, look="places")
    assert [level.chosen for level in page.context["levels"]] == [town.two_wells.code, ""]
    assert "3号路灯" in page.content.decode()


def test_the_page_asks_the_database_little(town: Town) -> None:
    assert queries_of(at_the_desk(town.ning), PAGE) <= MOST_QUERIES
