"""What is open is kept town by town as a walk over it would find it, and believed for a moment only."""

from datetime import timedelta

import pytest

from tests.town import Town
from yiwang.cases import actions as acts
from yiwang.cases.tests.make import MONDAY, as_, at, dispatched, make_lamp, reported
from yiwang.insight import actions, open_now
from yiwang.insight.models import OpenNow

LATER = at(days=60)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def kept_is_walked(town: Town) -> int:
    """Whether both ways say the same of the county and of its towns; how many are overdue in the county."""
    for place in (town.county.code, town.two_wells.code, town.stone_bridge.code):
        assert open_now.read([place], LATER) == open_now.walked([place], LATER), place
    return sum(one.overdue for one in open_now.read([town.county.code], LATER).stuck)


def believed(town: Town) -> None:
    """What is kept is what is read, and no walk."""
    OpenNow.objects.filter(place=town.county.code).update(open=100)
    assert open_now.read([town.county.code], LATER).open == 103
    actions.follow(now=LATER + A_MINUTE)
    assert open_now.read([town.county.code], LATER + A_MINUTE).open == 4


def test_what_is_kept_is_what_a_walk_finds_whatever_happens(town: Town) -> None:
    first = dispatched(town)
    dispatched(town)
    reported(town, place=town.bridge_grid.code)
    reported(town, place=town.county.code)
    actions.follow(now=LATER)
    assert OpenNow.objects.count() == 3, "two towns, and what lies in none"
    assert kept_is_walked(town) == 4
    acts.decline(reported(town), reason="不归我们管", by=as_(town.mei), now=MONDAY)
    acts.hand_back(first, reason="不是我们的管子", by=as_(town.wen), now=MONDAY)
    actions.follow(now=LATER)
    assert kept_is_walked(town) == 4
    assert {one.on_desk for one in open_now.read([town.two_wells.code], LATER).stuck} == {True, False}
    believed(town)


def test_where_nothing_is_open_any_more_nothing_is_kept(town: Town) -> None:
    number = reported(town)
    actions.follow(now=MONDAY)
    assert OpenNow.objects.get().open == 1
    acts.decline(number, reason="不归我们管", by=as_(town.mei), now=MONDAY)
    actions.follow(now=MONDAY)
    assert not OpenNow.objects.exists()
    assert open_now.read([town.county.code], MONDAY) == open_now.OpenHere(0, [])


def test_time_alone_makes_overdue_within_a_minute_and_what_is_old_is_not_believed(town: Town) -> None:
    dispatched(town)
    actions.follow(now=MONDAY)
    OpenNow.objects.update(open=7)
    place = [town.two_wells.code]
    assert open_now.read(place, MONDAY) == open_now.OpenHere(7, [])
    assert open_now.read(place, MONDAY + 3 * A_MINUTE).open == 1
    assert open_now.read(place, MONDAY - A_MINUTE).open == 1, "a clock was set back"
    assert open_now.read([*place, town.well_lane.code], MONDAY).open == 1, "small ground is walked over"
    actions.follow(now=LATER)
    assert [one.overdue for one in open_now.read(place, LATER + A_MINUTE).stuck] == [1]
