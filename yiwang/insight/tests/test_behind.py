"""Behind each figure stand exactly its cases: as many as it counts, whatever happened to them."""

from datetime import date, timedelta

import pytest

from tests.town import Town
from yiwang.cases.queries import FIRST
from yiwang.cases.tests.make import MONDAY, as_, closed, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.insight import actions
from yiwang.insight.access import sees
from yiwang.insight.queries import Span
from yiwang.insight.queries.behind import Asked, behind, counted_in
from yiwang.insight.rules.behind import Part, Wanted, keys_in, keys_of, parts_of, wanted_of
from yiwang.insight.rules.indicators import INDICATORS, value_of
from yiwang.insight.rules.marks import Mark, Measure
from yiwang.insight.tests.test_actions import Walk
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(autouse=True)
def _items(town: Town) -> None:
    make_lamp()
    make_item("SPOT", on_the_spot=True)
    make_item("SECRET", secrecy=Secrecy.SEALED)
    give(town.lan, [Duty.SEE_NUMBERS], ground=town.county)


def spans() -> list[Span]:
    days = [MONDAY.date() + timedelta(days=n) for n in (0, 4, 20)]
    years = [Span(date(2026, 1, 1), date(2027, 12, 31)), Span(date.min, date.max)]
    return [MARCH, *years, *(Span(day, day + timedelta(days=6)) for day in days)]


@pytest.mark.parametrize("seed", [3, 7])
def test_the_list_is_as_long_as_the_figure_says(town: Town, seed: int) -> None:
    walk, lan = Walk(town, seed), as_(town.lan)
    for _turn in range(260):
        walk.step()
    while actions.follow(now=MONDAY).more:
        pass
    places = [one.code for one in (town.county, town.two_wells, town.stone_bridge, town.well_lane, town.lane_grid)]
    units = [0, town.water_company.pk]
    asked = [
        Asked(name, place, span, part, unit)
        for name, one in INDICATORS.items() for part in parts_of(one)
        for place in places for span in spans() for unit in units
    ]  # fmt: skip
    compared = 0
    for one in asked:
        figure = counted_in(lan, one)
        if figure is None:
            continue
        assert sum(case.times for case in behind(lan, one, before=FIRST, most=500)) == figure, one
        compared += figure > 0
    assert compared > 60, "there is something to compare"


def test_above_the_line_and_the_rest_are_what_stands_below_it(town: Town) -> None:
    first, second = closed(town), closed(town, satisfied=False)
    actions.follow(now=MONDAY)
    lan = as_(town.lan)
    asked = {part: Asked("satisfied_rate", town.county.code, MARCH, part) for part in Part}
    lists = {part: [one.number for one in behind(lan, wanted, before=FIRST, most=9)] for part, wanted in asked.items()}
    assert lists == {Part.COUNTED: [first], Part.REST: [second], Part.ALL: [second, first]}


def test_a_page_ends_where_the_next_begins(town: Town) -> None:
    numbers = sorted((reported(town) for _ in range(5)), reverse=True)
    actions.follow(now=MONDAY)
    asked, lan = Asked("reported", town.two_wells.code, MARCH), as_(town.lan)
    page = behind(lan, asked, before=FIRST, most=2)
    assert [one.number for one in page] == numbers[:3]
    assert [one.number for one in behind(lan, asked, before=page[1].number, most=9)] == numbers[2:]


def test_behind_the_figures_of_others_there_is_nothing_to_see(town: Town) -> None:
    reported(town)
    actions.follow(now=MONDAY)
    asked, ding = Asked("reported", town.two_wells.code, MARCH), as_(town.ding)
    assert not sees(ding, asked.place)
    assert behind(ding, asked, before=FIRST, most=9) == []
    assert counted_in(ding, asked) is None


def test_no_figure_of_a_part_of_a_month_is_claimed_for_a_grid(town: Town) -> None:
    reported(town)
    actions.follow(now=MONDAY)
    lan, grid = as_(town.lan), town.lane_grid.code
    assert counted_in(lan, Asked("reported", grid, MARCH)) == 1
    assert counted_in(lan, Asked("reported", grid, Span(MONDAY.date(), MONDAY.date()))) is None
    assert len(behind(lan, Asked("reported", grid, Span(MONDAY.date(), MONDAY.date())), before=FIRST, most=9)) == 1


def test_a_case_keeps_a_key_for_each_figure_and_month_in_which_it_is() -> None:
    due = Mark(date(2026, 3, 31), counts={"due": 1, "due_closed": 1})
    late, in_time = Wanted(Measure.DUE, "due_in_time"), Wanted(Measure.DUE_IN_TIME)
    kept = set(keys_of([due, Mark(date(2026, 4, 1), person=7, counts={"checked": 1, "closed": 1})]))
    assert kept.issuperset(keys_in(late, date(2026, 3, 1), date(2026, 3, 31)))
    assert kept.isdisjoint(keys_in(late, date(2026, 4, 1), date(2026, 12, 31)))
    assert kept.isdisjoint(keys_in(in_time, date(2026, 1, 1), date(2026, 12, 31)))
    assert kept.isdisjoint(keys_in(Wanted(Measure.CLOSED), date(2026, 4, 1), date(2026, 4, 30))), "what people did"
    assert len(keys_in(late, date(2025, 11, 30), date(2026, 2, 1))) == 4
    assert max(keys_in(late, date(2600, 1, 1), date.max)) < 2**31


def test_every_indicator_knows_its_marks() -> None:
    assert wanted_of(INDICATORS["average_hours"], Part.COUNTED).has is Measure.CLOSED
    assert wanted_of(INDICATORS["in_time_rate"], Part.REST).lacks == "due_in_time"
    assert parts_of(INDICATORS["median_hours"]) == (Part.COUNTED,)
    for one in INDICATORS.values():
        assert value_of(one, {wanted_of(one, part).has: 1 for part in parts_of(one)}) is not None
