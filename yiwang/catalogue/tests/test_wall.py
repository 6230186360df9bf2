"""The second wall: the catalogue is read by everybody, and written on its own county's ground only."""

import pytest
from django.db import Error, transaction

from tests.town import Town
from yiwang.catalogue import actions
from yiwang.catalogue.models import Board, Item, ItemVersion, Responsibility
from yiwang.catalogue.tests.make import LAMP, TODAY, make_item, make_responsibility
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


def test_everybody_reads_items_and_nobody_elsewhere_writes_them(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        own, common = make_item("L1", county=town.county), make_item("C1")
        board = Board.objects.get(code="economy")
    with standing_on([town.other_county.code]):
        assert {own, common} == set(Item.objects.all())
        assert ItemVersion.objects.count() == 2
        assert Item.objects.update(code="X") == 0
        assert Board.objects.update(name="X") == 0
        for item in (own, common):
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                ItemVersion.of(item, LAMP, number=2, since=TODAY, board=board).save()
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Item.objects.create(code="N1", county=town.county)
    with standing_on([town.county.code]):
        assert Item.objects.filter(pk=common.pk).update(code="X") == 0
        assert Item.objects.filter(pk=own.pk).update(code="X") == 1


def test_responsibilities_are_seen_on_their_ground_from_above_and_from_below(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        lamp = make_item("L1")
        county = make_responsibility(lamp, town.water_post, place=town.county)
        grid = make_responsibility(lamp, town.bos_post, place=town.lane_grid)
    seen = {}
    for place in (town.county, town.lane_grid, town.stone_bridge, town.other_county):
        with standing_on([place.code]):
            seen[place.code] = set(Responsibility.objects.all())
    assert list(seen.values()) == [{county, grid}, {county, grid}, {county}, set()]
    with standing_on([town.lane_grid.code]):
        assert Responsibility.objects.filter(pk=county.pk).update(until=TODAY) == 0
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            make_responsibility(lamp, town.water_post, place=town.two_wells)
    with standing_on(()):
        assert not Responsibility.objects.exists()


def test_acts_work_from_the_ground_of_whoever_acts(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        common = make_item("C1")
    with standing_on([town.county.code]):
        version = actions.add_item("L1", LAMP, county=town.county, parent=common, by=town.ning, today=TODAY)
        given = actions.set_responsibility(
            version.item, place=town.two_wells, post=town.water_post, since=TODAY, by=town.ning, today=TODAY
        )
        actions.set_responsibility(
            common, place=town.county, post=town.water_post, since=TODAY, by=town.ning, today=TODAY
        )
        actions.end_responsibility(given, on=TODAY, by=town.ning, today=TODAY)
        actions.retire_item(version.item, on=TODAY, by=town.ning, today=TODAY)
