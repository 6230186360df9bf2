"""A form is written, looked at, and asked with a reason where it was asked already."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.forms.models import Form, Question

pytestmark = pytest.mark.django_db
IN_ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def gu(town: Town) -> Client:
    return at_the_desk(town.gu)


def written(town: Town, do: str, **said: Any) -> dict[str, Any]:
    due = (timezone.localdate() + timedelta(days=3)).isoformat()
    usual = {
        "title": "水井摸底", "why": "防汛检查", "place": f"{town.two_wells.code} 双井街道", "due": due,
        "minutes": "20",
        "text": ["水井有几口", "井盖", ""], "kind": ["number", "one", "text"], "more": ["口", "完好，破损", ""],
    }  # fmt: skip
    return usual | {"do": do} | said


def test_it_is_looked_at_and_asked(town: Town, gu: Client) -> None:
    page = gu.post("/forms/new", written(town, "look"), headers=IN_ENGLISH).content.decode()
    assert "1 person × 20 minutes = 0.3 hours" in page
    assert not Form.objects.exists()
    sent = gu.post("/forms/new", written(town, "ask"))
    form = Form.objects.get()
    assert sent["Location"] == f"/forms/{form.pk}"
    assert list(Question.objects.order_by("pk").values_list("text", "unit", "choices")) == [
        ("水井有几口", "口", []), ("井盖", "", ["完好", "破损"]),
    ]  # fmt: skip


def test_how_a_question_is_answered_is_said_in_the_words_of_a_form(gu: Client) -> None:
    page = gu.get("/forms/new").content.decode()
    assert all(f">{words}</option>" in page for words in ("文字", "数字", "日期"))


def test_what_was_asked_already_is_shown_and_asked_only_with_a_reason(town: Town, gu: Client) -> None:
    gu.post("/forms/new", written(town, "ask"))
    first = Form.objects.get()
    again = written(town, "ask", text=["请填写水井数量", "", ""])
    refused = gu.post("/forms/new", again, headers=IN_ENGLISH)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert f'href="/forms/{first.pk}"' in page
    assert "was asked by 双井街道指挥中心" in page
    gu.post("/forms/new", again | {"nevertheless": "新打了井"})
    assert Form.objects.latest("pk").nevertheless == "新打了井"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(town: Town, gu: Client) -> None:
    for wrong in ({"due": "soon"}, {"minutes": "x"}, {"kind": ["?", "one", "text"]}, {"place": town.bridge_grid.code}):
        refused = gu.post("/forms/new", written(town, "look", **wrong))
        assert refused.status_code == 422
        assert "防汛检查" in refused.content.decode()
    more = gu.post("/forms/new", written(town, "more"))
    assert [row.text for row in more.context["rows"]] == ["水井有几口", "井盖", "", ""]


@pytest.mark.parametrize(
    ("wrong", "at", "said"),
    [
        ({"minutes": "半小时"}, "minutes", "1至480"), ({"minutes": "481"}, "minutes", "1至480"),
        ({"due": "soon"}, "due", "三个月"), ({"more": ["口", "完好", ""]}, "row2", "2至12"),
        ({"text": ["很" * 121, "", ""]}, "row1", "120"), ({"title": ""}, "title", "60"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(town: Town, gu: Client, wrong: dict[str, Any], at: str, said: str) -> None:
    page = gu.post("/forms/new", written(town, "look", **wrong)).content.decode()
    assert f'aria-describedby="{at}_error"' in page
    (beneath,) = re.findall(r'<p class="wrong" role="alert" id="(\w+)_error">([^<]+)</p>', page)
    assert beneath[0] == at
    assert said in beneath[1]


def test_whoever_may_ask_nothing_finds_nothing_here(town: Town) -> None:
    for stranger in (town.bo, town.mei, town.wen):
        assert at_the_desk(stranger).get("/forms/new").status_code == 404


def test_a_form_that_comes_round_says_how_often_and_what_that_costs_before_it_is_asked(town: Town, gu: Client) -> None:
    last = (timezone.localdate() + timedelta(days=28)).isoformat()
    weekly = written(town, "look", every="week", last=last)
    page = gu.post("/forms/new", weekly, headers=IN_ENGLISH).content.decode()
    assert "5 rounds" in page
    assert "people 1 × rounds 5 × 20 minutes = 1.7 hours, 1.7 hours of each" in page
    assert gu.post("/forms/new", weekly | {"last": ""}).status_code == 422
    assert gu.post("/forms/new", weekly | {"last": "x"}).status_code == 422
    gu.post("/forms/new", weekly | {"do": "ask"})
    assert Form.objects.get().round == 1
    again = gu.post("/forms/new", written(town, "look"), headers=IN_ENGLISH).content.decode()
    assert f"Each week until {last} anyway" in again
