"""What a room may see of cases."""

from datetime import timedelta
from typing import Any

import pytest

from tests.town import Town
from yiwang.cases.queries import hot_spots, live, newest
from yiwang.cases.rules import State
from yiwang.cases.tests.make import MONDAY, closed, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
HERE: dict[str, Any] = {"position": (106.00512, 30.00567)}


@pytest.fixture(autouse=True)
def _items(town: Town) -> None:
    make_lamp()
    make_item("QUIET", secrecy=Secrecy.CONFIDENTIAL)
    make_item("SEALED", secrecy=Secrecy.SEALED)


def test_the_newest_come_first_and_only_so_many(town: Town) -> None:
    numbers = [reported(town) for _ in range(3)]
    assert [one.number for one in newest(EVERYWHERE, most=2)] == numbers[:0:-1]


def test_nothing_confidential_or_sealed_is_seen_or_counted_by_whoever_stands_anywhere(town: Town) -> None:
    for item in ("QUIET", "SEALED"):
        reported(town, item=item, **HERE)
    assert newest(EVERYWHERE, most=9) == live(EVERYWHERE, most=9) == []
    assert hot_spots(EVERYWHERE, since=MONDAY) == []


def test_a_place_is_told_down_to_its_community_and_a_position_to_a_hundred_metres(town: Town) -> None:
    reported(town, **HERE)
    (one,) = newest(EVERYWHERE, most=9)
    assert (one.place, one.at, one.state) == (town.well_lane.code, (106.005, 30.006), State.REPORTED)


def test_live_is_what_is_open_and_has_a_position(town: Town) -> None:
    closed(town, **HERE)
    reported(town)
    number = reported(town, **HERE)
    assert [one.number for one in live(EVERYWHERE, most=9)] == [number]


def test_a_cell_counts_what_came_in_since_and_lies_where_it_came_from(town: Town) -> None:
    for position in ((106.0051, 30.0052), (106.0058, 30.0059), (106.2, 30.2)):
        reported(town, position=position)
    cells = hot_spots(EVERYWHERE, since=MONDAY - timedelta(days=7))
    assert [(cell.lon, cell.lat, cell.cases) for cell in cells] == [(106.0075, 30.0075, 2), (106.2025, 30.2025, 1)]
    assert hot_spots(EVERYWHERE, since=MONDAY + timedelta(seconds=1)) == []


def test_only_what_lies_on_the_ground_asked_for(town: Town) -> None:
    reported(town, **HERE)
    there = (town.stone_bridge.code,)
    assert newest(there, most=9) == live(there, most=9) == []
    assert hot_spots(there, since=MONDAY) == []
    with standing_on(there):
        # The wall of the database says so too, whatever is asked.
        assert newest(EVERYWHERE, most=9) == []
