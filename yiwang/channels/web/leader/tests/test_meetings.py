"""What stands before a town's committee: who sees it, and how a meeting is called."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import in_hand, make_lamp
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.channels.web.leader.tests.committee import before_the_committee, decided, sitting
from yiwang.meetings.models import LastItem, Meeting
from yiwang.people.models import Person, Post
from yiwang.supervision.tests.make import make_county_leader, make_leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(town: Town) -> tuple[Person, Post]:
    make_lamp()
    return make_leader(town)


def test_a_leader_reads_why_each_case_is_there_and_calls_the_meeting(town: Town, leader: tuple[Person, Post]) -> None:
    item = before_the_committee(town)
    lu = at_the_desk(leader[0])
    page = lu.get("/meetings").content.decode()
    assert "重办 2 次" in page
    assert f"/meetings/items/{item.pk}" in page
    assert "超期 2 次" in page, "the rule is said too"
    day = timezone.localdate() + timedelta(days=3)
    called = lu.post("/meetings/new", {"place": town.two_wells.code, "day": day.isoformat()})
    meeting = Meeting.objects.get()
    assert called["Location"] == f"/meetings/{meeting.pk}"
    assert day.isoformat() in lu.get("/meetings").content.decode()


def test_what_was_decided_shows_who_answers(town: Town, leader: tuple[Person, Post]) -> None:
    decided(before_the_committee(town), sitting(town, leader[0]), leader)
    page = at_the_desk(town.gu).get("/meetings").content.decode()
    assert leader[0].name in page
    assert "十日内修好线路" in page


def test_the_agenda_is_sorted_and_taken_away_as_it_is_shown(town: Town, leader: tuple[Person, Post]) -> None:
    items = [before_the_committee(town), before_the_committee(town)]
    lu = at_the_desk(leader[0])
    for sort, wanted in (("", items), ("newest", items[::-1]), ("place", items)):
        assert [point.item for point in lu.get("/meetings", {"sort": sort}).context["points"]] == wanted
        text = taken(lu.get("/meetings.csv", {"sort": sort})).decode()
        at = [text.index(written(item.case)) for item in wanted]
        assert at == sorted(at)
    assert "重办 2 次" in text
    assert taken(lu.get("/meetings.xlsx"))[:2] == b"PK"
    for stranger in (town.lan, town.wen):
        assert at_the_desk(stranger).get("/meetings.csv").status_code == 404
    assert lu.get(f"/meetings.csv?place={town.stone_bridge.code}").status_code == 404


@pytest.mark.parametrize("day", ["", "2026-02-31", "2020-01-01"])
def test_a_day_that_cannot_be_is_said(town: Town, leader: tuple[Person, Post], day: str) -> None:
    page = at_the_desk(leader[0]).post("/meetings/new", {"place": town.two_wells.code, "day": day})
    assert page.status_code == 422
    assert page.context["wrong"]


def test_the_county_sees_all_its_towns_and_calls_no_meeting_for_all(town: Town, leader: tuple[Person, Post]) -> None:
    item = before_the_committee(town)
    county = at_the_desk(make_county_leader(town)[0])
    page = county.get("/meetings")
    assert [point.item for point in page.context["points"]] == [item]
    assert not page.context["may_call"]
    assert county.get("/meetings", {"place": town.stone_bridge.code}).context["points"] == []
    assert county.get("/meetings", {"place": town.two_wells.code}).context["may_call"]


def test_it_does_not_exist_for_strangers(town: Town, leader: tuple[Person, Post]) -> None:
    before_the_committee(town)
    assert Client().get("/meetings")["Location"] == "/sign-in?next=/meetings"
    for stranger in (town.ding, town.wen, town.bo, town.mei):
        assert at_the_desk(stranger).get("/meetings").status_code == 404
        asked = {"place": town.two_wells.code, "day": timezone.localdate().isoformat()}
        assert at_the_desk(stranger).post("/meetings/new", asked).status_code == 404
    lu = at_the_desk(leader[0])
    for elsewhere in (town.stone_bridge.code, town.county.code, "nowhere"):
        assert lu.get("/meetings", {"place": elsewhere}).status_code == 404
    assert not Meeting.objects.exists()


def test_more_items_cost_no_more_queries(town: Town, leader: tuple[Person, Post]) -> None:
    lu = at_the_desk(leader[0])
    decided(before_the_committee(town), sitting(town, leader[0]), leader)
    one = queries_of(lu, "/meetings")
    before_the_committee(town)
    before_the_committee(town)
    assert len(lu.get("/meetings").context["points"]) == 3
    assert queries_of(lu, "/meetings") == one <= MOST_QUERIES


def test_a_leader_brings_a_case_by_hand_and_says_why(town: Town, leader: tuple[Person, Post]) -> None:
    number, lu = written(in_hand(town)), at_the_desk(leader[0])
    assert f"/meetings?case={number}" in lu.get(f"/cases/{number}").content.decode()
    assert "/meetings/bring" in lu.get("/meetings", {"case": number}).content.decode()
    wrong = lu.post("/meetings/bring", {"case": number, "text": " "})
    assert wrong.status_code == 422
    brought = lu.post("/meetings/bring", {"case": number, "text": "三家单位互相推诿"})
    item = LastItem.objects.get()
    assert brought["Location"] == f"/meetings/items/{item.pk}"
    assert "三家单位互相推诿" in lu.get(f"/meetings/items/{item.pk}").content.decode()
    assert lu.post("/meetings/bring", {"case": number, "text": "再来一次"}).status_code == 422


def test_a_stranger_brings_nothing(town: Town, leader: tuple[Person, Post]) -> None:
    number = written(in_hand(town))
    for stranger in (town.ding, town.wen, town.bo, town.mei):
        assert at_the_desk(stranger).get("/meetings", {"case": number}).status_code == 404
        there = at_the_desk(stranger).post("/meetings/bring", {"case": number, "text": "上会"})
        assert there.status_code == 404
    lu = at_the_desk(leader[0])
    for unfit in ("", "9" * 16, "x"):
        assert lu.post("/meetings/bring", {"case": unfit, "text": "上会"}).status_code == 404
    assert not LastItem.objects.exists()
