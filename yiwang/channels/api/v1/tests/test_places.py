from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.town import Town
from yiwang.channels.api.tests.callers import codes, problem_of, program, signed_in, wrong_fields
from yiwang.people.rules import Duty
from yiwang.places.tests.make import box, make_boundary, make_place
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PLACES = "/api/v1/places"


@pytest.fixture
def clerk(town: Town) -> Client:
    return signed_in(town.mei)


@pytest.fixture
def drawn(town: Town) -> Town:
    """Well Lane and its grid have boundaries: 2 x 2 tiles and one of them."""
    with standing_on(EVERYWHERE):
        make_boundary(town.well_lane.code, box(0, 0, 2, 2))
        make_boundary(town.lane_grid.code, box(0, 0))
    forget()
    return town


def test_places_come_page_by_page_without_gap_or_repetition(town: Town, clerk: Client) -> None:
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = clerk.get(f"{PLACES}?inside={town.county.code}&limit=3&cursor={cursor}")
        found += codes(page, "places")
        cursor = page.json()["next"]
    assert found == sorted(set(found))
    assert len(found) == 9
    assert town.other_town.code not in found


def test_places_of_one_kind(town: Town, clerk: Client) -> None:
    answer = clerk.get(f"{PLACES}?kind=town&inside={town.county.code}")
    assert codes(answer, "places") == [town.two_wells.code, town.stone_bridge.code]
    assert answer.json()["next"] is None


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ("inside=99%00", ("inside", "string_pattern_mismatch")),
        ("inside=%ED%A0%80", ("inside", "string_pattern_mismatch")),
        ("kind=%F0%9F%98%80", ("kind", "string_pattern_mismatch")),
        ("kind=town%00", ("kind", "string_pattern_mismatch")),
        ("cursor=" + "9" * 5000, ("cursor", "string_too_long")),
        ("limit=0", ("limit", "greater_than_equal")),
        ("limit=1" + "0" * 30, ("limit", "less_than_equal")),
        ("limit=many", ("limit", "int_parsing")),
        ("colour=red", ("colour", "extra_forbidden")),
    ],
)
def test_what_is_asked_wrongly_is_named(clerk: Client, asked: str, wrong: tuple[str, str]) -> None:
    assert wrong_fields(clerk.get(f"{PLACES}?{asked}")) == [wrong]


def test_a_position_is_in_its_innermost_place(drawn: Town, clerk: Client) -> None:
    at = f"{PLACES}/at?lat=32.001&lon="
    assert clerk.get(f"{at}106.001").json()["place"]["code"] == drawn.lane_grid.code
    assert clerk.get(f"{at}106.003").json()["place"]["code"] == drawn.well_lane.code
    assert clerk.get(f"{at}107").json() == {"place": None}


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "181", "1e999", "", "%00", "north", "１２"])
def test_what_is_no_position_is_refused(clerk: Client, number: str) -> None:
    for asked in (f"lat=32&lon={number}", f"lat={number}&lon=106", "lat=32&lon=106&datum=mars"):
        answer = clerk.get(f"{PLACES}/at?{asked}")
        if number != "１２":
            assert problem_of(answer).code == "invalid"
        assert answer.status_code < 500


def test_a_place_says_what_holds_it_and_how_large_it_is(drawn: Town, clerk: Client) -> None:
    said = clerk.get(f"{PLACES}/{drawn.lane_grid.code}").json()
    assert [above["name"] for above in said["parents"]] == ["云岭县", "双井街道", "井巷社区"]
    assert 30_000 < said["square_metres"] < 50_000  # 0.002 degrees at 32° N are 222 m by 189 m
    assert clerk.get(f"{PLACES}/{drawn.two_wells.code}").json()["square_metres"] is None


def crew(client: Client, code: str) -> dict[str, Any]:
    return {member["title"]: member for member in client.get(f"{PLACES}/{code}").json()["crew"]}


