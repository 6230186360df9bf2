"""Each figure leads to exactly the cases that it counts, and to nobody who may not see the figure."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import closed, make_lamp, reported
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.channels.web.leader import behind
from yiwang.insight import actions
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give

pytestmark = pytest.mark.django_db
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def leader(town: Town) -> Client:
    """Lan leads the street of Two Wells."""
    make_lamp()
    give(town.lan, [Duty.SUPERVISE, Duty.APPROVE, Duty.SEE_NUMBERS], ground=town.two_wells)
    return at_the_desk(town.lan)


def of(town: Town, **more: str) -> dict[str, Any]:
    return {"place": town.two_wells.code, **MARCH, **more}


def test_a_figure_leads_to_exactly_its_cases(town: Town, leader: Client) -> None:
    first, second = closed(town), closed(town, satisfied=False)
    actions.follow(now=timezone.now())
    shown = leader.get("/figures/satisfied_rate/cases", of(town), headers={"Accept-Language": "en"})
    assert [line.number for line in shown.context["lines"]] == [first]
    assert shown.context["figure"] == 1
    page = shown.content.decode()
    assert f'href="/cases/{written(first)}"' in page
    assert "1 counted" in page
    rest = leader.get("/figures/satisfied_rate/cases", of(town, part="rest")).context["lines"]
    assert [line.number for line in rest] == [second]
    unit = of(town, unit=str(town.water_company.pk), part="all")
    assert leader.get("/figures/signed_in_time_rate/cases", unit).context["figure"] == 2
    assert leader.get("/figures/signed_in_time_rate/cases", of(town, unit="999")).context["lines"] == []


def test_today_on_the_overview_leads_to_the_cases_of_today(town: Town, leader: Client) -> None:
    today = timezone.localdate().isoformat()
    page = leader.get("/leader").content.decode()
    assert f"/figures/reported/cases?place={town.two_wells.code}&amp;from={today}&amp;to={today}" in page


def test_whoever_may_not_see_a_figure_finds_no_cases_behind_it(town: Town, leader: Client) -> None:
    for stranger in (town.bo, town.ding):
        assert at_the_desk(stranger).get("/figures/reported/cases", of(town)).status_code == 404
    beyond = {**of(town), "place": town.stone_bridge.code}
    assert leader.get("/figures/reported/cases", beyond).status_code == 404
    for unfit in ({"place": "x"}, {"from": "2026-02-30"}, {"to": ""}, {"part": "x"}, {"unit": "-1"}, {"part": "rest"}):
        assert leader.get("/figures/reported/cases", of(town) | unfit).status_code == 404
    assert leader.get("/figures/nothing/cases", of(town)).status_code == 404
    assert leader.get("/figures/reported/cases", of(town) | {"to": "2026-02-01"}).status_code == 404


def test_a_case_that_is_counted_and_not_ones_own_to_open_is_said_to_be_so(town: Town) -> None:
    make_lamp()
    number = reported(town)
    actions.follow(now=timezone.now())
    give(town.lan, [Duty.SEE_NUMBERS], ground=town.two_wells)
    [line] = at_the_desk(town.lan).get("/figures/reported/cases", of(town)).context["lines"]
    assert line.number == number


@pytest.mark.parametrize("name", ["reported", "in_time_rate", "hand_back_rate"])
def test_all_times_can_be_asked_for(town: Town, leader: Client, name: str) -> None:
    asked = {"place": town.two_wells.code, "from": "0001-01-01", "to": "9999-12-31"}
    assert leader.get(f"/figures/{name}/cases", asked).status_code == 200


def test_three_cases_cost_no_more_queries_than_one(town: Town, leader: Client) -> None:
    reported(town)
    actions.follow(now=timezone.now())
    span = f"from=2026-01-01&to={timezone.localdate() + timedelta(days=1)}"
    address = f"/figures/reported/cases?place={town.two_wells.code}&{span}"
    one = queries_of(leader, address)
    reported(town), reported(town)
    actions.follow(now=timezone.now())
    assert queries_of(leader, address) == one <= MOST_QUERIES


def test_the_cases_are_taken_away_all_of_them(town: Town, leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "AT_ONCE", 1)
    numbers = [closed(town) for _ in range(3)]
    actions.follow(now=timezone.now())
    text = taken(leader.get("/figures/satisfied_rate/cases.csv", of(town))).decode()
    assert [str(number) in text for number in numbers] == [True] * 3
    assert at_the_desk(town.ding).get("/figures/reported/cases.csv", of(town)).status_code == 404
    assert leader.get("/figures/nothing/cases.csv", of(town)).status_code == 404
