from typing import Any

import pytest
from django.test import Client

from tests.town import Town
from yiwang.catalogue.rules import Secrecy, Urgency
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.api.tests.callers import problem_of, program, signed_in, wrong_fields
from yiwang.people.rules import Duty
from yiwang.places.actions import call_place
from yiwang.places.tests.make import box, make_boundary
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
TRIAGE = "/api/v1/triage"


@pytest.fixture(autouse=True)
def items(town: Town) -> None:
    with standing_on(EVERYWHERE):
        make_item("LAMP")
        make_item("FIRE", name="火灾", keywords=("着火",), examples=(), urgency=Urgency.EMERGENCY)
        make_item("BRIBE", name="吃拿卡要", keywords=("好处费",), examples=(), secrecy=Secrecy.SEALED)


def asked(client: Client, **body: Any) -> Any:
    return client.post(TRIAGE, body, content_type="application/json")


def test_a_text_is_answered_with_items_and_the_words_that_spoke_for_them(town: Town) -> None:
    answer = asked(signed_in(town.mei), text="巷口的路灯不亮了", place=town.lane_grid.code).json()
    assert answer["proposals"][0] == {"item": "LAMP", "name": "路灯不亮", "likely": None, "words": ["路灯不亮"]}
    assert answer | {"proposals": []} == {
        "proposals": [], "decided": True, "place": town.lane_grid.code, "alarm": None,
        "suspected": None, "emergency": False,
        "confidential": False, "sealed": False, "version": 0, "named": "", "choices": [], "apart": False,
        "metres": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "item", "alarm", "marks"),
    [
        ("三楼着火了", "FIRE", "fire", (True, False, False)),
        ("村长收了好处费", "BRIBE", "accused", (False, True, True)),
    ],
)
def test_what_alarms_is_said(town: Town, text: str, item: str, alarm: str, marks: tuple[bool, ...]) -> None:
    answer = asked(program(town.mei, town.two_wells, Duty.TRIAGE), text=text).json()
    assert (answer["proposals"][0]["item"], answer["alarm"]) == (item, alarm)
    assert (answer["emergency"], answer["confidential"], answer["sealed"]) == marks


def test_a_position_is_answered_with_its_place(town: Town) -> None:
    with standing_on(EVERYWHERE):
        make_boundary(town.lane_grid.code, box(0, 0))
    answer = asked(signed_in(town.mei), text="灯", position={"lon": 106.0005, "lat": 32.0005}).json()
    assert answer["place"] == town.lane_grid.code


def test_a_place_is_told_from_the_words_alone(town: Town) -> None:
    with standing_on(EVERYWHERE):
        call_place("老车站", place=town.well_lane.code, by="test")
        call_place("老车站", place=town.bridge_village.code, by="test")
    answer = asked(signed_in(town.mei), text="井巷社区的灯坏了").json()
    assert (answer["place"], answer["named"], answer["choices"]) == (town.well_lane.code, "井巷社区", [])
    answer = asked(signed_in(town.mei), text="老车站的灯坏了").json()
    assert (answer["place"], answer["named"]) == (town.county.code, "老车站")
    assert [one["place"] for one in answer["choices"]] == [town.well_lane.code, town.bridge_village.code]
    assert answer["choices"][0]["name"] == "云岭县双井街道井巷社区"


def test_words_and_position_that_disagree_are_said_to(town: Town) -> None:
    with standing_on(EVERYWHERE):
        make_boundary(town.lane_grid.code, box(0, 0))
        make_boundary(town.bridge_village.code, box(20, 0))
    near, far = {"lon": 106.0005, "lat": 32.0005}, {"lon": 106.0389, "lat": 32.0005}
    answer = asked(signed_in(town.mei), text="桥头村的灯坏了", position=near).json()
    assert (answer["place"], answer["apart"]) == (town.lane_grid.code, True)
    assert answer["metres"] == pytest.approx(3700, rel=0.02)
    assert not asked(signed_in(town.mei), text="桥头村的灯坏了", position=far).json()["apart"]
    assert not asked(signed_in(town.mei), text="井巷社区的灯坏了", position=near).json()["apart"]


def test_what_is_not_there_or_not_sound_is_refused(town: Town) -> None:
    mei = signed_in(town.mei)
    assert problem_of(asked(mei, text="灯", place="990101999")).code == "no_such_place"
    assert {name for name, _code in wrong_fields(asked(mei, text="", more=1))} == {"text", "more"}


def test_a_stranger_is_asked_to_sign_in(town: Town) -> None:
    assert asked(Client(), text="灯").status_code == 401
