"""What is wanting in a reply, beside the form and after it is sent; never a block."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk
from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import case, in_hand, make_lamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def number(town: Town) -> int:
    make_lamp()
    return in_hand(town)


def asked(client: Client, number: int, note: str) -> str:
    answer = client.post(f"/cases/{written(number)}/answer", {"note": note})
    assert answer.status_code == 200
    return answer.content.decode()


def test_while_it_is_written_what_is_wanting_is_shown_and_nothing_is_kept(town: Town, number: int) -> None:
    wen = at_the_desk(town.wen)
    assert "只说了" in asked(wen, number, "已转相关部门处理")
    assert asked(wen, number, "昨天更换了路灯灯泡，试亮正常").strip() == ""
    assert case(number).state == "in_hand"


def test_what_is_typed_stands_in_the_page_as_text(town: Town, number: int) -> None:
    assert "<b>" not in asked(at_the_desk(town.wen), number, "已转<b>相关部门</b>")


def test_the_form_asks_while_one_types(town: Town, number: int) -> None:
    for address in (f"/cases/{written(number)}/finish", f"/today/{written(number)}/finish"):
        page = at_the_desk(town.wen).get(address).content.decode()
        assert f'hx-post="/cases/{written(number)}/answer"' in page
        assert '<div id="answer" role="status">' in page


def test_a_bad_reply_is_sent_all_the_same_and_warned_of_afterwards(town: Town, number: int) -> None:
    wen = at_the_desk(town.wen)
    sent = wen.post(
        f"/cases/{written(number)}/finish", {"note": "已处理完毕", "seen": case(number).steps}, follow=True
    )
    assert case(number).state == "finished"
    assert "没有说明做了什么" in sent.content.decode()


def test_a_stranger_cannot_ask_about_the_case(town: Town, number: int) -> None:
    address = f"/cases/{written(number)}/answer"
    assert at_the_desk(town.ding).post(address, {"note": "已处理"}).status_code == 404
    assert Client().post(address, {"note": "已处理"}).status_code == 401
    assert at_the_desk(town.wen).get(address).status_code == 405


def test_it_costs_few_queries(town: Town, number: int, django_assert_max_num_queries: object) -> None:
    wen = at_the_desk(town.wen)
    asked(wen, number, "已处理")
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(MOST_QUERIES + 4):  # with the begin and end of its transaction
        asked(wen, number, "已处理")
