"""Reminders wait quietly on the page that one opens first, and go away by one tap."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import acting, reporter
from yiwang.cases.tests.make import make_lamp
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give
from yiwang.supervision.models import Reminder
from yiwang.supervision.tests.make import make_leader, passes

pytestmark = pytest.mark.django_db
LEADER = [Duty.SUPERVISE, Duty.APPROVE, Duty.SEE_NUMBERS]


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def late(town: Town) -> int:
    """A lamp that has lain with the water company for a month; the whole ladder was climbed for it."""
    then, today = timezone.now() - timedelta(days=30), timezone.localdate()
    mei, wen = acting(town.mei, on=today), acting(town.wen, on=today)
    told = cases.Report("井巷口的路灯不亮了", place=town.lane_grid.code)
    number = cases.report(told, by=reporter(), now=then).number
    cases.accept(number, item="LAMP", place=town.lane_grid.code, by=mei, now=then)
    cases.dispatch(number, lead=town.water_post.pk, by=mei, now=then)
    cases.sign_for(number, by=wen, now=then)
    passes(timezone.now())
    return number


def shown(client: Client, address: str) -> list[int]:
    return [one.case.number for one in client.get(address).context["reminders"]]


def test_who_has_it_reads_it_above_what_waits_and_puts_it_away(town: Town) -> None:
    wen, number = at_the_desk(town.wen), late(town)
    page = wen.get("/mine").content.decode()
    assert shown(wen, "/mine") == [number]
    assert "▲ 已超期" in page
    reminder = Reminder.objects.get(case=number, level="handler")
    answer = wen.post(f"/reminders/{reminder.pk}/seen", {"next": "/mine"})
    assert (answer.status_code, answer["Location"]) == (302, "/mine")
    assert shown(wen, "/mine") == []


def test_the_leader_reads_it_on_the_overview(town: Town) -> None:
    leader, _ = make_leader(town)
    number = late(town)
    browser = at_the_desk(leader)
    assert shown(browser, "/leader") == [number]
    reminder = Reminder.objects.get(case=number, level="leader")
    assert browser.post(f"/reminders/{reminder.pk}/seen", {"next": "/leader"})["Location"] == "/leader"
    assert shown(browser, "/leader") == []


def test_who_has_to_look_reads_it_on_the_telephone(town: Town) -> None:
    number = late(town)
    cases.finish(
        number, evidence=cases.Brought("换了灯泡"), by=acting(town.wen, on=timezone.localdate()),
        now=timezone.now() - timedelta(days=20),
    )  # fmt: skip
    passes(timezone.now())
    assert shown(at_the_desk(town.bo), "/today") == [number]


def test_a_stranger_puts_nobodys_reminder_away(town: Town) -> None:
    number = late(town)
    reminder = Reminder.objects.get(case=number, level="handler")
    for person in (town.ding, town.lan):
        assert at_the_desk(person).post(f"/reminders/{reminder.pk}/seen").status_code == 404
    assert at_the_desk(town.gu).post(f"/reminders/{reminder.pk}/seen", {"next": "/mine"}).status_code == 302
    reminder.refresh_from_db()
    assert reminder.acknowledged_at is None, "who supervises sees it, and it is not theirs to answer"
    assert at_the_desk(town.wen).get(f"/reminders/{reminder.pk}/seen").status_code == 405


def test_more_reminders_cost_no_more_queries(town: Town) -> None:
    wen = at_the_desk(town.wen)
    late(town)
    one = queries_of(wen, "/mine")
    late(town)
    late(town)
    assert len(shown(wen, "/mine")) == 3
    assert queries_of(wen, "/mine") == one <= MOST_QUERIES


def test_the_overview_keeps_its_budget(town: Town) -> None:
    give(town.lan, LEADER, ground=town.two_wells)
    late(town)
    assert queries_of(at_the_desk(town.lan), "/leader") <= MOST_QUERIES
