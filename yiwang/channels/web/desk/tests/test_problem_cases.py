"""Each figure of the four lists leads to exactly its cases, and to nobody who may not see the list."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import closed, in_hand, make_lamp
from yiwang.lists.tests.make import counted, lamp
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(town: Town) -> Client:
    make_lamp()
    return at_the_desk(town.mei)


def of(town: Town, figure: str = "told") -> dict[str, str]:
    return {"place": town.two_wells.code, "period": "2026-03", "item": str(lamp()), "of": figure}


def test_a_figure_leads_to_its_cases(town: Town, desk: Client) -> None:
    done, going_on = closed(town), in_hand(town)
    counted()
    for figure, numbers in (("told", [going_on, done]), ("closed", [done]), ("open", [going_on]), ("again", [])):
        lines = desk.get("/lists/cases", of(town, figure)).context["lines"]
        assert [line.number for line in lines] == numbers


def test_whoever_sees_numbers_alone_opens_no_case(town: Town, desk: Client) -> None:
    in_hand(town, text="井巷口的路灯")
    give(town.lan, [Duty.SEE_NUMBERS], ground=town.two_wells)
    counted()
    shown = at_the_desk(town.lan).get("/lists/cases", of(town))
    assert [line.case for line in shown.context["lines"]] == [None]
    assert "井巷口的路灯" not in shown.content.decode()


def test_a_stranger_finds_no_cases(town: Town, desk: Client) -> None:
    in_hand(town)
    counted()
    for stranger in (town.ding, town.bo, town.wen):
        assert at_the_desk(stranger).get("/lists/cases", of(town)).status_code == 404
    assert desk.get("/lists/cases", of(town, "nothing")).status_code == 404


def test_three_cases_cost_no_more_queries_than_one(town: Town, desk: Client) -> None:
    address = f"/lists/cases?place={town.two_wells.code}&period=2026-03&of=told"
    in_hand(town)
    counted()
    desk.get(address)
    one = queries_of(desk, address)
    in_hand(town), in_hand(town)
    counted()
    assert queries_of(desk, address) == one <= MOST_QUERIES
