"""What the inbox proposes for a report."""

import pytest

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.tests.make import make_item, make_responsibility
from yiwang.channels.web.desk.tests.cases import told

pytestmark = pytest.mark.django_db


def test_three_items_stand_under_the_field_each_with_its_key_and_its_words(town: Town) -> None:
    make_responsibility(make_lamp(), town.water_post, place=town.county)
    for code, name in (("POLE", "灯杆歪斜"), ("DARK", "夜间黑暗"), ("CAR", "占道停车")):
        make_item(code, name=name, keywords=("路灯",) if code != "CAR" else ("停车",), examples=())
    number = told(town)
    page = at_the_desk(town.mei).get(f"/inbox?case={number}")
    items = page.context["pane"].said.items
    assert items[0].item.code == "LAMP"
    assert {one.item.code for one in items} == {"LAMP", "POLE", "DARK"}
    body = page.content.decode()
    assert all(f'data-fills="item" data-key="{key}"' in body for key in (1, 2, 3))
    assert "“路灯" in body
    assert page.context["pane"].alarm == ""


def test_what_may_be_a_danger_is_said_in_words(town: Town) -> None:
    make_lamp()
    number = told(town, "三楼着火了")
    said = at_the_desk(town.mei).get(f"/inbox?case={number}").content.decode()
    assert "可能是火情" in said or "May tell of a fire" in said


def test_which_danger_it_is_is_said_only_where_words_name_one(town: Town) -> None:
    """What was learned from examples tells a danger from none better than one danger from another."""
    make_lamp()
    pane = at_the_desk(town.mei).get(f"/inbox?case={told(town, '家里进了蛇')}").context["pane"]
    assert (pane.suspected, pane.alarm) == ("danger", "可能有危险")


def test_what_may_alarm_is_marked_in_the_list_and_explained_beside_it(town: Town) -> None:
    make_lamp()
    number = told(town, "几个学生下河摸鱼，有个没上岸", item="")
    page = at_the_desk(town.mei).get(f"/inbox?case={number}")
    assert page.context["pane"].suspected == "danger"
    body = page.content.decode()
    assert body.count('class="look-first"') == 1
    assert "可能是紧急情况，请先看" in body or "Might be an emergency: look first" in body
    assert "各级同时告警" in body or "all levels are alarmed then" in body


def test_what_is_ordinary_bears_no_mark(town: Town) -> None:
    make_lamp()
    told(town)
    assert "look-first" not in at_the_desk(town.mei).get("/inbox").content.decode()
