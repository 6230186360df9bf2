"""An order without listing is read and answered by its owner, and accepted by whoever gave it."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.channels.web.desk.tests.test_listed import list_it
from yiwang.notices.models import Notice
from yiwang.notices.tests.make import hear
from yiwang.supervision.models import Order
from yiwang.supervision.tests.make import make_head

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def ordered(town: Town) -> Order:
    return list_it(town, kind="order", public="")


def test_its_owner_reads_and_answers_and_its_giver_accepts(town: Town) -> None:
    order, wen, gu = ordered(town), at_the_desk(town.wen), at_the_desk(town.gu)
    page = wen.get("/orders").content.decode()
    assert "一周内换好" in page
    assert "/orders" in wen.get("/mine").content.decode(), "who has one finds it from the bar"
    empty = wen.post(f"/orders/{order.pk}", {"do": "answer", "text": ""})
    assert (empty.status_code, bool(empty.context["wrong_said"])) == (422, True)
    assert wen.post(f"/orders/{order.pk}", {"do": "answer", "text": "换好了"})["Location"].startswith("/orders#")
    assert "换好了" in gu.get("/orders").content.decode()
    gu.post(f"/orders/{order.pk}", {"do": "insist", "text": "还是不亮"})
    wen.post(f"/orders/{order.pk}", {"do": "answer", "text": "又换了一次"})
    gu.post(f"/orders/{order.pk}", {"do": "accept"})
    order.refresh_from_db()
    assert order.ended_at is not None
    assert [line.order for line in gu.get("/orders").context["ended"]] == [order]


def test_it_is_found_from_the_case_from_what_waits_and_from_the_notice(town: Town) -> None:
    order, wen, gu = ordered(town), at_the_desk(town.wen), at_the_desk(town.gu)
    listed = list_it(town)
    assert f"/orders#order-{order.pk}" in wen.get(f"/cases/{written(order.case)}").content.decode()
    assert f"/listed#order-{listed.pk}" in wen.get(f"/cases/{written(listed.case)}").content.decode()
    assert f"/listed#order-{listed.pk}" in wen.get(f"/today/{written(listed.case)}").content.decode()
    waits = wen.get("/mine").content.decode()
    assert "1 件督办等您处理" in waits
    assert "1 件挂牌督办等您处理" in waits
    assert "等您处理" not in gu.get("/mine").content.decode()
    hear()
    found = Notice.objects.filter(recipient=f"person:{town.wen.pk}", occasion="ordered").order_by("pk")
    assert [wen.post(f"/notices/{one.pk}")["Location"] for one in found] == ["/orders", "/listed"]
    wen.post(f"/orders/{order.pk}", {"do": "answer", "text": "换好了"})
    assert "1 件督办等您处理" in gu.get("/mine").content.decode(), "now it waits for whoever gave it"
    assert "已答复，待认可" in gu.get("/orders").content.decode()


def test_the_head_of_the_unit_reads_what_was_ordered_of_it(town: Town) -> None:
    order, head = ordered(town), at_the_desk(make_head(town)[0])
    assert order.text in head.get("/orders").content.decode()
    refused = head.post(f"/orders/{order.pk}", {"do": "answer", "text": "换好了"})
    assert refused.status_code == 422
    assert "“答复”不由您办理" in refused.content.decode()


def test_listed_orders_stand_on_their_own_page(town: Town) -> None:
    list_it(town)
    assert at_the_desk(town.gu).get("/orders").context["orders"] == []


def test_it_leads_to_the_listed_ones_only_whoever_finds_them(town: Town) -> None:
    ordered(town)
    assert 'href="/listed"' in at_the_desk(town.gu).get("/orders").content.decode()
    wen = at_the_desk(town.wen)
    assert wen.get("/listed").status_code == 404
    assert 'href="/listed"' not in wen.get("/orders").content.decode()


def test_it_does_not_exist_for_strangers(town: Town) -> None:
    order = ordered(town)
    assert Client().get("/orders")["Location"] == "/sign-in?next=/orders"
    assert at_the_desk(town.sun).get("/orders").status_code == 404
    ding = at_the_desk(town.ding)
    assert ding.get("/orders").context["orders"] == []
    assert ding.post(f"/orders/{order.pk}", {"do": "answer", "text": "换好了"}).status_code == 404


def test_more_orders_cost_no_more_queries(town: Town) -> None:
    gu = at_the_desk(town.gu)
    ordered(town)
    one = queries_of(gu, "/orders")
    ordered(town)
    ordered(town)
    assert len(gu.get("/orders").context["orders"]) == 3
    assert queries_of(gu, "/orders") == one <= MOST_QUERIES


def test_orders_are_taken_away_by_those_who_see_them(town: Town) -> None:
    order = ordered(town)
    assert order.text in taken(at_the_desk(town.wen).get("/orders.csv")).decode()
    assert order.text not in taken(at_the_desk(town.wen).get(f"/orders.csv?place={town.yard.code}")).decode()
    assert order.text not in taken(at_the_desk(town.ding).get("/orders.csv")).decode()
    assert at_the_desk(town.sun).get("/orders.csv").status_code == 404
