"""The ladder is data: changed by who administers, refused with reasons, and holding for open cases at once."""

from typing import Any

import pytest

from tests.town import Town
from yiwang.cases.tests.make import MONDAY, at, in_hand, make_lamp, refused
from yiwang.catalogue.models import Board
from yiwang.catalogue.rules import Stage
from yiwang.people.models import Role
from yiwang.people.tests.make import make_holding, make_post
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision import actions, models
from yiwang.supervision.access import responsible
from yiwang.supervision.actions import Wanted
from yiwang.supervision.policy import policy
from yiwang.supervision.rules.clock import Shares
from yiwang.supervision.rules.ladder import Level
from yiwang.supervision.tests.make import passes, reminded, watch

TODAY = MONDAY.date()
HALFWAY = Wanted(Level.CENTRE, 50)


@pytest.mark.django_db
def test_an_installation_begins_with_a_ladder(town: Town) -> None:
    rungs = policy().ladder(town.county.code, 0, "routine")
    assert [(rung.level, rung.percent) for rung in rungs] == [
        ("handler", 80), ("head", 100), ("centre", 120), ("leader", 150), ("county", 200),
    ]  # fmt: skip
    assert all(rung.answer_minutes for rung in policy().ladder(town.county.code, 0, "emergency"))


@pytest.mark.django_db
def test_a_countys_ladder_replaces_everybodys_and_holds_for_open_cases(town: Town) -> None:
    make_lamp()
    number = in_hand(town)
    passes(MONDAY)
    actions.add_rung(HALFWAY, county=town.county, by=town.ning, today=TODAY)
    passes(MONDAY)
    assert watch(number).next_at == watch(number).soon_at
    passes(at(days=60))
    assert reminded(number) == [("centre", 50)]
    assert Entry.objects.get(act="add_rung").ground == town.county.code


@pytest.mark.django_db
def test_a_new_rung_tells_nobody_of_what_was_late_long_ago(town: Town) -> None:
    make_lamp()
    number = in_hand(town)
    passes(at(days=60))
    before = reminded(number)
    actions.add_rung(HALFWAY, county=town.county, by=town.ning, today=TODAY)
    passes(at(days=60))
    passes(at(days=61))
    assert reminded(number) == before


@pytest.mark.django_db
def test_a_rung_is_changed_and_taken_away(town: Town) -> None:
    rung = actions.add_rung(HALFWAY, county=town.county, by=town.ning, today=TODAY)
    rung = actions.change_rung(rung, Wanted(Level.LEADER, 90), by=town.ning, today=TODAY)
    assert (rung.level, rung.percent) == ("leader", 90)
    actions.remove_rung(rung, by=town.ning, today=TODAY)
    assert not models.Rung.objects.filter(county=town.county).exists()


@pytest.mark.django_db
def test_rungs_that_make_no_sense_are_refused(town: Town) -> None:
    actions.add_rung(HALFWAY, county=town.county, by=town.ning, today=TODAY)
    for wanted, code in (
        (HALFWAY, "rung_twice"), (Wanted(Level.HEAD, 1001), "rung_percent_unfit"),
        (Wanted(Level.HEAD, 1, answer_minutes=0), "rung_minutes_unfit"),
    ):  # fmt: skip
        with refused(code):
            actions.add_rung(wanted, county=town.county, by=town.ning, today=TODAY)
    with refused("county_not_a_county"):
        actions.add_rung(HALFWAY, county=town.two_wells, by=town.ning, today=TODAY)


@pytest.mark.django_db
def test_colours_are_set_for_a_board(town: Town) -> None:
    make_lamp()
    number = in_hand(town)
    passes(MONDAY)
    before = watch(number).soon_at
    board = Board.objects.get(code="livelihood", county=None)
    where: dict[str, Any] = {"board": board, "county": town.county, "by": town.ning, "today": TODAY}
    kept = actions.set_shares(Shares(25, 90), **where)
    passes(MONDAY)
    assert before is not None
    now = watch(number).soon_at
    assert now is not None
    assert now < before
    actions.set_shares(Shares(30, 90), **where, change=kept)
    with refused("shares_twice"):
        actions.set_shares(Shares(30, 90), **where)
    with refused("shares_unfit"):
        actions.set_shares(Shares(90, 30), **where, change=kept)


@pytest.mark.django_db
def test_who_administers_one_county_changes_no_others_ladder(town: Town) -> None:
    for county in (town.other_county, None):
        with refused("duty_not_held_there"):
            actions.add_rung(HALFWAY, county=county, by=town.ning, today=TODAY)
    own = Board.objects.create(code="own", name="本县", name_en="Own", county=town.other_county)
    with refused("board_of_another_county"):
        actions.set_shares(Shares(), board=own, county=town.county, by=town.ning, today=TODAY)


def test_the_wall_lets_a_county_change_its_own_ladder_and_its_cases_be_read_again(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        passes(MONDAY)
        models.Progress.objects.update(walked=None)
    with standing_on([town.county.code]):
        actions.add_rung(HALFWAY, county=town.county, by=town.ning, today=TODAY)
    with standing_on(EVERYWHERE):
        assert models.Progress.objects.get().walked == 0
    with standing_on([town.other_county.code]):
        assert models.Rung.objects.filter(county=town.county).exists(), "ladders are no secret"


@pytest.mark.django_db
def test_a_call_that_is_due_is_told_to_whoever_only_calls(town: Town) -> None:
    place, lead = town.lane_grid.code, town.water_post.pk
    caller = make_post(role=Role.objects.get(code="centre_caller"), unit=town.centre, ground=town.two_wells)
    make_holding(town.lan, caller)
    forget()
    assert responsible(Stage.CALL_BACK, place, lead, on=TODAY) == caller.pk
    assert responsible(Stage.CHECK, place, lead, on=TODAY) == town.bos_post.pk
    assert responsible(Stage.CALL_BACK, place, caller.pk, on=TODAY) is None, "of one's own unit nobody asks"
