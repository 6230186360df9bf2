"""Somebody tells what another has told already: they find it before they send, and join it."""

from typing import Any

import pytest

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Case, Note, Step
from yiwang.cases.numbers import secret_of
from yiwang.cases.queries import told
from yiwang.cases.rules import State, Told
from yiwang.cases.tests.make import (
    MONDAY,
    accepted,
    as_,
    at,
    case,
    checked,
    closed,
    in_hand,
    make_lamp,
    refused,
    reported,
)
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.places.tests.make import box, make_boundary
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen
from yiwang.plumbing.walls.ground import NOWHERE, standing_on
from yiwang.triage.queries import alike

HERE = (106.005, 30.005)


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def same(town: Town, into: int, **told: Any) -> actions.Received:
    given = {"text": "路灯又不亮", "item": "LAMP", "place": town.lane_grid.code} | told
    return actions.report_same(actions.Report(**given), into=into, by=reporter(), now=MONDAY)


def near(town: Town, *position: float, item: str = "LAMP") -> list[int]:
    spot = (position[0], position[1]) if position else None
    return [one.number for one in alike(item, town.lane_grid.code, spot)]


def test_what_is_near_is_found_from_no_ground_at_all_the_nearest_first(town: Town) -> None:
    far = reported(town, item="LAMP", position=(106.006, 30.005))
    beside = reported(town, item="LAMP", position=(106.0051, 30.005))
    reported(town, item="LAMP", position=(106.009, 30.005))
    with standing_on(NOWHERE):
        assert near(town, *HERE) == [beside, far]
        [one, other] = alike("LAMP", town.lane_grid.code, HERE)
    assert (one.metres, other.metres) == (50, 100)
    assert (one.item, one.words, one.opened_at) == ("路灯不亮", "待受理", MONDAY)
    assert one.place == "双井街道井巷社区井巷第一网格"


def test_without_a_position_the_same_item_in_the_same_grid_counts(town: Town) -> None:
    number = reported(town, item="LAMP")
    reported(town, item="LAMP", place=town.upper_lane.code)
    reported(town, text="说不清的事")
    assert near(town) == [number]
    assert alike("LAMP", town.county.code) == []
    assert alike("", town.lane_grid.code) == alike("NONE", town.lane_grid.code) == []


def test_a_courtyard_is_never_named(town: Town) -> None:
    reported(town, item="LAMP", place=town.yard.code)
    assert alike("LAMP", town.lane_grid.code)[0].place == "双井街道井巷社区井巷第一网格"


@pytest.mark.parametrize("secrecy", ["confidential", "sealed"])
def test_what_is_not_for_everybody_is_never_shown_nor_joined(town: Town, secrecy: str) -> None:
    make_item("HIDDEN", secrecy=Secrecy(secrecy))
    hidden = reported(town, item="HIDDEN", position=HERE)
    assert near(town, *HERE, item="HIDDEN") == []
    received = same(town, hidden)
    assert (received.joined, case(received.number).state) == (False, State.REPORTED)
    # Nor where the catalogue was changed afterwards.
    Case.objects.filter(number=reported(town, item="LAMP", position=HERE)).update(secrecy=secrecy)
    assert near(town, *HERE) == []


def test_what_has_ended_is_not_shown(town: Town) -> None:
    closed(town)
    joined = same(town, reported(town, item="LAMP")).number
    assert joined not in near(town)


def test_whoever_joins_has_a_number_of_their_own_follows_and_is_answered(town: Town) -> None:
    first = in_hand(town)
    received = same(town, first)
    mine = case(received.number)
    assert (received.joined, mine.state, mine.merged_into, mine.next_due_at) == (True, State.MERGED, first, None)
    assert case(first).followed
    view = told(received.number, secret_of(received.number))
    assert view is not None
    assert view.merged_into is not None
    assert (view.merged_into.unit, view.moves) == ("云岭县自来水公司", ())
    step = Step.objects.get(number=received.number, move="follow")
    assert (step.actor, step.given) == ("reporter", {"into": first})
    actions.finish(first, evidence=actions.Brought("换了灯泡"), by=as_(town.wen), now=MONDAY)
    actions.confirm(first, by=as_(town.bo), now=MONDAY)
    actions.call_back(first, solved=True, satisfied=True, by=as_(town.mei), now=MONDAY)
    actions.close(first, by=as_(town.mei), now=MONDAY)
    assert actions.answer_followers(first) == 1
    actions.separate(received.number, reason="另一盏灯", by=as_(town.mei), now=MONDAY)
    assert case(received.number).state == State.REPORTED


