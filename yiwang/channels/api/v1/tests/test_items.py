from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.town import Town
from yiwang.catalogue.models import Item
from yiwang.catalogue.rules import Evidence, Level, Secrecy, Urgency, usual_limits
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.api.tests.callers import codes, problem_of, program, signed_in, wrong_fields
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
ITEMS = "/api/v1/items"


def lists(client: Client, asked: str = "") -> list[str]:
    return list(codes(client.get(f"{ITEMS}?{asked}"), "items"))


@pytest.fixture
def lights(town: Town) -> Item:
    """A branch with two lamps, and a fire of the other boards and levels."""
    with standing_on(EVERYWHERE):
        branch = make_item("L", name="照明", keywords=(), examples=())
        make_item("L1", parent=branch)
        make_item("L2", parent=branch, name="灯杆漏电", name_en="Live lamp post", keywords=("漏电",), examples=())
        make_item(
            "F1", name="火灾", name_en="Fire", board="safety_law", level=Level.TOWN, urgency=Urgency.EMERGENCY,
            limits=usual_limits(Urgency.EMERGENCY), keywords=("着火",), examples=(), on_the_spot=True,
            secrecy=Secrecy.CONFIDENTIAL, evidence=Evidence(2, 50, note=True, before_and_after=True),
        )  # fmt: skip
    return branch


def test_an_item_says_what_it_promises_and_what_must_be_shown(town: Town, lights: Item) -> None:
    branch, lamp, _, fire = signed_in(town.mei).get(ITEMS).json()["items"]
    assert (branch["is_branch"], branch["parent"], lamp["is_branch"], lamp["parent"]) == (True, None, False, "L")
    assert fire == {
        "id": fire["id"], "code": "F1", "parent": None, "county": None, "is_branch": False, "version": 1,
        "name": "火灾", "name_en": "Fire", "board": "safety_law", "level": "town", "urgency": "emergency",
        "secrecy": "confidential", "on_the_spot": True,
        "limits": {"sign_for": "0.5紧急工作时", "handle": "2紧急工作时", "check": "4紧急工作时", "call_back": "1天"},
        "evidence": {"photos": 2, "within_metres": 50, "note": True, "before_and_after": True},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["L", "L1", "L2", "F1"]),
        ("board=safety_law", ["F1"]),
        ("level=grid", ["L", "L1", "L2"]),
        ("level=", ["L", "L1", "L2", "F1"]),
        ("under=L", ["L1", "L2"]),
        ("under=L&q=漏电", ["L2"]),
        ("q=fire", ["F1"]),
        ("q=门口路灯坏了", ["L1"]),
        ("q=%00", []),
        ("board=none", []),
        ("under=L1", []),
        ("under=X", []),
    ],
)
def test_items_are_found_by_what_is_asked(town: Town, lights: Item, asked: str, found: list[str]) -> None:
    assert lists(signed_in(town.mei), asked) == found


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("colour=red", ("colour", "extra_forbidden")),
        ("limit=0", ("limit", "greater_than_equal")),
        ("cursor=9223372036854775808", ("cursor", "less_than_equal")),
        ("cursor=x", ("cursor", "int_parsing")),
        ("under=l", ("under", "string_pattern_mismatch")),
        ("board=%00", ("board", "string_pattern_mismatch")),
        ("place=here", ("place", "string_pattern_mismatch")),
        ("q=" + "x" * 201, ("q", "string_too_long")),
    ],
)
def test_what_is_asked_wrongly_is_named(town: Town, asked: str, wrong: tuple[str, str]) -> None:
    assert wrong_fields(signed_in(town.mei).get(f"{ITEMS}?{asked}")) == [wrong]


def test_a_level_that_is_none_is_refused(town: Town) -> None:
    assert problem_of(signed_in(town.mei).get(f"{ITEMS}?level=county")).code == "invalid"


def test_items_come_page_by_page_without_gap_or_repetition(town: Town, lights: Item) -> None:
    found: list[str] = []
    cursor: Any = 0
    while cursor is not None:
        page = signed_in(town.mei).get(f"{ITEMS}?limit=2&cursor={cursor}")
        found += codes(page, "items")
        cursor = page.json()["next"]
    assert found == ["L", "L1", "L2", "F1"]


def test_each_county_reads_its_own_items_and_those_of_every_county(town: Town, lights: Item) -> None:
    with standing_on(EVERYWHERE):
        make_item("L1", county=town.county, name="本县路灯")
        make_item("Q1", county=town.other_county)
    assert lists(signed_in(town.mei)) == ["L", "L1", "L2", "F1", "L1"]
    assert lists(signed_in(town.lan)) == ["L", "L1", "L2", "F1", "L1"]
    assert lists(signed_in(town.qiao)) == ["L", "L1", "L2", "F1", "Q1"]
    assert lists(signed_in(town.operator)) == ["L", "L1", "L2", "F1", "L1", "Q1"]
    assert lists(program(town.mei, town.two_wells, Duty.TRIAGE), "q=本县") == ["L1"]


def test_at_a_place_the_countys_own_item_stands_for_the_common_one(town: Town, lights: Item) -> None:
    with standing_on(EVERYWHERE):
        own = make_item("L1", county=town.county)
        make_item("Q1", county=town.other_county)
    here = signed_in(town.operator).get(f"{ITEMS}?place={town.yard.code}").json()["items"]
    assert [item["code"] for item in here] == ["L", "L2", "F1", "L1"]
    assert here[-1]["id"] == own.pk
    assert lists(signed_in(town.mei), f"place={town.other_town.code}") == ["L", "L1", "L2", "F1"]


def test_what_is_retired_or_to_come_is_not_listed(town: Town, lights: Item) -> None:
    with standing_on(EVERYWHERE):
        make_item("R1", valid_to=date(2021, 1, 1))
        make_item("R2", valid_from=date(2999, 1, 1))
    assert lists(signed_in(town.mei)) == ["L", "L1", "L2", "F1"]


def test_a_stranger_sees_nothing(town: Town, lights: Item) -> None:
    assert problem_of(Client().get(ITEMS)).code == "sign_in_needed"


def test_as_many_queries_for_one_item_as_for_many(town: Town, lights: Item) -> None:
    client = signed_in(town.mei)
    client.get(ITEMS)
    with CaptureQueriesContext(connection) as before:
        client.get(f"{ITEMS}?limit=1")
    with CaptureQueriesContext(connection) as after:
        client.get(ITEMS)
    assert len(after) == len(before)
    assert not [query for query in after.captured_queries if "catalogue_" in query["sql"]]
