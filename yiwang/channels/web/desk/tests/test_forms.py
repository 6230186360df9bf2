"""The list of forms: whose they are, and how many have returned them."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.access import acting
from yiwang.forms.tests.make import asked

pytestmark = pytest.mark.django_db


def ask(town: Town, title: str) -> None:
    now = timezone.now()
    asked(town, by=acting(town.gu, on=timezone.localdate(now)), now=now, title=title, nevertheless="再核")


@pytest.fixture
def gu(town: Town) -> Client:
    return at_the_desk(town.gu)


def test_the_newest_stands_first(town: Town, gu: Client) -> None:
    ask(town, "水井摸底")
    ask(town, "井盖摸底")
    page = gu.get("/forms")
    assert [(one.form.title, one.people, one.returned) for one in page.context["forms"]] == [
        ("井盖摸底", 1, 0), ("水井摸底", 1, 0),
    ]  # fmt: skip


def test_a_stranger_finds_none(town: Town) -> None:
    ask(town, "水井摸底")
    for stranger in (town.bo, town.mei, town.wen):
        assert at_the_desk(stranger).get("/forms").status_code == 404
    assert Client().get("/forms")["Location"] == "/sign-in?next=/forms"


def test_three_forms_cost_no_more_queries_than_one(town: Town, gu: Client) -> None:
    ask(town, "水井摸底")
    one = queries_of(gu, "/forms")
    ask(town, "井盖摸底")
    ask(town, "井台摸底")
    assert queries_of(gu, "/forms") == one <= MOST_QUERIES
