"""The four lists say what was told, what is done about it, who answers, and what came of it; to nobody else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.town import Town
from yiwang.cases import actions as acts
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, closed, in_hand, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.lists import access, actions, queries
from yiwang.lists.models import Measure
from yiwang.lists.queries import Asked, Problem
from yiwang.lists.rules import FIGURES, Period
from yiwang.lists.tests.make import counted, lamp, of, street
from yiwang.meetings.tests.make import called, decided, proposed
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision import actions as supervision
from yiwang.supervision.actions import WantedOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps(town: Town) -> Town:
    make_lamp()
    return town


def problem(person: Person, asked: Asked) -> Problem:
    [found] = queries.lists(as_(person), asked, now=MONDAY).problems
    return found


def refused(code: str, kind: type[Refused] = Refused) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(kind, check=lambda refusal: refusal.code == code)


def test_a_street_reads_what_was_told_done_and_reached(lamps: Town) -> None:
    closed(lamps)
    in_hand(lamps)
    counted()
    found = problem(lamps.mei, street(lamps))
    assert found.item == lamp()
    assert found.sums.items() >= {"told": 2, "open": 1, "closed": 1, "dispatched": 2, "in_time": 1}.items()
    [bearer] = found.bearers
    assert (bearer.unit, bearer.sums["told"]) == (lamps.water_company.pk, 2)


def test_what_is_overdue_stands_first(lamps: Town) -> None:
    reported(lamps, text="有件怪事"), reported(lamps, text="还有一件怪事")
    Case.objects.update(next_due_at=at(days=9))
    late = in_hand(lamps)
    Case.objects.filter(number=late).update(next_due_at=MONDAY)
    counted()
    found = queries.lists(as_(lamps.mei), street(lamps), now=MONDAY + timedelta(minutes=1))
    assert [one.sums.get("overdue", 0) for one in found.problems] == [1, 0]
    assert found.sums["overdue"] == 1
    assert found.sums["told"] == 3


def test_a_quarter_is_its_three_months(lamps: Town) -> None:
    closed(lamps)
    counted()
    quarter = Asked(lamps.two_wells.code, Period(MONDAY.date().replace(month=1, day=1), 3))
    assert problem(lamps.mei, quarter).sums["told"] == 1
    before = Asked(lamps.two_wells.code, Period(MONDAY.date().replace(month=2, day=1), 1))
    assert queries.lists(as_(lamps.mei), before, now=MONDAY).problems == []


def test_a_grid_worker_reads_the_lists_of_the_grid_and_a_company_its_own(lamps: Town) -> None:
    in_hand(lamps)
    counted()
    assert problem(lamps.bo, of(lamps.lane_grid)).sums["told"] == 1
    assert problem(lamps.wen, of(lamps.county, lamps.water_company.pk)).sums["open"] == 1
    assert access.units(as_(lamps.wen)) == [lamps.water_company.pk]


def test_nobody_reads_lists_of_other_ground_or_of_a_unit_that_is_not_theirs(lamps: Town) -> None:
    in_hand(lamps)
    counted()
    for person, asked in (
        (lamps.ding, street(lamps)), (lamps.bo, street(lamps)), (lamps.wen, street(lamps)), (lamps.lan, street(lamps)),
        (lamps.wen, of(lamps.county)), (lamps.mei, of(lamps.county, lamps.water_company.pk)),
        (lamps.bo, of(lamps.yard)),
    ):  # fmt: skip
        with refused("no_such_list", Unseen):
            queries.lists(as_(person), asked, now=MONDAY)
        with refused("no_such_list", Unseen):
            queries.behind(as_(person), asked, "told", now=MONDAY, before=10**16, most=9)


def test_what_is_confidential_stands_in_no_list(lamps: Town) -> None:
    number = in_hand(lamps)
    Case.objects.filter(number=number).update(secrecy=Secrecy.CONFIDENTIAL, next_due_at=MONDAY)
    counted()
    found = queries.lists(as_(lamps.mei), street(lamps), now=MONDAY + timedelta(days=1))
    assert found.problems == []
    for figure in ("told", "overdue"):
        assert not queries.behind(as_(lamps.mei), street(lamps), figure, now=at(days=1), before=10**16, most=9)


def test_each_figure_leads_to_as_many_cases_as_it_counts(lamps: Town) -> None:
    first, _second = accepted(lamps), closed(lamps)
    acts.merge(reported(lamps), into=first, by=as_(lamps.mei), now=MONDAY)
    acts.merge(reported(lamps), into=first, by=as_(lamps.mei), now=MONDAY)
    give(lamps.lan, [Duty.SUPERVISE, Duty.CONVENE, Duty.SEE_NUMBERS], ground=lamps.two_wells)
    proposed(lamps)
    late = in_hand(lamps)
    Case.objects.filter(number=late).update(next_due_at=MONDAY)
    listed = WantedOrder(late, "五日内办结", lamps.wen.pk, lamps.water_post.pk, at(days=5))
    supervision.list_case(listed, by=as_(lamps.gu), now=MONDAY)
    counted()
    now = MONDAY + timedelta(minutes=1)
    for asked in (street(lamps), of(lamps.county, lamps.water_company.pk)):
        reader = lamps.wen if asked.unit else lamps.mei
        found = queries.lists(as_(reader), asked, now=now)
        assert found.sums["told"] >= 2
        for figure in FIGURES:
            lines = queries.behind(as_(reader), asked, figure, now=now, before=10**16, most=99, item=lamp())
            assert sum(line.times for line in lines) == found.sums.get(figure, 0), figure
    found = queries.lists(as_(lamps.mei), street(lamps), now=now)
    assert {name: found.sums[name] for name in ("again", "listed", "tabled", "overdue")} == {
        "again": 2, "listed": 1, "tabled": 1, "overdue": 1,
    }  # fmt: skip
    assert [one.times for one in queries.behind(as_(lamps.mei), street(lamps), "again", now=now, before=10**16,
                                                most=9)] == [2]  # fmt: skip


def test_whoever_is_named_for_a_case_stands_among_the_responsible_until_it_has_ended(lamps: Town) -> None:
    post = give(lamps.lan, [Duty.SUPERVISE, Duty.CONVENE, Duty.SEE_NUMBERS], ground=lamps.two_wells)
    item = proposed(lamps)
    decided(item, called(lamps, lamps.lan), (lamps.lan, post), lamps.lan)
    counted()
    [leader] = problem(lamps.mei, street(lamps)).leaders
    assert (leader.owner, leader.post, leader.until) == (f"person:{lamps.lan.pk}", post.pk, at(days=10))
    assert leader.case == item.case


def test_a_measure_is_written_once_and_stands_where_its_place_lies(lamps: Town) -> None:
    written = actions.write(lamps.lane_grid.code, lamp(), text=" 每周三清运 ", by=as_(lamps.bo), now=MONDAY)
    again = actions.write(lamps.lane_grid.code, lamp(), text="每周三清运", by=as_(lamps.bo), now=MONDAY)
    assert (written.pk, written.text, written.post_id) == (again.pk, "每周三清运", lamps.bos_post.pk)
    for place, person in ((lamps.lane_grid, lamps.bo), (lamps.two_wells, lamps.mei)):
        [found] = problem(person, of(place)).measures
        assert (found.measure.text, found.ended_at) == ("每周三清运", None)
    elsewhere = queries.lists(as_(lamps.mei), of(lamps.upper_lane), now=MONDAY)
    assert elsewhere.problems == []


def test_a_company_writes_for_itself_and_the_street_reads_it(lamps: Town) -> None:
    in_hand(lamps)
    counted()
    unit = lamps.water_company.pk
    actions.write(lamps.county.code, lamp(), text="夜间巡查", by=as_(lamps.wen), now=MONDAY, unit=unit)
    [own] = problem(lamps.wen, of(lamps.county, unit)).measures
    assert own.measure.post_id == lamps.water_post.pk
    # It is written for the whole county, and so for the street; which neither wrote it nor ends it.
    [held] = problem(lamps.mei, street(lamps)).measures
    assert (held.measure.pk, held.around, own.around) == (own.measure.pk, True, False)
    with refused("no_such_measure", Unseen):
        actions.end(held.measure.pk, text="够了", by=as_(lamps.mei), now=MONDAY)


def test_what_a_county_does_stands_in_its_towns_lists_after_their_own(lamps: Town) -> None:
    in_hand(lamps)
    counted()
    give(lamps.lan, [Duty.SUPERVISE], ground=lamps.county)
    own = actions.write(lamps.two_wells.code, lamp(), text="每周三巡灯", by=as_(lamps.mei), now=MONDAY)
    for number in range(queries.MEASURES_SHOWN):
        actions.write(lamps.county.code, lamp(), text=f"全县换灯{number}", by=as_(lamps.lan), now=at(hours=1))
    found = problem(lamps.mei, street(lamps))
    assert [(one.measure.text, one.around) for one in found.measures] == [
        (own.text, False), ("全县换灯2", True), ("全县换灯1", True)
    ]  # fmt: skip
    assert found.more_measures
    whole = queries.lists(as_(lamps.mei), street(lamps), now=MONDAY, item=lamp()).problems[0]
    assert len(whole.measures) == 4
    assert {one.around for one in problem(lamps.bo, of(lamps.lane_grid)).measures} == {True}
    assert {one.around for one in problem(lamps.lan, of(lamps.county)).measures} == {False}


def test_what_nobody_told_of_here_is_no_problem_here_because_the_county_does_something(lamps: Town) -> None:
    give(lamps.lan, [Duty.SUPERVISE], ground=lamps.county)
    written = actions.write(lamps.county.code, lamp(), text="全县换灯", by=as_(lamps.lan), now=MONDAY)
    assert queries.lists(as_(lamps.mei), street(lamps), now=MONDAY).problems == []
    # Who asks about that item alone reads it.
    [one] = queries.lists(as_(lamps.mei), street(lamps), now=MONDAY, item=lamp()).problems
    assert [line.measure.pk for line in one.measures] == [written.pk]


def test_what_a_county_ended_has_ended_in_its_towns(lamps: Town) -> None:
    in_hand(lamps)
    counted()
    give(lamps.lan, [Duty.SUPERVISE], ground=lamps.county)
    written = actions.write(lamps.county.code, lamp(), text="全县换灯", by=as_(lamps.lan), now=MONDAY)
    actions.end(written.pk, text="换完了", by=as_(lamps.lan), now=at(days=1))
    [found] = problem(lamps.mei, street(lamps)).measures
    assert (found.ended_text, found.around) == ("换完了", True)


def test_whoever_looks_after_nothing_there_writes_nothing(lamps: Town) -> None:
    for person, unit in ((lamps.ding, 0), (lamps.lan, 0), (lamps.wen, 0), (lamps.mei, lamps.water_company.pk)):
        with pytest.raises((Unseen, NotYours)):
            actions.write(lamps.two_wells.code, lamp(), text="清运", by=as_(person), now=MONDAY, unit=unit)
    with refused("measure_item_unknown"):
        actions.write(lamps.two_wells.code, 0, text="清运", by=as_(lamps.mei), now=MONDAY)
    with refused("measure_lacks_text"):
        actions.write(lamps.two_wells.code, lamp(), text=" ", by=as_(lamps.mei), now=MONDAY)
    assert not Measure.objects.exists()


def test_a_measure_is_ended_by_another_line_and_leaves_the_next_months(lamps: Town) -> None:
    written = actions.write(lamps.lane_grid.code, lamp(), text="每周三清运", by=as_(lamps.bo), now=MONDAY)
    with refused("no_such_measure", Unseen):
        actions.end(written.pk, text="够了", by=as_(lamps.ding), now=MONDAY)
    with refused("measure_lacks_text"):
        actions.end(written.pk, text="", by=as_(lamps.mei), now=MONDAY)
    actions.end(written.pk, text="已改为每天清运", by=as_(lamps.mei), now=at(days=1))
    with refused("measure_ended_already", Overtaken):
        actions.end(written.pk, text="再来一次", by=as_(lamps.mei), now=at(days=1))
    [found] = problem(lamps.bo, of(lamps.lane_grid)).measures
    assert (found.ended_text, found.ended_at, found.ended_post) == ("已改为每天清运", at(days=1), lamps.meis_post.pk)
    april = Asked(lamps.lane_grid.code, Period(MONDAY.date().replace(month=4, day=1), 1))
    assert queries.lists(as_(lamps.bo), april, now=MONDAY).problems == []


def test_the_same_words_after_the_end_are_a_measure_of_their_own(lamps: Town) -> None:
    first = actions.write(lamps.lane_grid.code, lamp(), text="每周三清运", by=as_(lamps.bo), now=MONDAY)
    actions.end(first.pk, text="写错了地方", by=as_(lamps.bo), now=MONDAY)
    second = actions.write(lamps.lane_grid.code, lamp(), text="每周三清运", by=as_(lamps.bo), now=MONDAY)
    assert second.pk != first.pk


def test_no_line_is_ever_changed(lamps: Town) -> None:
    written = actions.write(lamps.lane_grid.code, lamp(), text="每周三清运", by=as_(lamps.bo), now=MONDAY)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Measure.objects.filter(pk=written.pk).update(text="别的")


def test_taking_a_list_away_is_written_into_the_trail(lamps: Town) -> None:
    in_hand(lamps)
    counted()
    assert actions.give_out(street(lamps), by=as_(lamps.mei), now=MONDAY, form="docx").problems
    assert Entry.objects.filter(act="export_lists", ground=lamps.two_wells.code).exists()


def test_another_street_finds_no_measure_of_this_one(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        actions.write(town.lane_grid.code, lamp(), text="每周三清运", by=as_(town.bo), now=MONDAY)
    with standing_on([town.stone_bridge.code]):
        assert not Measure.objects.exists()
    with standing_on([town.two_wells.code]):
        assert Measure.objects.exists()
    with standing_on([town.county.code]):
        Measure.objects.create(
            county="990101", place=town.county.code, item_id=1, text="全县", at=MONDAY, author="person:1",
            post=town.dings_post,
        )  # fmt: skip
    with standing_on([town.stone_bridge.code]):
        assert [one.text for one in Measure.objects.all()] == ["全县"]
    with pytest.raises(DatabaseError, match="row-level security"), standing_on([town.stone_bridge.code]):
        Measure.objects.create(
            county="990101", place=town.lane_grid.code, item_id=1, text="别的", at=MONDAY, author="person:1",
            post=town.dings_post,
        )  # fmt: skip
