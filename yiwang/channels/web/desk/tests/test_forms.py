"""The list of forms: whose they are, and how many have returned them."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.access import acting
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.forms.actions import send_in
from yiwang.forms.tests.make import answers, asked
from yiwang.plumbing.audit.models import Entry

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


def test_forms_are_narrowed_and_sorted_and_taken_away_so(town: Town, gu: Client) -> None:
    now = timezone.now()
    by = acting(town.gu, on=timezone.localdate(now))
    late = asked(town, by=by, now=now - timedelta(days=3), title="水井摸底", nevertheless="再核")
    asked(town, by=by, now=now - timedelta(hours=1), title="井盖摸底", nevertheless="再核")
    asked(town, by=by, now=now, title="井台摸底", nevertheless="再核", due_at=now + timedelta(hours=5))

    def titles(**wanted: str) -> list[str]:
        return [one.form.title for one in gu.get("/forms", wanted).context["forms"]]

    assert titles() == titles(place=town.two_wells.code) == ["井台摸底", "井盖摸底", "水井摸底"]
    assert titles(sort="pressing") == ["水井摸底", "井台摸底", "井盖摸底"]
    assert titles(overdue="yes") == ["水井摸底"]
    assert titles(place=town.stone_bridge.code) == []
    send_in(late.pk, answers(late, "3"), by=acting(town.bo, on=timezone.localdate(now)), now=now)
    assert titles(overdue="yes") == []
    assert gu.get("/forms?place=nowhere").context["wrong"]
    assert gu.get("/forms.csv?place=nowhere").status_code == 404
    text = taken(gu.get("/forms.csv?sort=pressing")).decode()
    assert text.index("水井摸底") < text.index("井台摸底") < text.index("井盖摸底")
    assert load_workbook(BytesIO(taken(gu.get("/forms.xlsx")))).worksheets[0].max_row == 4
    assert Entry.objects.filter(act="take_list").count() == 2


def test_a_stranger_finds_none(town: Town) -> None:
    ask(town, "水井摸底")
    for stranger in (town.bo, town.mei, town.wen):
        assert at_the_desk(stranger).get("/forms").status_code == 404
        assert at_the_desk(stranger).get("/forms.csv").status_code == 404
    assert Client().get("/forms")["Location"] == "/sign-in?next=/forms"


def test_three_forms_cost_no_more_queries_than_one(town: Town, gu: Client) -> None:
    ask(town, "水井摸底")
    one = queries_of(gu, "/forms")
    ask(town, "井盖摸底")
    ask(town, "井台摸底")
    assert queries_of(gu, "/forms") == one <= MOST_QUERIES