def test_a_worker_joins_under_their_own_name_unless_anonymously(town: Town) -> None:
    first = accepted(town)
    told = actions.Report("路灯不亮", item="LAMP", place=town.lane_grid.code)
    named = actions.report_same(told, into=first, by=as_(town.bo), now=MONDAY).number
    assert Step.objects.get(number=named, move="follow").actor == f"person:{town.bo.pk}"
    hidden = actions.Report("路灯不亮", told=Told.ANONYMOUS, item="LAMP", place=town.lane_grid.code)
    nameless = actions.report_same(hidden, into=first, by=as_(town.bo), now=MONDAY).number
    assert {step.actor for step in Step.objects.filter(number=nameless)} == {"reporter"}


def test_what_ended_meanwhile_takes_in_nobody_and_the_report_goes_on_by_itself(town: Town) -> None:
    ended = closed(town)
    received = same(town, ended)
    assert (received.joined, case(received.number).state) == (False, State.REPORTED)


def test_joining_sent_twice_is_one_report(town: Town) -> None:
    first, key = accepted(town), actions.Key(b"k" * 32, b"s" * 32)
    told = actions.Report("路灯不亮", item="LAMP", place=town.lane_grid.code)
    one, other = (
        actions.report_same(told, into=first, by=reporter(), now=MONDAY, key=key) for _ in range(2)
    )  # fmt: skip
    assert (one.number, one.joined, other.again) == (other.number, True, True)
    assert Step.objects.filter(number=one.number).count() == 2


def test_the_desk_asks_and_the_reporter_answers(town: Town) -> None:
    number = accepted(town)
    actions.ask(number, text="是哪一根灯杆？", by=as_(town.mei), now=MONDAY)
    view = told(number, secret_of(number))
    assert view is not None
    assert (view.question, view.notes[-1].kind, view.notes[-1].unit) == (
        "是哪一根灯杆？", "question", "双井街道指挥中心",
    )  # fmt: skip
    actions.add(number, text="井边第二根", by=reporter(), now=at(hours=1))
    answered = told(number, secret_of(number))
    assert answered is not None
    assert answered.question == ""


def test_who_may_not_ask_and_what_is_not_asked_about(town: Town) -> None:
    number = accepted(town)
    with refused("no_such_case", Unseen):
        actions.ask(number, text="?", by=as_(town.ding), now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.ask(number, text="?", by=reporter(), now=MONDAY)
    with refused("note_says_nothing"):
        actions.ask(number, text=" ", by=as_(town.mei), now=MONDAY)
    with refused("move_too_late", Overtaken):
        actions.ask(closed(town), text="?", by=as_(town.mei), now=MONDAY)


def test_a_note_sent_twice_is_said_once_and_again_later_is_said_again(town: Town) -> None:
    number = checked(town)
    for hours in (0, 0.1, 2):
        actions.comment(number, text="灯已修好", by=as_(town.mei), now=at(hours=hours))
    assert Note.objects.filter(case=number).count() == 2
    actions.comment(number, text="灯已修好", by=as_(town.gu), now=at(hours=2))
    assert Note.objects.filter(case=number).count() == 3


def test_where_the_ground_is_drawn_what_is_near_is_found_across_its_borders(town: Town) -> None:
    make_boundary(town.well_lane.code, box(0, 0))
    make_boundary(town.bridge_village.code, box(1, 0))
    make_boundary(town.upper_lane.code, box(30, 30))
    border = (106.002, 32.001)
    here = reported(town, item="LAMP", place="", position=(106.0015, 32.001))
    across = reported(town, item="LAMP", place="", position=(106.0025, 32.001))
    vague = reported(town, item="LAMP", place=town.county.code, position=(106.0021, 32.001))
    make_boundary(town.county.code, box(-50, -50, 200, 200))
    forget("boundaries")
    found = [one.number for one in alike("LAMP", town.well_lane.code, border)]
    assert sorted(found) == sorted([here, across, vague])
