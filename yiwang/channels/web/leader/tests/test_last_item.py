"""One item: decided at the meeting that sits, told of by its owner, struck off by somebody else."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.leader.tests.committee import before_the_committee, decided, sitting
from yiwang.meetings.models import LastItem
from yiwang.people.models import Person, Post
from yiwang.plumbing.files.tests.make import jpeg
from yiwang.supervision.tests.make import make_county_leader, make_leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(town: Town) -> tuple[Person, Post]:
    make_lamp()
    return make_leader(town)


def decision(named: tuple[Person, Post], **instead: str) -> dict[str, str]:
    due = timezone.localdate() + timedelta(days=10)
    said = {"do": "decide", "owner": f"{named[0].pk}:{named[1].pk}", "text": "十日内修好线路", "due": due.isoformat()}
    return said | instead


def test_the_meeting_that_sits_names_who_answers(town: Town, leader: tuple[Person, Post]) -> None:
    item, gu = before_the_committee(town), at_the_desk(town.gu)
    assert "今天没有会议" in gu.get(f"/meetings/items/{item.pk}").content.decode()
    refused = gu.post(f"/meetings/items/{item.pk}/act", decision(leader))
    assert (refused.status_code, refused.context["given"]["text"]) == (422, "十日内修好线路")
    sitting(town, leader[0])
    assert leader[0].name in gu.get(f"/meetings/items/{item.pk}").content.decode()
    assert gu.post(f"/meetings/items/{item.pk}/act", decision(leader)).status_code == 302
    item.refresh_from_db()
    assert (item.owner, timezone.localtime(item.due_at).hour) == (f"person:{leader[0].pk}", 18)
    case = gu.get(f"/cases/{written(item.case)}").content.decode()
    assert "【末尾议题：会议决定】 十日内修好线路" in case, "the case's own page says so"


@pytest.mark.parametrize(
    "instead",
    [{"text": ""}, {"owner": ""}, {"owner": "1:x"}, {"due": ""}, {"due": "2026-02-31"}, {"due": "2020-01-01"}],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    town: Town, leader: tuple[Person, Post], instead: dict[str, str]
) -> None:  # fmt: skip
    item = before_the_committee(town)
    sitting(town, leader[0])
    page = at_the_desk(leader[0]).post(f"/meetings/items/{item.pk}/act", decision(leader, **instead))
    assert page.status_code == 422
    assert page.context["wrong"]
    assert instead.get("text", "十日内修好线路") in page.content.decode()


def test_its_owner_shows_it_done_and_somebody_else_strikes_it_off(town: Town, leader: tuple[Person, Post]) -> None:
    item = decided(before_the_committee(town), sitting(town, leader[0]), leader)
    lu, county = at_the_desk(leader[0]), at_the_desk(make_county_leader(town)[0])
    address = f"/meetings/items/{item.pk}/act"
    assert lu.post(address, {"do": "report", "text": "配件到了"}).status_code == 302
    lacking = lu.post(address, {"do": "ask_strike_off", "text": "修好了"})
    assert (lacking.status_code, "请附佐证" in lacking.content.decode()) == (422, True)
    shown = SimpleUploadedFile("lamp.jpg", jpeg(), content_type="image/jpeg")
    assert lu.post(address, {"do": "ask_strike_off", "text": "修好了", "evidence": shown}).status_code == 302
    assert lu.post(address, {"do": "strike_off", "text": "同意"}).status_code == 422, "not one's own work"
    page = county.get(f"/meetings/items/{item.pk}").content.decode()
    assert "<img" in page
    assert "配件到了" in page
    assert county.post(address, {"do": "strike_off", "text": "现场看过，同意销号"}).status_code == 302
    item.refresh_from_db()
    assert item.ended_at is not None
    assert county.get(f"/meetings/items/{item.pk}").context["moves"] == []


def test_it_does_not_exist_for_strangers(town: Town, leader: tuple[Person, Post]) -> None:
    item = before_the_committee(town)
    address = f"/meetings/items/{item.pk}"
    assert Client().get(address)["Location"] == f"/sign-in?next={address}"
    for stranger in (town.ding, town.wen, town.mei):
        assert at_the_desk(stranger).get(address).status_code == 404
        assert at_the_desk(stranger).post(f"{address}/act", {"do": "put_aside", "text": "不办了"}).status_code == 404
    assert LastItem.objects.get().ended_at is None


def test_a_longer_story_costs_no_more_queries(town: Town, leader: tuple[Person, Post]) -> None:
    item = decided(before_the_committee(town), sitting(town, leader[0]), leader)
    lu = at_the_desk(leader[0])
    address = f"/meetings/items/{item.pk}"
    one = queries_of(lu, address)
    for n in range(3):
        lu.post(f"{address}/act", {"do": "report", "text": f"进展{n}"})
    assert queries_of(lu, address) == one <= MOST_QUERIES
