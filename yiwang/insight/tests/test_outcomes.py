"""What became of what was told: by item and unit, right after any act, and never of what is not open to all."""

from datetime import timedelta

import pytest

from tests.town import Town
from yiwang.cases import actions as acts
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, accepted, as_, closed, in_hand, make_file, make_lamp, reported
from yiwang.catalogue.models import Item
from yiwang.catalogue.rules import Secrecy
from yiwang.insight import actions
from yiwang.insight.models import BECAME, Counted, Outcome
from yiwang.insight.rules.outcomes import WHOLE
from yiwang.insight.tests.make import outcomes, outcomes_anew
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _items(town: Town) -> None:
    make_lamp()


def became(place: str, unit: int = WHOLE) -> dict[str, int]:
    """What is counted of a place in March, over all items."""
    rows = Outcome.objects.filter(place=place, unit=unit, month="2026-03-01")
    sums = {name: sum(getattr(row, name) for row in rows) for name in BECAME}
    return {name: n for name, n in sums.items() if n}


def test_a_case_adds_to_its_grid_and_to_all_around_it(town: Town) -> None:
    closed(town)
    in_hand(town)
    actions.follow(now=MONDAY)
    for place in (town.lane_grid, town.well_lane, town.two_wells, town.county):
        assert became(place.code) == {
            "told": 2, "dispatched": 2, "open": 1, "closed": 1, "due": 1, "in_time": 1, "reached": 1, "solved": 1,
            "satisfied": 1,
        }  # fmt: skip
    assert became(town.upper_lane.code) == {}
    assert became(town.yard.code) == {}


def test_a_unit_bears_what_it_leads_and_only_its_own_part_of_what_it_handed_back(town: Town) -> None:
    number = in_hand(town)
    acts.hand_back(number, reason="不归我们管", by=as_(town.wen), now=MONDAY)
    actions.follow(now=MONDAY)
    assert became(town.county.code, town.water_company.pk) == {"told": 1, "handed_back": 1}
    assert became(town.county.code)["open"] == 1
    in_hand(town)
    actions.follow(now=MONDAY)
    assert became(town.county.code, town.water_company.pk)["open"] == 1


def test_a_report_that_is_joined_to_another_is_no_second_problem_but_told_again(town: Town) -> None:
    first, second = accepted(town), reported(town)
    actions.follow(now=MONDAY)
    assert became(town.lane_grid.code) == {"told": 2, "open": 2}
    acts.merge(second, into=first, by=as_(town.mei), now=MONDAY)
    actions.follow(now=MONDAY)
    assert became(town.lane_grid.code) == {"told": 1, "open": 1, "again": 1}
    acts.separate(second, reason="不是同一件", by=as_(town.mei), now=MONDAY)
    actions.follow(now=MONDAY)
    assert became(town.lane_grid.code) == {"told": 2, "open": 2}
    assert outcomes() == outcomes_anew()


def test_photos_that_show_what_was_done_are_proof(town: Town) -> None:
    number, photo = in_hand(town), acts.Photo(make_file().pk)
    acts.finish(number, evidence=acts.Brought("换了灯泡", (photo,)), by=as_(town.wen), now=MONDAY)
    actions.follow(now=MONDAY)
    assert "shown" not in became(town.lane_grid.code)
    acts.confirm(number, by=as_(town.bo), now=MONDAY)
    acts.call_back(number, solved=True, satisfied=False, by=as_(town.mei), now=MONDAY)
    acts.close(number, by=as_(town.mei), now=MONDAY)
    acts.reopen(number, reason="又坏了", by=as_(town.gu), now=MONDAY + timedelta(hours=1))
    actions.follow(now=MONDAY)
    found = became(town.lane_grid.code)
    assert (found["open"], found["reopened"], found.get("shown"), found.get("closed")) == (1, 1, None, None)


@pytest.mark.parametrize("secrecy", [Secrecy.CONFIDENTIAL, Secrecy.SEALED])
def test_what_is_not_open_to_all_is_in_no_list(town: Town, secrecy: Secrecy) -> None:
    number = closed(town)
    Case.objects.filter(number=number).update(secrecy=secrecy)
    actions.follow(now=MONDAY)
    assert outcomes() == {}


def test_what_is_counted_anew_is_what_was_kept(town: Town) -> None:
    closed(town)
    in_hand(town)
    reported(town)
    actions.count_all(now=MONDAY)
    before = outcomes()
    actions.count_all(now=MONDAY)
    assert outcomes() == before == outcomes_anew()
    assert Item.objects.get(code="LAMP").pk in {item for _place, _month, item, _unit in before}


def test_another_street_finds_no_outcome_of_this_one(town: Town) -> None:
    closed(town)
    actions.follow(now=MONDAY)
    with standing_on(EVERYWHERE):
        assert Counted.objects.get().outcome
    with standing_on([town.stone_bridge.code]):
        assert not Outcome.objects.exists()
    with standing_on([town.two_wells.code]):
        assert set(Outcome.objects.values_list("county", flat=True)) == {town.county.code}
        assert not Outcome.objects.filter(place=town.county.code).exists()
