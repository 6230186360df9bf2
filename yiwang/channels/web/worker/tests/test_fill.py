"""Bo fills in what is asked of the grid, on a telephone."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.access import acting
from yiwang.forms.models import Draft, Form, Question, Return
from yiwang.forms.rules import Asks, Kind
from yiwang.forms.tests.make import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo(town: Town) -> Client:
    return at_the_desk(town.bo)


@pytest.fixture
def form(town: Town) -> Form:
    now = timezone.now()
    return asked(town, by=acting(town.gu, on=timezone.localdate(now)), now=now)


def field(form: Form) -> str:
    return f"q{Question.objects.get(form=form).pk}"


def test_it_waits_on_today_until_it_is_sent_in(bo: Client, form: Form) -> None:
    address = f"/today/forms/{form.pk}"
    assert f'href="{address}"' in bo.get("/today").content.decode()
    began = timezone.now().isoformat()
    assert bo.post(address, {field(form): "3", "do": "send", "began": began})["Location"] == "/today"
    assert Return.objects.get().minutes == 1
    assert f'href="{address}"' not in bo.get("/today").content.decode()
    assert f'href="{address}"' in bo.get("/today?kind=form").content.decode()
    assert 'value="3"' in bo.get(address).content.decode()


def test_what_is_kept_or_refused_is_not_lost(bo: Client, form: Form) -> None:
    address = f"/today/forms/{form.pk}"
    bo.post(address, {field(form): "三四", "do": "keep"})
    assert 'value="三四"' in bo.get(address).content.decode()
    assert bo.post(address, {field(form): "五六", "do": "send", "began": "?"}).status_code == 422
    assert list(Draft.objects.get().answers.values()) == ["五六"]
    assert not Return.objects.exists()


def test_why_it_ended_with_its_post_stands_where_it_would_be_filled_in(bo: Client, form: Form) -> None:
    Form.objects.update(state="lapsed", because="提出填报的岗位已撤销", ended_at=timezone.now())
    page = bo.get(f"/today/forms/{form.pk}").content.decode()
    assert "随岗位或辖区撤销而终止：提出填报的岗位已撤销" in page
    assert 'value="send"' not in page


def test_what_is_wrong_is_said_at_its_answer_with_what_would_be_right(town: Town, bo: Client) -> None:
    now = timezone.now()
    questions = (Asks("水井有几口", Kind.NUMBER, "口"), Asks("独居老人有几位", Kind.NUMBER, "位"))
    form = asked(town, *questions, by=acting(town.gu, on=timezone.localdate(now)), now=now)
    wells, alone = (f"q{one.pk}" for one in Question.objects.filter(form=form).order_by("pk"))
    page = bo.post(f"/today/forms/{form.pk}", {wells: "12口", alone: "3", "do": "send"}).content.decode()
    assert f'id="{wells}_error"' in page
    assert "“12口”不是数字" in page
    assert f'id="{alone}_error"' not in page
    page = bo.post(f"/today/forms/{form.pk}", {wells: "1000000000000", alone: "", "do": "send"}).content.decode()
    assert "999,999,999,999" in page
    assert f'id="{alone}_error"' in page
    assert f'id="{wells}_error"' not in bo.get(f"/today/forms/{form.pk}").content.decode()


def test_whoever_is_not_asked_finds_no_form(town: Town, form: Form) -> None:
    for stranger in (town.gu, town.mei, town.ding):
        client = at_the_desk(stranger)
        assert client.get(f"/today/forms/{form.pk}").status_code == 404
        assert client.post(f"/today/forms/{form.pk}", {field(form): "3"}).status_code == 404


def test_it_costs_few_queries(bo: Client, form: Form) -> None:
    assert queries_of(bo, f"/today/forms/{form.pk}") <= MOST_QUERIES
