"""Words are looked for block by block, the newest first, and only where the asker stands."""

import sys

import pytest
from django.db import connection

from tests.town import Town
from yiwang.cases import actions, numbers, queries
from yiwang.cases.queries import Filter
from yiwang.cases.rules import sought_of
from yiwang.cases.tests.make import MONDAY, as_, make_lamp, reported
from yiwang.people.models import Person, Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.places.tests.make import make_place
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.walls.ground import past_the_wall

BLOCK = 50_000  # of numbers, as migration 0010 cuts them


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def a_block_later() -> None:
    """Let the next numbers lie in a block of their own, as if many cases had come between."""
    numbers._left.clear()
    with past_the_wall(), connection.cursor() as cursor:
        cursor.execute("SELECT setval('cases_count', nextval('cases_count') + %s)", [BLOCK])


def seen(person: Person, text: str, place: str = "", **how: int) -> list[int]:
    return [case.number for case in queries.search(as_(person), Filter(text=text, place=place), **how).cases]


def test_cases_of_many_blocks_come_newest_first_and_page_by_page(town: Town) -> None:
    told: list[int] = []
    for _ in range(3):
        told[:0] = reversed([reported(town), reported(town, text="路灯一闪一闪")])
        a_block_later()
    assert seen(town.mei, "路灯") == told
    first = queries.search(as_(town.mei), Filter(text="路灯"), limit=4)
    assert [case.number for case in first.cases] == told[:4]
    assert first.next is not None
    assert seen(town.mei, "路灯", cursor=first.next) == told[4:]


def test_a_whole_county_is_searched_town_by_town_and_what_lies_in_no_town_too(town: Town) -> None:
    fang = make_person("fang", name="方县办")
    make_holding(
        fang, make_post(role=Role.objects.get(code="centre_clerk"), unit=town.centre, ground=town.county, title="县办")
    )
    lane = reported(town)
    bridge = reported(town, place=town.bridge_grid.code)
    nowhere = reported(town, place=town.county.code)
    reported(town, place=town.other_town.code)
    assert seen(fang, "路灯") == [nowhere, bridge, lane]
    assert seen(fang, "路灯", town.stone_bridge.code) == [bridge]
    assert seen(town.mei, "路灯") == [lane]
    assert seen(town.mei, "路灯", town.stone_bridge.code) == []


def test_inside_a_town_a_community_and_a_grid_are_asked_for_alone(town: Town) -> None:
    grid = make_place("990101001001002", "井巷第二网格")
    touched("places")
    upper, second, first = (
        reported(town, place=code) for code in (town.upper_lane.code, grid.code, town.lane_grid.code)
    )
    assert seen(town.mei, "路灯", town.well_lane.code) == [first, second]
    assert seen(town.mei, "路灯", grid.code) == [second]
    assert seen(town.mei, "路灯", town.upper_lane.code) == [upper]


def test_a_case_is_found_where_it_lies_now(town: Town) -> None:
    number = reported(town)
    actions.relocate(number, place=town.bridge_grid.code, now=MONDAY)
    assert seen(town.mei, "路灯") == []
    assert seen(town.ding, "路灯") == [number]


@pytest.mark.parametrize("text", ["灯", "不亮了", "路灯不亮", "第38号", "a3", "ＬＥＤ灯"])
def test_pairs_single_characters_numbers_and_wide_letters_are_found(town: Town, text: str) -> None:
    number = reported(town, text="第38号路灯不亮了，是LED灯，编号a3")
    assert seen(town.mei, text) == [number]


@pytest.mark.parametrize("text", ["灯路", "亮不", "39", "led路灯"])
def test_what_does_not_stand_there_as_a_whole_is_not_found(town: Town, text: str) -> None:
    reported(town, text="第38号路灯不亮了，是LED灯")
    assert seen(town.mei, text) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("重大交通", ["重大", "交通"]),
        ("井巷社区路灯坏", ["井巷", "社区", "路灯", "灯坏"]),
        ("路灯不", ["路灯", "灯不"]),
        ("灯", ["灯*"]),
        ("灯，路", ["灯*", "路*"]),
        ("路灯，请", ["路灯"]),
        ("LED 路灯", ["led", "路灯"]),
        ("路灯路灯", ["路灯"]),
        ("a", ["a*"]),
        ("！？", []),
    ],
)
def test_a_search_asks_for_no_more_words_than_hold_its_text(text: str, asked: list[str]) -> None:
    assert sought_of(text) == asked


@pytest.mark.parametrize(("text", "told"), [("É", "门牌É旁"), ("é", "门牌É旁"), ("Éclair 井", "井边的ÉCLAIR店")])
def test_letters_of_other_languages_are_found_small_or_great(town: Town, text: str, told: str) -> None:
    """A database makes small what its own language knows, so it is not asked about them."""
    assert seen(town.mei, f"路灯 {text}") == []
    number = reported(town, text=f"路灯不亮，{told}")
    assert seen(town.mei, f"路灯 {text}") == [number]


def test_a_search_that_has_read_enough_stops_and_goes_on_from_there(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["yiwang.cases.queries.search"], "_READ", 3)
    oldest = reported(town, text="不亮的路灯，请修")
    for _ in range(4):
        reported(town, text="请修路灯，不亮了")
    first = queries.search(as_(town.mei), Filter(text="路灯，请修"))
    assert (first.cases, first.next is not None) == ([], True)
    assert queries.count(as_(town.mei), Filter(text="路灯，请修")).more
    assert first.next is not None
    following = queries.search(as_(town.mei), Filter(text="路灯，请修"), cursor=first.next)
    assert ([case.number for case in following.cases], following.next) == ([oldest], None)


def test_what_was_told_long_ago_is_found_however_many_blocks_lie_between(town: Town) -> None:
    first = reported(town, text="老井边的石狮子不见了")
    for _ in range(12):
        a_block_later()
        reported(town)
    assert seen(town.mei, "石狮子") == [first]


def test_new_words_wait_in_no_list_while_it_is_searched(town: Town) -> None:
    """Every look would read through that list."""
    number = reported(town)
    assert seen(town.mei, "路灯") == [number]
    assert _pages_waiting() == 0
    reported(town)
    assert _pages_waiting() > 0


def _pages_waiting() -> int:
    with past_the_wall(), connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('case_words_in_town')")
        return int(cursor.fetchone()[0])
