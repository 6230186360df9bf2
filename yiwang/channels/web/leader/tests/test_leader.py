"""The leader's page: the numbers of a ground, and what is decided and written right there."""

import html
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import acting, reporter
from yiwang.cases.models import Case, Note, Petition
from yiwang.cases.tests.make import case, make_lamp
from yiwang.channels.web.asking import Menu
from yiwang.insight.actions import follow
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give
from yiwang.supervision.models import Watch

pytestmark = pytest.mark.django_db
LEADER = [Duty.SUPERVISE, Duty.APPROVE, Duty.SEE_NUMBERS]


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@pytest.fixture
def leader(town: Town) -> Client:
    """Lan leads the street of Two Wells."""
    give(town.lan, LEADER, ground=town.two_wells)
    return at_the_desk(town.lan)


def in_hand(town: Town, *, ago: timedelta = timedelta(0)) -> int:
    """A lamp that lies with the water company since then."""
    then, today = timezone.now() - ago, timezone.localdate()
    mei, wen = acting(town.mei, on=today), acting(town.wen, on=today)
    told = actions.Report("井巷口的路灯不亮了", place=town.lane_grid.code)
    number = actions.report(told, by=reporter(), now=then).number
    actions.accept(number, item="LAMP", place=town.lane_grid.code, by=mei, now=then)
    actions.dispatch(number, lead=town.water_post.pk, by=mei, now=then)
    actions.sign_for(number, by=wen, now=then)
    return number


def asked(town: Town) -> int:
    number = in_hand(town)
    wen, now = acting(town.wen, on=timezone.localdate()), timezone.now()
    actions.ask_more_time(number, hours=5, reason="等配件", by=wen, now=now)
    return number


def shown(client: Client, place: str = "") -> Any:
    follow(now=timezone.now())
    page = client.get("/leader", {"place": place} if place else {}, headers={"Accept-Language": "en"})
    assert page.status_code == 200
    return page.context


def test_who_leads_begins_here_and_nobody_else_finds_it(town: Town, leader: Client) -> None:
    assert leader.get("/")["Location"] == "/leader"
    for stranger in (town.mei, town.wen, town.bo, town.ding, town.ning):
        assert at_the_desk(stranger).get("/leader").status_code == 404
    assert Client().get("/leader")["Location"] == "/sign-in?next=/leader"


def test_today_is_told_and_what_is_overdue_is_told_with_whom_it_lies(town: Town, leader: Client) -> None:
    late = in_hand(town, ago=timedelta(days=20))
    in_hand(town)
    found = shown(leader)
    pulse = found["pulse"]
    assert (pulse.reported.now, pulse.open, pulse.overdue) == (1, 2, 1)
    [stuck] = found["stuck"]
    assert (stuck.post, stuck.overdue, stuck.on_desk) == (town.water_post.pk, 1, False)
    assert [one.case.number for one in found["neglected"]] == [late]


def test_every_figure_leads_to_the_cases_behind_it(town: Town, leader: Client) -> None:
    late = in_hand(town, ago=timedelta(days=20))
    new = in_hand(town)
    follow(now=timezone.now())
    page = leader.get("/leader").content.decode()
    for link, numbers in (
        ("/cases?place=&amp;overdue=yes", [late]),
        (f"/cases?place=&amp;overdue=yes&amp;lead={town.water_post.pk}", [late]),
    ):
        assert f'href="{link}"' in page
        listed = leader.get(link.replace("&amp;", "&")).context["page"].cases
        assert [one.number for one in listed] == numbers
    today = timezone.localdate()
    link = f"/figures/reported/cases?place={town.two_wells.code}&amp;from={today}&amp;to={today}&amp;part=counted"
    assert f'href="{link}"' in page
    assert [line.number for line in leader.get(link.replace("&amp;", "&")).context["lines"]] == [new]


def test_what_got_worse_leads_to_exactly_the_cases_that_are_counted(town: Town, leader: Client) -> None:
    for days in (2, 2, 2, 3, 3, 3, 4, 4, 4, 0):
        in_hand(town, ago=timedelta(days=days))
    follow(now=timezone.now() + timedelta(minutes=1))
    page = leader.get("/leader")
    [worse] = [one for one in page.context["worse"] if one.item]
    address = re.search(r'href="(/figures/reported/cases[^"]*item=[^"]*)"', page.content.decode())
    assert address
    behind = leader.get(html.unescape(address[1]))
    assert worse.now == 9
    assert len(set(re.findall(r"/cases/(\d{16})", behind.content.decode()))) == worse.now


def test_another_street_is_not_there_and_its_numbers_are_not_counted_in(town: Town, leader: Client) -> None:
    then = timezone.now()
    told = actions.Report("桥头的路灯不亮了", place=town.bridge_grid.code)
    actions.report(told, by=reporter(), now=then)
    assert shown(leader)["pulse"].reported.now == 0
    assert leader.get("/leader", {"place": town.stone_bridge.code}).status_code == 404
    assert leader.get("/leader", {"place": "nowhere"}).status_code == 404


