"""What a field proposes while one types."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town

pytestmark = pytest.mark.django_db


def offered(client: Client, what: str, **typed: str) -> list[str]:
    options: list[str] = client.get(f"/options/{what}", typed).context["options"]
    return options


def test_whoever_is_not_signed_in_is_proposed_nothing() -> None:
    assert Client().get("/options/places")["Location"].startswith("/sign-in")


def test_places_are_proposed_by_name_or_code_on_ones_own_ground(town: Town) -> None:
    mei = at_the_desk(town.mei)
    assert offered(mei, "places", place="上巷") == [f"{town.upper_lane.code} 上巷社区"]
    assert offered(mei, "places", place=town.upper_lane.code) == [f"{town.upper_lane.code} 上巷社区"]
    assert offered(mei, "places", place="桥头") == []
    assert offered(mei, "places", place=" ") == []


def test_posts_are_proposed_by_unit_or_title_in_or_around_ones_ground(town: Town) -> None:
    mei = at_the_desk(town.mei)
    assert offered(mei, "posts", lead="自来水") == [f"{town.water_post.pk} 云岭县自来水公司 {town.water_post.title}"]
    assert offered(mei, "posts", lead="柳林") == []
    assert offered(mei, "posts", lead="石桥") == []
    assert offered(mei, "posts") == []
    assert len(offered(at_the_desk(town.operator), "posts", lead="石桥")) == 1


def test_a_proposal_costs_little(town: Town) -> None:
    mei = at_the_desk(town.mei)
    assert queries_of(mei, "/options/places?place=巷") <= MOST_QUERIES
    assert queries_of(mei, "/options/posts?lead=水") <= MOST_QUERIES