def test_everybody_sees_which_posts_answer_for_a_place(town: Town, clerk: Client) -> None:
    found = crew(clerk, town.lane_grid.code)
    assert next(iter(found)) == town.bos_post.title
    assert found[town.meis_post.title]["unit"] == "双井街道指挥中心"
    assert town.dings_post.title not in found
    assert list(crew(signed_in(town.ding), town.lane_grid.code)) == list(found)


def test_names_are_told_to_whoever_administers_the_ground_of_the_post(town: Town, clerk: Client) -> None:
    code = town.lane_grid.code
    assert {member["name"] for member in crew(clerk, code).values()} == {None}
    assert {member["name"] for member in crew(signed_in(town.qiao), code).values()} == {None}
    told = crew(signed_in(town.ning), code)
    assert told[town.bos_post.title]["name"] == "薄网格"
    assert told["云岭县政务局宁管理岗"]["name"] == "宁管理"


def test_a_token_is_told_names_on_its_own_ground_only_and_with_the_duty(town: Town) -> None:
    code = town.lane_grid.code
    street = crew(program(town.ning, town.two_wells, Duty.ADMINISTER), code)
    assert street[town.bos_post.title]["name"] == "薄网格"
    assert street["云岭县政务局宁管理岗"]["name"] is None
    assert crew(program(town.ning, town.stone_bridge, Duty.ADMINISTER), code)[town.bos_post.title]["name"] is None
    assert crew(program(town.mei, town.two_wells, Duty.TRIAGE), code)[town.bos_post.title]["name"] is None


def test_an_outline_is_geojson_and_not_sent_twice(drawn: Town, clerk: Client) -> None:
    first = clerk.get(f"{PLACES}/{drawn.well_lane.code}/outline")
    assert first["Content-Type"] == "application/geo+json"
    assert [f["properties"]["code"] for f in first.json()["features"]] == [drawn.well_lane.code, drawn.lane_grid.code]
    again = clerk.get(f"{PLACES}/{drawn.well_lane.code}/outline", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_outline_drawn_anew_is_sent_again(drawn: Town, clerk: Client) -> None:
    address = f"{PLACES}/{drawn.two_wells.code}/outline"
    first = clerk.get(address)
    with standing_on(EVERYWHERE):
        make_boundary(drawn.two_wells.code, box(0, 0, 3, 3))
    forget()
    assert clerk.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("code", ["990199", "99", "Z9"])
def test_a_place_that_is_not_there(clerk: Client, code: str) -> None:
    assert problem_of(clerk.get(f"{PLACES}/{code}")).code == "not_found"
    assert problem_of(clerk.get(f"{PLACES}/{code}/outline")).code == "not_found"


@pytest.mark.parametrize("code", ["9", "99-01", "99%00", "%ED%A0%80", "云岭", "9" * 5000])
def test_what_is_no_code_is_refused(clerk: Client, code: str) -> None:
    assert [name for name, _ in wrong_fields(clerk.get(f"{PLACES}/{code}"))] == ["code"]


def test_a_stranger_sees_nothing(town: Town) -> None:
    for address in ("", "/at?lat=32&lon=106", f"/{town.county.code}", f"/{town.county.code}/outline"):
        assert problem_of(Client().get(PLACES + address)).code == "sign_in_needed"


@pytest.mark.parametrize("address", ["", "/at?lat=32.001&lon=106.001", "/990101001001", "/990101001001/outline"])
def test_as_many_queries_for_one_place_as_for_many(drawn: Town, clerk: Client, address: str) -> None:
    clerk.get(PLACES + address)  # what is kept in memory is loaded once
    with CaptureQueriesContext(connection) as before:
        clerk.get(PLACES + address)
    with standing_on(EVERYWHERE):
        for number in range(20, 25):
            make_place(f"{drawn.well_lane.code}0{number}")
    clerk.get(PLACES + address)
    with CaptureQueriesContext(connection) as after:
        clerk.get(PLACES + address)
    assert len(after) == len(before) <= 12 + savepoints(after)


def savepoints(asked: CaptureQueriesContext) -> int:
    """Begin, commit and the setting of the ground, which a test writes as savepoints."""
    return sum("SAVEPOINT" in query["sql"] or "SET LOCAL" in query["sql"] for query in asked.captured_queries)
