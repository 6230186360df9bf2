"""Hot spots are found, keep their number, end, and never hold what is not open to all."""

from datetime import timedelta

import pytest

from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, as_, refused
from yiwang.catalogue.models import Board, Item
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.spots import actions, queries
from yiwang.spots.actions import Of
from yiwang.spots.models import Gathered, Spot
from yiwang.spots.rules import Lookout
from yiwang.spots.tests.make import HERE, gathered

pytestmark = pytest.mark.django_db


def look(town: Town, **later: float) -> actions.Looked:
    return actions.look_in(town.county.code, now=MONDAY + timedelta(hours=1, **later))


def members(spot: int) -> set[int]:
    return set(Gathered.objects.filter(spot=spot).values_list("number", flat=True))


def test_where_more_is_told_than_ever_is_a_spot_with_its_place_its_item_and_its_past(town: Town) -> None:
    numbers = gathered(town)
    assert look(town).spots == 1
    spot = Spot.objects.get()
    assert set(numbers) <= members(spot.pk)
    assert (spot.place, spot.days) == (town.well_lane.code, 28)
    assert abs(spot.lon - HERE[0]) + abs(spot.lat - HERE[1]) < 0.001
    assert 0.5 < spot.usual < 1.5
    assert spot.last_year is not None
    assert spot.chance <= 0.05
    [hot] = queries.hottest(as_(town.mei))
    assert (hot.cases, hot.open, hot.places) == (spot.cases, spot.cases, [town.lane_grid.code])


def test_what_comes_each_year_is_no_spot_while_it_is_not_worse(town: Town) -> None:
    gathered(town, more=9, last_year=9)
    assert look(town).spots == 0
    assert not Spot.objects.exists()


def test_where_last_year_is_not_known_nobody_says_that_it_comes_each_year(town: Town) -> None:
    gathered(town, more=9, last_year=9)
    actions.set_lookout(Lookout(past_days=200), of=Of(town.county), by=town.ning, today=MONDAY.date())
    assert look(town).spots == 1
    assert Spot.objects.get().last_year is None


def test_as_much_as_ever_is_no_spot(town: Town) -> None:
    gathered(town, more=1)
    assert look(town).spots == 0


def test_it_keeps_its_number_while_it_goes_on_and_ends_when_nothing_gathers_any_more(town: Town) -> None:
    numbers = gathered(town)
    look(town)
    spot = Spot.objects.get()
    look(town, days=1)
    assert Spot.objects.get().pk == spot.pk
    assert Spot.objects.get().found_at == spot.found_at
    look(town, days=40)
    gone = Spot.objects.get()
    assert gone.gone_at == MONDAY + timedelta(hours=1, days=40)
    assert queries.hottest(as_(town.mei)) == []
    assert {case.number for case in queries.behind(as_(town.mei), spot.pk).cases} >= set(numbers)


def test_what_has_no_position_or_is_not_open_to_all_counts_nowhere(town: Town) -> None:
    numbers = gathered(town)
    Case.objects.filter(number=numbers[0]).update(secrecy="sealed")
    Case.objects.filter(number=numbers[1]).update(lon=None, lat=None)
    Case.objects.filter(number=numbers[2]).update(state="merged", merged_into=numbers[3])
    look(town)
    spot = Spot.objects.get()
    assert members(spot.pk).isdisjoint(numbers[:3])
    before = queries.hottest(as_(town.mei))[0].cases
    Case.objects.filter(number=numbers[4]).update(secrecy="confidential")
    assert queries.hottest(as_(town.mei))[0].cases == before - 1, "at once, not only after the next look"
    assert numbers[4] not in {case.number for case in queries.behind(as_(town.mei), spot.pk).cases}


def test_a_spot_of_which_nothing_may_be_told_any_more_is_not_there(town: Town) -> None:
    gathered(town)
    look(town)
    Case.objects.update(secrecy="sealed")
    assert queries.hottest(as_(town.mei)) == []
    with pytest.raises(Unseen):
        queries.behind(as_(town.mei), Spot.objects.get().pk)


def test_a_clerk_of_another_street_finds_none(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        gathered(town)
        look(town)
        spot = Spot.objects.get().pk
    with standing_on((town.two_wells.code,)):
        assert [hot.spot.pk for hot in queries.hottest(as_(town.mei))] == [spot]
    with standing_on((town.stone_bridge.code,)):
        assert not Spot.objects.exists()
        assert not Gathered.objects.exists()
        assert queries.hottest(as_(town.ding), town.two_wells.code) == []
        with pytest.raises(Unseen):
            queries.behind(as_(town.ding), spot)


def test_a_lookout_of_its_own_changes_what_is_found(town: Town) -> None:
    gathered(town, more=9)
    item = Case.objects.latest("number").item
    actions.set_lookout(
        Lookout(fewest=0), of=Of(town.county, item=item), by=town.ning, today=MONDAY.date()
    )  # fmt: skip
    assert look(town).spots == 0
    assert Entry.objects.filter(act="set_lookout").exists()


def test_a_lookout_that_makes_no_sense_or_is_there_already_is_refused(town: Town) -> None:
    gathered(town, more=1)
    item, today = Case.objects.latest("number").item, MONDAY.date()
    with refused("lookout_unfit"):
        actions.set_lookout(Lookout(metres=1), of=Of(town.county), by=town.ning, today=today)
    with refused("lookout_of_one"):
        both = Of(town.county, Board.objects.earliest("pk"), item)
        actions.set_lookout(Lookout(), of=both, by=town.ning, today=today)
    anothers = Item.objects.create(code="OTHER", county=town.other_county)
    with refused("lookout_unfit"):
        actions.set_lookout(Lookout(), of=Of(town.county, item=anothers), by=town.ning, today=today)
    actions.set_lookout(Lookout(), of=Of(town.county), by=town.ning, today=today)
    with refused("lookout_twice"):
        actions.set_lookout(Lookout(), of=Of(town.county), by=town.ning, today=today)
    with refused("duty_not_held_there"):
        actions.set_lookout(Lookout(), of=Of(), by=town.ning, today=today)
