"""Messages that did not arrive: seen and tried again by whoever administers the ground."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import MONDAY, dispatched, make_lamp
from yiwang.notices.models import Notice
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/notices/failed"


@pytest.fixture
def number(town_behind_the_wall: Town) -> int:
    with standing_on(EVERYWHERE):
        make_lamp()
        return dispatched(town_behind_the_wall, name="蓝晓雨", phone="13857924681")


def failed(number: int, recipient: str, channel: str = "email") -> Notice:
    with standing_on(EVERYWHERE):
        return Notice.objects.create(
            county="990101", key=str(uuid4()), occasion="dispatched", case=number, place="990101001001001", at=MONDAY,
            recipient=recipient, channel=channel, state="failed", trouble="refused", message=uuid4(), tries=1,
        )  # fmt: skip


def test_it_says_to_whom_and_why_and_is_tried_again(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    one = failed(number, f"person:{town.wen.pk}")
    failed(number, "reporter", "sms")
    ning = at_the_desk(town.ning)
    page = ning.get(PAGE).content.decode()
    assert "温水务" in page
    assert "服务器拒收" in page
    assert written(number) in page
    assert "反映人" in page
    assert "1385" not in page
    assert "蓝" not in page
    assert ning.post(f"{PAGE}/{one.pk}/again")["Location"] == PAGE
    with standing_on(EVERYWHERE):
        one.refresh_from_db()
    assert (one.state, one.tries, one.trouble) == ("waiting", 0, "")
    assert one.next_at is not None
    assert one.next_at > MONDAY + timedelta(days=1)
    assert ning.post(f"{PAGE}/{one.pk}/again").status_code == 404


def test_strangers_find_nothing(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    one = failed(number, f"person:{town.wen.pk}")
    assert Client().get(PAGE)["Location"] == f"/sign-in?next={PAGE}"
    assert at_the_desk(town.mei).get(PAGE).status_code == 404
    qiao = at_the_desk(town.qiao)
    assert qiao.get(PAGE).context["notices"] == []
    assert qiao.post(f"{PAGE}/{one.pk}/again").status_code == 404
    with standing_on(EVERYWHERE):
        one.refresh_from_db()
    assert one.state == "failed"


def test_more_failures_cost_no_more_queries(town_behind_the_wall: Town, number: int) -> None:
    town = town_behind_the_wall
    ning = at_the_desk(town.ning)
    failed(number, f"person:{town.wen.pk}")
    one = queries_of(ning, PAGE)
    for person in (town.mei, town.bo):
        failed(number, f"person:{person.pk}")
    assert queries_of(ning, PAGE) == one <= MOST_QUERIES
