"""Listed orders: given, answered and struck off on one page."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import acting, reporter
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.files.tests.make import jpeg, pdf
from yiwang.supervision.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def lamp(town: Town) -> int:
    """A lamp that lies with the water company since today."""
    now, today = timezone.now(), timezone.localdate()
    mei = acting(town.mei, on=today)
    told = cases.Report("井巷口的路灯不亮了", place=town.lane_grid.code)
    number = cases.report(told, by=reporter(), now=now).number
    cases.accept(number, item="LAMP", place=town.lane_grid.code, by=mei, now=now)
    cases.dispatch(number, lead=town.water_post.pk, by=mei, now=now)
    cases.sign_for(number, by=acting(town.wen, on=today), now=now)
    return number


def listing(town: Town, number: int, **instead: str) -> dict[str, str]:
    due = timezone.localdate() + timedelta(days=7)
    said = {"case": written(number), "text": "一周内换好", "owner": f"{town.wen.pk}:{town.water_post.pk}"}
    return said | {"due": due.isoformat(), "kind": "listed", "public": "yes"} | instead


def list_it(town: Town, **instead: str) -> Order:
    number = lamp(town)
    at_the_desk(town.gu).post("/listed/new", listing(town, number, **instead))
    return Order.objects.get(case=number)


def test_who_supervises_lists_a_case_from_its_page(town: Town) -> None:
    gu, number = at_the_desk(town.gu), lamp(town)
    assert f"/listed?case={written(number)}" in gu.get(f"/cases/{written(number)}").content.decode()
    page = gu.get(f"/listed?case={written(number)}").content.decode()
    assert town.wen.name in page
    assert gu.post("/listed/new", listing(town, number))["Location"] == "/listed"
    page = gu.get("/listed").content.decode()
    assert "督〔" in page
    assert "一周内换好" in page
    order = Order.objects.get(case=number)
    assert (timezone.localtime(order.due_at).hour, order.public) == (18, True)


def test_the_owner_answers_with_evidence_and_the_giver_strikes_off(town: Town) -> None:
    order, wen, gu = list_it(town), at_the_desk(town.wen), at_the_desk(town.gu)
    lacking = wen.post(f"/listed/{order.pk}", {"do": "ask_strike_off", "text": "换好了"})
    assert lacking.status_code == 422
    assert "请附佐证" in lacking.content.decode()
    assert "换好了" in lacking.content.decode(), "what was typed is not lost"
    shown = SimpleUploadedFile("lamp.jpg", jpeg(), content_type="image/jpeg")
    asked = wen.post(f"/listed/{order.pk}", {"do": "ask_strike_off", "text": "换好了", "evidence": shown})
    assert asked.status_code == 302
    page = gu.get("/listed").content.decode()
    assert "待销号" in page
    whole, small = re.findall(r'<p class="photos"><a href="([^"]+)"><img src="([^"]+)"', page)[0]
    assert (gu.get(whole).status_code, gu.get(small).status_code) == (200, 200)
    assert gu.post(f"/listed/{order.pk}", {"do": "strike_off", "text": "同意"}).status_code == 302
    order.refresh_from_db()
    assert order.ended_at is not None
    assert "已销号" in gu.get("/listed").content.decode()


def test_documents_are_evidence_too_and_each_stands_with_its_own_line(town: Town) -> None:
    order, wen, gu = list_it(town), at_the_desk(town.wen), at_the_desk(town.gu)
    paper = SimpleUploadedFile("验收单.pdf", pdf(), content_type="application/pdf")
    photo = SimpleUploadedFile("lamp.jpg", jpeg(), content_type="image/jpeg")
    for evidence in (paper, photo):
        done = wen.post(f"/listed/{order.pk}", {"do": "report", "text": "有进展", "evidence": evidence})
        assert done.status_code == 302
    (line,) = gu.get("/listed").context["orders"]
    assert [[one.name for one in entry.pictures] for entry in line.entries] == [[], ["验收单.pdf"], ["lamp.jpg"]]
    assert "验收单.pdf</a>" in gu.get("/listed").content.decode()


def test_a_refused_form_loses_neither_word_nor_photo(town: Town) -> None:
    order, wen, gu = list_it(town), at_the_desk(town.wen), at_the_desk(town.gu)
    address = f"/listed/{order.pk}"
    shown = SimpleUploadedFile("lamp.jpg", jpeg(), content_type="image/jpeg")
    refused = wen.post(address, {"do": "ask_strike_off", "text": " ", "evidence": shown})
    assert refused.status_code == 422
    assert "已保留" in refused.content.decode()
    kept = refused.context["shown_before"]
    done = wen.post(address, {"do": "ask_strike_off", "text": "换好了", "kept": kept}, follow=True).content.decode()
    assert "已记录：申请销号" in done
    assert "<img" in gu.get("/listed").content.decode()
    forged = wen.post(address, {"do": "report", "text": "又看了一次", "kept": f"{kept}x"})
    assert forged.status_code == 302, "what nobody has signed shows nothing"
    assert [len(one.files) for one in order.entries.order_by("pk")] == [0, 1, 0]


def test_what_is_no_photo_is_said_and_what_was_typed_stays(town: Town) -> None:
    order, wen = list_it(town), at_the_desk(town.wen)
    no_photo = SimpleUploadedFile("lamp.exe", b"MZ\x00\x01", content_type="application/octet-stream")
    refused = wen.post(f"/listed/{order.pk}", {"do": "report", "text": "换好了", "evidence": no_photo})
    assert refused.status_code == 422
    assert "换好了" in refused.content.decode()
    assert refused.context["shown_before"] == ""


def test_an_order_without_listing_stands_on_the_case_alone(town: Town) -> None:
    order = list_it(town, kind="order", public="")
    assert (order.kind, order.number) == ("order", "")
    assert at_the_desk(town.gu).get("/listed").context["orders"] == []


@pytest.mark.parametrize(
    "instead",
    [{"text": ""}, {"owner": ""}, {"owner": "1:2:3"}, {"due": ""}, {"due": "2026-02-31"}, {"due": "2020-01-01"}],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(town: Town, instead: dict[str, str]) -> None:
    number = lamp(town)
    page = at_the_desk(town.gu).post("/listed/new", listing(town, number, **instead))
    assert page.status_code == 422
    assert page.context["wrong_said"]
    assert page.context["given"]["text"] == instead.get("text", "一周内换好")


def test_it_does_not_exist_for_strangers(town: Town) -> None:
    order = list_it(town)
    assert Client().get("/listed")["Location"] == "/sign-in?next=/listed"
    assert at_the_desk(town.bo).get("/listed").status_code == 200, "whoever looks after the ground sees its orders"
    assert at_the_desk(town.sun).get("/listed").status_code == 404
    ding = at_the_desk(town.ding)
    assert ding.get("/listed").context["orders"] == []
    assert ding.post(f"/listed/{order.pk}", {"do": "report", "text": "看看"}).status_code == 404
    assert ding.post("/listed/new", listing(town, order.case)).status_code == 404
    assert at_the_desk(town.gu).get("/listed?case=9901012699999999").status_code == 404
    assert at_the_desk(town.wen).post("/listed/new", listing(town, order.case)).status_code == 422


def test_more_orders_cost_no_more_queries(town: Town) -> None:
    gu = at_the_desk(town.gu)
    list_it(town)
    one = queries_of(gu, "/listed")
    list_it(town)
    list_it(town)
    assert len(gu.get("/listed").context["orders"]) == 3
    assert queries_of(gu, "/listed") == one <= MOST_QUERIES


def test_the_list_is_narrowed_and_taken_away(town: Town) -> None:
    order = list_it(town)
    gu = at_the_desk(town.gu)
    assert [line.order for line in gu.get(f"/listed?place={town.lane_grid.code}").context["orders"]] == [order]
    assert gu.get("/listed?overdue=yes").context["orders"] == []
    assert gu.get(f"/listed?place={town.stone_bridge.code}").context["orders"] == []
    assert gu.get("/listed?place=nowhere").context["wrong"]
    text = taken(gu.get("/listed.csv")).decode()
    assert order.number in text
    assert order.text in text
    assert order.number not in taken(gu.get("/listed.csv?overdue=yes")).decode()
    assert taken(gu.get("/listed.xlsx"))[:2] == b"PK"
    assert Entry.objects.filter(act="take_list", subject="listed", actor=f"person:{town.gu.pk}").count() == 3


def test_orders_are_sorted_on_the_page_and_in_the_file_alike(town: Town) -> None:
    first, second = list_it(town), list_it(town)
    Order.objects.filter(pk=second.pk).update(due_at=first.due_at + timedelta(days=1), given_at=timezone.now())
    Order.objects.filter(pk=first.pk).update(given_at=timezone.now() - timedelta(days=9))
    gu = at_the_desk(town.gu)
    for sort, wanted in (("", [first, second]), ("newest", [second, first]), ("oldest", [first, second])):
        page = gu.get("/listed", {"sort": sort})
        assert [line.order for line in page.context["orders"]] == wanted
        text = taken(gu.get("/listed.csv", {"sort": sort})).decode()
        assert (text.index(first.number) < text.index(second.number)) == (wanted[0] == first)
    assert [(one.name, one.here) for one in gu.get("/listed?sort=place").context["sorts"]] == [
        ("", False), ("newest", False), ("place", True),
    ]  # fmt: skip


def test_an_owner_who_filters_everything_away_still_stands_on_the_page(town: Town) -> None:
    order, wen = list_it(town), at_the_desk(town.wen)
    assert [line.order for line in wen.get("/listed").context["orders"]] == [order]
    assert wen.get(f"/listed?place={town.stone_bridge.code}").context["orders"] == []


def test_strangers_take_no_orders_away(town: Town) -> None:
    order = list_it(town)
    assert at_the_desk(town.sun).get("/listed.csv").status_code == 404
    assert order.number not in taken(at_the_desk(town.ding).get("/listed.csv")).decode()
