"""What can be asked of the numbers."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.town import Town
from yiwang.cases import actions as acts
from yiwang.cases.access import reporter
from yiwang.cases.tests.make import MONDAY, as_, at, closed, dispatched, make_lamp, reported
from yiwang.catalogue.models import Item
from yiwang.insight import actions, queries
from yiwang.insight.models import Tally
from yiwang.insight.queries import trends
from yiwang.insight.queries.behind import Asked, counted_in
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

TODAY = MONDAY.date()


@pytest.fixture(autouse=True)
def lamp(town: Town) -> Item:
    return make_lamp()


def counted() -> None:
    actions.follow(now=MONDAY)


def tally(facet: str, place: str, day: date, *, key: int = 0, **sums: int) -> None:
    """Numbers of a day of which no cases are told."""
    Tally.objects.create(county=place[:6], facet=facet, place=place, day=day, key=key, **sums)


def test_today_stands_beside_the_median_of_the_same_weekday_by_this_time(town: Town) -> None:
    reported(town)
    counted()
    for week in range(1, 9):
        day = TODAY - timedelta(days=7 * week)
        # Half past nine: all of the eighth hour, half of the ninth, nothing of the evening.
        for hour, n in ((8, 4), (9, 2), (20, 50)):
            tally("hour", town.two_wells.code, day, key=hour, reported=n * (9 if week == 3 else 1))
    pulse = queries.pulse(as_(town.mei), now=MONDAY)
    assert (pulse.reported.now, pulse.reported.usual, pulse.by_hour) == (1, 5, True)
    assert (pulse.closed.now, pulse.closed.usual) == (0, None)


def test_a_communitys_usual_day_is_a_whole_one(town: Town) -> None:
    for week in range(1, 9):
        tally("board", town.well_lane.code, TODAY - timedelta(days=7 * week), reported=12)
    pulse = queries.pulse(as_(town.mei), now=MONDAY, place=town.well_lane.code)
    assert (pulse.reported.usual, pulse.by_hour) == (12, False)


def test_a_county_is_asked_for_by_its_own_row_and_not_summed_from_its_towns(town: Town) -> None:
    give(town.lan, [Duty.SEE_NUMBERS], ground=town.county)
    closed(town)
    acts.report(acts.Report("桥头的路灯不亮了", place=town.bridge_grid.code), by=reporter(), now=MONDAY)
    counted()
    span = queries.Span(TODAY, TODAY)
    [both] = queries.rates(as_(town.lan), "reported", span=span)
    [one] = queries.rates(as_(town.lan), "reported", span=span, place=town.stone_bridge.code)
    assert (both.over, one.over) == (2, 1)


def test_an_item_that_is_told_far_more_often_than_usual_got_worse(town: Town, lamp: Item) -> None:
    for ago in range(1, 64):
        day = TODAY - timedelta(days=ago)
        tally("item", town.two_wells.code, day, key=lamp.pk, reported=6 if ago <= 7 else 1)
        tally("item", town.two_wells.code, day, key=lamp.pk + 1, reported=1)
    [worse] = queries.worse(as_(town.mei), today=TODAY)
    assert (worse.item, worse.now, worse.usual) == (lamp.pk, 42, 7)


def test_a_community_beside_others_got_worse(town: Town) -> None:
    for ago in range(1, 64):
        day = TODAY - timedelta(days=ago)
        tally("board", town.well_lane.code, day, reported=6 if ago <= 7 else 1)
        tally("board", town.upper_lane.code, day, reported=1)
    assert [one.place for one in queries.worse(as_(town.mei), today=TODAY)] == [town.well_lane.code]


def test_what_is_overdue_is_stuck_with_the_desk_or_with_a_post(town: Town) -> None:
    reported(town, item="LAMP")
    dispatched(town)
    dispatched(town)
    counted()
    late = queries.pulse(as_(town.mei), now=at(days=60))
    desk, post = sorted(late.stuck, key=lambda one: not one.on_desk)
    assert list(late.stuck) == [post, desk], "those with the most first"
    assert (late.open, late.overdue) == (3, 3)
    assert (desk.on_desk, desk.overdue) == (True, 1)
    assert (post.on_desk, post.post, post.unit, post.overdue) == (
        False, town.water_post.pk, town.water_company.pk, 2,
    )  # fmt: skip
    assert queries.pulse(as_(town.mei), now=MONDAY).stuck == []


def test_what_was_opened_again_fares_worst(town: Town) -> None:
    late, again = dispatched(town), closed(town)
    acts.reopen(again, reason="又坏了", by=as_(town.gu), now=MONDAY)
    counted()
    assert queries.neglected(as_(town.mei), now=at(days=60)) == [again, late]
    assert queries.neglected(as_(town.mei), now=MONDAY) == [again]


def test_units_are_ranked_by_a_rate_that_small_numbers_do_not_flatter(town: Town) -> None:
    for unit, in_time, due in ((1, 3, 3), (2, 190, 200), (3, 120, 200)):
        tally("unit", town.two_wells.code, TODAY, key=unit, due=due, due_in_time=in_time)
    span = queries.Span(TODAY, TODAY)
    assert [line.unit for line in queries.ranking(as_(town.mei), span=span)] == [2, 1, 3]
    assert [line.unit for line in queries.ranking(as_(town.mei), span=span, fewest=10)] == [2, 3]


def test_boards_tell_what_each_of_them_had(town: Town) -> None:
    closed(town)
    counted()
    [board] = queries.boards(as_(town.mei), span=queries.Span(TODAY, TODAY))
    assert (board.sums["reported"], board.sums["closed"]) == (1, 1)


def test_every_day_of_a_span_is_told_also_one_without_anything(town: Town) -> None:
    closed(town)
    counted()
    days = queries.daily(as_(town.mei), span=queries.Span(TODAY - timedelta(days=2), TODAY))
    assert [sums["reported"] for _, sums in days] == [0, 0, 1]


def test_everybody_knows_their_own_month(town: Town) -> None:
    closed(town)
    counted()
    assert queries.own_month(as_(town.bo), today=TODAY) == queries.OwnMonth(0, 0, 1, 0, 0, 0)
    assert queries.own_month(as_(town.wen), today=TODAY) == queries.OwnMonth(0, 0, 0, 1, 1, 0)
    assert queries.own_month(as_(town.ding), today=TODAY) == queries.OwnMonth(0, 0, 0, 0, 0, 0)


def test_a_unit_knows_its_load_and_its_month_and_nobody_elses(town: Town) -> None:
    dispatched(town)
    closed(town)
    counted()
    wen, unit, now = as_(town.wen), town.water_company.pk, at(days=60)
    load = queries.unit_load(wen, unit, now=now)
    assert (load.overdue, load.open) == (1, 1)
    month = queries.month_of(TODAY)
    [given] = queries.unit_rates(wen, unit, "hand_back_rate", span=month)
    assert (given.over, given.of) == (0, 2)
    [line] = queries.carried(wen, unit, now=MONDAY)
    assert (line.post, line.month["closed"]) == (town.water_post.pk, 1)
    assert queries.unit_load(as_(town.bo), unit, now=now).open == 0
    assert queries.carried(as_(town.bo), unit, now=MONDAY) == []


def test_no_answer_ever_reads_the_table_of_cases(town: Town) -> None:
    closed(town)
    dispatched(town)
    counted()
    mei, wen, span = as_(town.mei), as_(town.wen), queries.Span(TODAY, TODAY)
    with CaptureQueriesContext(connection) as asked:
        queries.pulse(mei, now=MONDAY)
        queries.rates(mei, "closure_rate", span=span)
        queries.daily(mei, span=span)
        queries.boards(mei, span=span)
        queries.ranking(mei, span=span)
        queries.worse(mei, today=TODAY)
        queries.neglected(mei, now=MONDAY)
        queries.unit_load(wen, town.water_company.pk, now=MONDAY)
        queries.carried(wen, town.water_company.pk, now=MONDAY)
        queries.own_month(wen, today=TODAY)
    assert asked.captured_queries
    assert not [query["sql"] for query in asked if "cases_case" in query["sql"]]


def test_weeks_stand_beside_the_same_weeks_of_last_year(town: Town) -> None:
    tally("board", town.two_wells.code, TODAY - timedelta(days=1), reported=7)
    for days in (1, 7):
        tally("board", town.two_wells.code, TODAY - timedelta(days=days + 7 * 52), reported=3)
    tally("board", town.two_wells.code, TODAY, reported=99)
    weeks = trends.trend(as_(town.mei), today=TODAY)
    assert len(weeks) == trends.SHOWN
    assert (weeks[-1].now["reported"], weeks[-1].then["reported"], weeks[-1].there) == (7, 6, True)
    assert not weeks[-2].there, "counting had not begun"


def test_an_outbreak_of_an_item_in_a_town_is_found_and_leads_to_its_reports(town: Town, lamp: Item) -> None:
    for ago in range(1, 400):
        day = TODAY - timedelta(days=ago)
        tally("board", town.two_wells.code, day, reported=2)
        for place in (town.two_wells.code, town.county.code):
            tally("item", place, day, key=lamp.pk, reported=5 if ago <= 7 else 1)
            tally("item", place, day, key=lamp.pk + 1, reported=1)
    found = trends.outbreaks(as_(town.mei), today=TODAY)
    [one] = found.found
    assert (one.item, one.place, one.judged.now) == (lamp.pk, town.two_wells.code, 35)
    assert one.judged.expected == pytest.approx(7, abs=0.5)
    assert trends.outbreaks(as_(town.ding), today=TODAY).found == []
    asked = Asked("reported", one.place, found.span, item=one.item)
    assert counted_in(as_(town.mei), asked) == 35
