"""The list behind the bell: one's own alone, read by opening."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import MONDAY, dispatched, make_lamp
from yiwang.notices.models import Notice
from yiwang.people.models import Person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(town_behind_the_wall: Town) -> int:
    with standing_on(EVERYWHERE):
        make_lamp()
        return dispatched(town_behind_the_wall)


def notice(number: int | None, to: Person, occasion: str = "dispatched", **given: Any) -> Notice:
    place = given.pop("place", "990101001001001")
    with standing_on(EVERYWHERE):
        return Notice.objects.create(
            county=place[:6], key=str(uuid4()), occasion=occasion, case=number, place=place, at=MONDAY,
            recipient=f"person:{to.pk}", channel="page", state="sent", gone_at=MONDAY, **given,
        )  # fmt: skip


def test_one_reads_what_one_was_told_in_ones_own_words(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    notice(number, town.wen)
    notice(number, town.wen, "overdue")
    wen = at_the_desk(town.wen)
    page = wen.get("/notices").content.decode()
    assert "派给您" in page
    assert "已经超期" in page
    assert "▲" in page
    assert written(number) in page
    assert "不亮" not in page


def test_the_bell_counts_and_says_nothing_twice(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    wen = at_the_desk(town.wen)
    assert "count" not in wen.get("/notices/unread").content.decode()
    notice(number, town.wen)
    answer = wen.get("/notices/unread")
    assert '<b class="count">1</b>' in answer.content.decode()
    assert wen.get("/notices/unread", headers={"if-none-match": answer["ETag"]}).status_code == 304
    for _more in range(100):
        notice(number, town.wen)
    assert "99+" in wen.get("/notices/unread").content.decode()
    assert 'data-poll="/notices/unread"' in wen.get("/mine").content.decode()


def test_opening_leads_to_the_case_and_it_is_read(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    one, bos = notice(number, town.wen), notice(number, town.bo)
    wen, bo = at_the_desk(town.wen), at_the_desk(town.bo)
    assert wen.post(f"/notices/{one.pk}")["Location"] == f"/cases/{written(number)}"
    assert bo.post(f"/notices/{bos.pk}")["Location"] == f"/today/{written(number)}"
    assert "count" not in wen.get("/notices/unread").content.decode()
    assert wen.get("/notices?unread=yes").context["notices"] == []
    assert len(wen.get("/notices").context["notices"]) == 1


def test_what_is_about_a_form_leads_to_where_it_is_filled_in(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    subject = {"subject": "form:7", "title": "水井摸底", "about": "指挥中心"}
    one = notice(None, town.bo, "form_asked", **subject)
    bo, stranger = at_the_desk(town.bo), at_the_desk(town.mei)
    page = bo.get("/notices").content.decode()
    assert "请您填报" in page
    assert "水井摸底" in page
    assert "指挥中心请您填报。" in page
    assert stranger.post(f"/notices/{one.pk}").status_code == 404
    assert bo.post(f"/notices/{one.pk}")["Location"] == "/today/forms/7"


def test_what_is_about_a_series_leads_to_the_form_as_its_unit_sees_it(town_behind_the_wall: Town) -> None:
    one = notice(None, town_behind_the_wall.gu, "series_lapsed", subject="round:7", title="水井摸底")
    gu = at_the_desk(town_behind_the_wall.gu)
    assert "如仍需要，请重新提出。" in gu.get("/notices").content.decode()
    assert gu.post(f"/notices/{one.pk}")["Location"] == "/forms/7"


def test_all_are_read_but_what_came_meanwhile(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    notice(number, town.wen)
    wen = at_the_desk(town.wen)
    newest = wen.get("/notices").context["newest"]
    notice(number, town.wen, "urged")
    assert wen.post("/notices/read", {"newest": newest}).status_code == 302
    assert [one.occasion for one in wen.get("/notices?unread=yes").context["notices"]] == ["urged"]
    assert wen.post("/notices/read", {"newest": "x"}).status_code == 302


def test_strangers_find_nothing(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    one = notice(number, town.wen)
    assert Client().get("/notices")["Location"] == "/sign-in?next=/notices"
    mei = at_the_desk(town.mei)
    assert mei.get("/notices").context["notices"] == []
    assert mei.post(f"/notices/{one.pk}").status_code == 404
    assert mei.get(f"/notices/{one.pk}").status_code == 405
    with standing_on(EVERYWHERE):
        assert Notice.objects.get(pk=one.pk).read_at is None


def test_a_notice_of_other_ground_and_a_sealed_one_stay_behind_the_wall(
    town_behind_the_wall: Town, number: int
) -> None:
    """What once was somebody's is not theirs any more when their post is another one."""
    town = town_behind_the_wall
    notice(number, town.mei, place="990101101001001")
    notice(number, town.mei, sealed=True)
    assert at_the_desk(town.mei).get("/notices").context["notices"] == []


def test_older_ones_are_a_page_away(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    made = [notice(number, town.wen).pk for _ in range(53)]
    wen = at_the_desk(town.wen)
    first = wen.get("/notices")
    assert [one.pk for one in first.context["notices"]] == made[:-51:-1]
    second = wen.get(f"/notices?before={first.context['next']}")
    assert [one.pk for one in second.context["notices"]] == made[2::-1]
    assert second.context["next"] == 0


def test_more_notices_cost_no_more_queries(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    wen = at_the_desk(town.wen)
    notice(number, town.wen)
    one = [queries_of(wen, address) for address in ("/notices", "/notices/unread")]
    for _more in range(2):
        notice(number, town.wen)
    assert [queries_of(wen, address) for address in ("/notices", "/notices/unread")] == one
    assert max(one) <= MOST_QUERIES
