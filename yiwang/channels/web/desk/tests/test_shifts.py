"""The log of the duty shift at a desk."""

import csv
import io
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import taken, told
from yiwang.channels.web.templatetags.shifts import by_posts
from yiwang.shifts.models import Entry, Shift
from yiwang.shifts.rules import Kind, State

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@pytest.fixture
def mei(town: Town) -> Client:
    return at_the_desk(town.mei)


def do(client: Client, what: str, shift: int = 0, **given: str) -> int:
    """What the form answers."""
    return client.post("/shifts/act", {"do": what, "shift": shift, **given}).status_code


def on_duty(client: Client) -> int:
    assert do(client, "come") == 302
    return Shift.objects.latest("pk").pk


def test_it_does_not_exist_for_whoever_keeps_no_desk(town: Town, mei: Client) -> None:
    shift = on_duty(mei)
    for stranger in (town.bo, town.wen, town.lan):
        client = at_the_desk(stranger)
        assert {client.get(address).status_code for address in ("/shifts", "/shifts/log", "/shifts.csv")} == {404}
        assert do(client, "write", shift, kind="call", text="x") == 404
    ding = at_the_desk(town.ding)
    assert ding.get("/shifts").context["logged"] == []
    assert ding.get(f"/shifts?desk={town.two_wells.code}").status_code == 404
    assert do(ding, "write", shift, kind="call", text="x") == 404
    assert Client().get("/shifts")["Location"] == "/sign-in?next=/shifts"


def test_a_shift_is_kept_handed_over_read_and_taken_over(town: Town, mei: Client) -> None:
    shift, number = on_duty(mei), told(town)
    assert do(mei, "write", shift, kind="urgent", text="管道爆裂", case=str(number)) == 302
    assert do(mei, "hand_over", shift, note="盯住水管") == 302
    gu = at_the_desk(town.gu)
    page = gu.get("/shifts").content.decode()
    assert "盯住水管" in page
    assert "管道爆裂" in page
    assert do(gu, "take_over", shift) == 422
    assert do(gu, "take_over", shift, read="yes") == 302
    following = Shift.objects.latest("pk")
    assert (following.keeper, following.state, following.follows) == (f"person:{town.gu.pk}", State.ON_DUTY, shift)
    (one, other) = gu.get("/shifts").context["logged"]
    assert [entry.kind for entry in one.entries] == [Kind.URGENT, Kind.HANDED_OVER, Kind.TAKEN_OVER]
    assert other.entries == []


def test_what_is_refused_says_why_and_keeps_what_was_typed(town: Town, mei: Client) -> None:
    shift = on_duty(mei)
    given = {"do": "write", "shift": shift, "kind": "call", "text": "居民来电", "case": "12"}
    page = mei.post("/shifts/act", given)
    assert page.status_code == 422
    assert "居民来电" in page.content.decode()
    page = mei.post("/shifts/act", given | {"case": "9901012600999999"})
    assert page.status_code == 422
    (said,) = re.findall('id="case_error">([^<]+)<', page.content.decode())
    assert "9901012600999999" in said
    assert do(mei, "write", shift, kind="gossip", text="x") == 422
    assert do(mei, "come") == 422
    assert do(mei, "dance", shift) == 404
    assert not Entry.objects.exists()


def test_a_day_is_looked_up_and_taken_away(town: Town, mei: Client) -> None:
    shift = on_duty(mei)
    do(mei, "write", shift, kind="call", text="=井盖松了")
    today = timezone.localdate().isoformat()
    assert len(mei.get("/shifts", {"day": today}).context["logged"]) == 1
    assert mei.get("/shifts", {"day": "2020-01-01"}).context["logged"] == []
    assert mei.get("/shifts", {"day": "2020-99-01"}).context["day"].isoformat() == today
    rows = list(csv.reader(io.StringIO(taken(mei.get("/shifts.csv", {"day": today})).decode("utf-8-sig"))))
    assert [row[4] for row in rows[1:]] == ["双井街道", "'=井盖松了"]
    assert taken(mei.get("/shifts.xlsx"))[:2] == b"PK"


def test_the_log_is_sent_again_only_when_something_changed(mei: Client) -> None:
    shift = on_duty(mei)
    first = mei.get("/shifts/log")
    assert mei.get("/shifts/log", headers={"If-None-Match": first["ETag"]}).status_code == 304
    do(mei, "write", shift, kind="happened", text="巡线")
    assert mei.get("/shifts/log", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_page_costs_the_same_for_one_line_and_for_three(town: Town, mei: Client) -> None:
    shift, number = on_duty(mei), told(town)
    do(mei, "write", shift, kind="call", text="一")
    one = queries_of(mei, "/shifts"), queries_of(mei, "/shifts/log")
    for text in "二三":
        do(mei, "write", shift, kind="call", text=text, case=str(number))
    assert (queries_of(mei, "/shifts"), queries_of(mei, "/shifts/log")) == one
    assert max(one) <= MOST_QUERIES


def test_a_case_for_which_several_were_whistled_stands_there_once() -> None:
    called = [(7, 1), (7, 2), (8, 2), (8, 1), (9, 2)]
    assert by_posts(called) == [([1, 2], [7, 8]), ([2], [9])]