def test_every_page_of_the_bar_is_found_at_the_foot_of_the_page(town: Town, leader: Client) -> None:
    page = leader.get("/leader")
    folded = [entry.links if isinstance(entry, Menu) else [entry] for entry in page.context["pages"]]
    addresses = {link.address for links in folded for link in links} - {"/leader"}
    assert {"/meetings", "/ranking"} <= addresses
    foot = page.content.decode().rpartition('<nav class="parts"')[2]
    assert set(re.findall('href="([^"]*)"', foot)) == addresses


def test_a_part_of_the_ground_has_numbers_of_its_own(town: Town, leader: Client) -> None:
    in_hand(town)
    well, upper = (shown(leader, place.code)["pulse"] for place in (town.well_lane, town.upper_lane))
    assert (well.reported.now, upper.reported.now) == (1, 0)
    assert not well.by_hour


def test_more_time_is_granted_right_there(town: Town, leader: Client) -> None:
    number = asked(town)
    [waiting] = shown(leader)["to_decide"]
    assert (waiting.turn.case.number, waiting.here) == (number, True)
    before = case(number).due_at
    said = {"asked": "more_time", "answer": "grant", "seen": case(number).steps}
    assert leader.post(f"/leader/{number}/decide", said)["Location"] == "/leader"
    after = case(number).due_at
    assert isinstance(before, datetime)
    assert after is not None
    assert after > before
    assert Petition.objects.get(case=number).granted


def test_no_needs_a_reason_and_what_was_typed_stays(town: Town, leader: Client) -> None:
    number = asked(town)
    said = {"asked": "more_time", "answer": "refuse", "reason": "", "seen": case(number).steps}
    refused = leader.post(f"/leader/{number}/decide", said)
    assert refused.status_code == 422
    # In words, not with the name of a field; and where it is to be written stands open.
    assert [str(one) for one in refused.context["messages"]] == ["请说明原因。"]
    assert '<details class="act" open><summary>不同意' in refused.content.decode()
    assert leader.post(f"/leader/{number}/decide", {**said, "seen": 1, "reason": "不行"}).status_code == 422
    page = leader.post(f"/leader/{number}/decide", {**said, "seen": 1, "reason": "不行"}).content.decode()
    assert "不行" in page
    assert Petition.objects.get(case=number).granted is None
    assert leader.post(f"/leader/{number}/decide", {**said, "reason": "配件有货"}).status_code == 302
    assert Petition.objects.get(case=number).answer == "配件有货"


def test_what_is_neither_more_time_nor_a_pause_is_not_decided_here(town: Town, leader: Client) -> None:
    number = asked(town)
    assert leader.post(f"/leader/{number}/decide", {"asked": "track", "answer": "grant"}).status_code == 404


def test_an_instruction_is_written_on_the_case(town: Town, leader: Client) -> None:
    number = in_hand(town, ago=timedelta(days=20))
    assert leader.post(f"/leader/{number}/instruct", {"text": "三天内必须修好"}).status_code == 302
    note = Note.objects.get(case=number)
    assert (note.kind, note.text) == ("instruction", "三天内必须修好")
    assert leader.post(f"/leader/{number}/instruct", {"text": " "}).status_code == 422


def test_the_address_of_a_form_leads_back_to_the_page(town: Town, leader: Client) -> None:
    """Who changes the language on a refused form asks for its address."""
    number = in_hand(town)
    for act in ("decide", "instruct"):
        assert leader.get(f"/leader/{number}/{act}")["Location"] == "/leader"
        assert leader.put(f"/leader/{number}/{act}").status_code == 405


def test_a_stranger_neither_decides_nor_instructs(town: Town, leader: Client) -> None:
    number = asked(town)
    give(town.ding, LEADER, ground=town.stone_bridge)
    ding = at_the_desk(town.ding)
    assert ding.post(f"/leader/{number}/decide", {"asked": "more_time", "answer": "grant"}).status_code == 422
    assert ding.post(f"/leader/{number}/instruct", {"text": "快办"}).status_code == 422
    assert Petition.objects.get(case=number).granted is None
    assert not Note.objects.exists()


def test_the_worst_cases_take_the_colours_of_their_own_limits(town: Town, leader: Client) -> None:
    """A day and a half is left, and yet nearly all of the time is used."""
    number, now, hour = in_hand(town), timezone.now(), timedelta(hours=1)
    Case.objects.filter(number=number).update(reopened=1, next_due_at=now + 36 * hour)
    follow(now=now)
    assert 'class="due calm"' in leader.get("/leader").content.decode()
    Watch.objects.create(
        number=number, county="990101", place=town.lane_grid.code, steps=1, since=now, round=now - 400 * hour,
        soon_at=now - 90 * hour, pressing_at=now - hour, due_at=now + 36 * hour,
    )  # fmt: skip
    assert 'class="due soon"' in leader.get("/leader").content.decode()


def test_three_cases_cost_no_more_queries_than_one(town: Town, leader: Client) -> None:
    def more() -> None:
        asked(town)
        in_hand(town, ago=timedelta(days=20))
        follow(now=timezone.now())

    more()
    one = queries_of(leader, "/leader")
    more()
    more()
    assert queries_of(leader, "/leader") == one <= MOST_QUERIES


def test_what_one_was_told_and_has_not_read_is_counted_as_on_every_page(leader: Client) -> None:
    page = leader.get("/leader").content.decode()
    assert 'class="bell" href="/notices"' in page
    assert 'data-poll="/notices/unread"' in page
