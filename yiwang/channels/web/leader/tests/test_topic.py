"""One hot topic with its weeks and its cases."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.rules import written
from yiwang.cases.tests.make import MONDAY
from yiwang.topics.actions import gather_in
from yiwang.topics.models import Told, Topic
from yiwang.topics.tests.make import told_by_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(town: Town) -> Client:
    """Mei, of the street in which five people tell of the same."""
    told_by_many(town)
    gather_in(town.county.code, now=MONDAY)
    return at_the_desk(town.mei)


def test_a_topic_shows_its_cases_and_its_weeks(clerk: Client) -> None:
    topic = Topic.objects.get().pk
    shown = clerk.get(f"/topics/{topic}", headers={"Accept-Language": "en"})
    page = shown.content.decode()
    for number in Told.objects.values_list("number", flat=True):
        assert f'href="/cases/{written(number)}"' in page
    assert [bar.reported for bar in shown.context["bars"]][-2:] == [2, 3]
    assert "told 5 times" in page


def test_a_case_that_was_sealed_since_is_not_shown(clerk: Client) -> None:
    hidden = Told.objects.first()
    assert hidden
    Case.objects.filter(number=hidden.number).update(secrecy="confidential")
    page = clerk.get(f"/topics/{hidden.topic}").content.decode()
    assert written(hidden.number) not in page


def test_a_joined_topic_leads_to_the_other(town: Town, clerk: Client) -> None:
    topic = Topic.objects.get().pk
    old = Topic.objects.create(county=town.county.code, found_at=MONDAY, joined=topic)
    assert clerk.get(f"/topics/{old.pk}")["Location"] == f"/topics/{topic}?place={town.two_wells.code}"


def test_a_stranger_finds_no_topic_here(town: Town, clerk: Client) -> None:
    topic = Topic.objects.get().pk
    for stranger in (town.ding, town.bo, town.wen):
        assert at_the_desk(stranger).get(f"/topics/{topic}").status_code == 404
    assert clerk.get(f"/topics/{topic + 1}").status_code == 404
    assert at_the_desk(town.ding).get(f"/topics/{topic}", {"place": town.two_wells.code}).status_code == 404


def test_three_cases_cost_no_more_queries_than_one(clerk: Client) -> None:
    topic = Topic.objects.get().pk
    address = f"/topics/{topic}"
    many = queries_of(clerk, address)
    kept = Told.objects.filter(topic=topic).order_by("number").values_list("number", flat=True)[:1]
    Told.objects.exclude(number__in=list(kept)).delete()
    assert queries_of(clerk, address) == many <= MOST_QUERIES
