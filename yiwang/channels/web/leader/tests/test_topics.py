"""The list of hot topics: whose it is, where each line leads, what more lines cost."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import MONDAY
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.topics.actions import gather_in
from yiwang.topics.models import Heat, Topic
from yiwang.topics.tests.make import told_by_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(town: Town) -> Client:
    """Mei, of the street in which five people tell of the same."""
    told_by_many(town)
    gather_in(town.county.code, now=MONDAY)
    return at_the_desk(town.mei)


def test_a_clerk_sees_what_many_tell_of_and_where_it_leads(town: Town, clerk: Client) -> None:
    page = clerk.get("/topics").content.decode()
    assert "屠宰场" in page
    assert f'href="/topics/{Topic.objects.get().pk}?place={town.two_wells.code}"' in page
    assert 'href="/topics"' in clerk.get("/cases").content.decode(), "the bar leads there"


def test_what_has_cooled_is_not_listed(clerk: Client) -> None:
    Heat.objects.update(index=0)
    assert clerk.get("/topics").context["lines"] == []


def test_other_ground_has_no_topics_for_a_stranger(town: Town, clerk: Client) -> None:
    assert clerk.get("/topics", {"place": town.county.code}).status_code == 404
    assert clerk.get("/topics", {"place": "nowhere"}).status_code == 404
    for stranger in (town.wen, town.bo, town.lan):
        assert at_the_desk(stranger).get("/topics").status_code == 404
    assert at_the_desk(town.ding).get("/topics", {"place": town.two_wells.code}).status_code == 404
    assert Client().get("/topics")["Location"] == "/sign-in?next=/topics"


def test_three_topics_cost_no_more_queries_than_one(clerk: Client) -> None:
    one = queries_of(clerk, "/topics")
    for number in (101, 102):
        for heat in Heat.objects.filter(topic__lt=100):
            heat.topic = number
            heat.pk = (heat.county, heat.place, number)
            heat.save(force_insert=True)
    assert len(clerk.get("/topics").context["lines"]) == 3
    assert queries_of(clerk, "/topics") == one <= MOST_QUERIES


def test_topics_are_taken_away_by_those_who_see_them(town: Town, clerk: Client) -> None:
    (line, *_others) = clerk.get("/topics").context["lines"]
    assert line.name in taken(clerk.get("/topics.csv")).decode()
    assert at_the_desk(town.sun).get("/topics.csv").status_code == 404
    assert at_the_desk(town.ding).get(f"/topics.csv?place={town.two_wells.code}").status_code == 404
