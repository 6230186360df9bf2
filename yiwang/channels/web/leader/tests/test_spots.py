"""The hot spots of a ground: whose they are, what is said of each, where it leads, what more of them cost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.models import Case
from yiwang.spots.actions import look_in
from yiwang.spots.models import Gathered, Spot
from yiwang.spots.tests.make import gathered

pytestmark = pytest.mark.django_db


@pytest.fixture
def gu(town: Town) -> Client:
    """Gu, of the street in which nine cases gather."""
    now = timezone.now()
    gathered(town, until=now - timedelta(hours=1))
    look_in(town.county.code, now=now)
    return at_the_desk(town.gu)


def test_a_spot_is_told_by_place_item_number_and_past_and_leads_to_its_page(town: Town, gu: Client) -> None:
    spot = Spot.objects.get()
    answer = gu.get("/spots", headers={"Accept-Language": "en"})
    [line] = answer.context["lines"]
    assert (line.hot.cases, line.what) == (spot.cases, f"Street lamp out {spot.cases}")
    page = answer.content.decode()
    assert f'href="/spots/{spot.pk}"' in page
    assert f"<b>{spot.cases}</b> in 28 days" in page
    assert f"usually {spot.usual:.1f}" in page
    assert f"{spot.cases} not closed" in page
    assert "双井街道 井巷社区 井巷第一网格" in page
    [sign] = answer.context["signs"]
    assert (sign["kind"], sign["href"]) == ("hot", f"/spots/{spot.pk}")
    assert 'href="/spots"' in gu.get("/cases").content.decode(), "the bar leads there"


def test_where_nothing_gathers_it_says_so(town: Town, gu: Client) -> None:
    Spot.objects.update(gone_at=timezone.now())
    page = gu.get("/spots", headers={"Accept-Language": "en"}).content.decode()
    assert "Nothing gathers anywhere" in page
    assert "any false alarm in at most 5 of a hundred" in page


def test_a_community_has_its_own(town: Town, gu: Client) -> None:
    assert len(gu.get("/spots", {"place": town.well_lane.code}).context["lines"]) == 1
    assert gu.get("/spots", {"place": town.upper_lane.code}).context["lines"] == []


def test_other_ground_is_not_there_for_a_stranger(town: Town, gu: Client) -> None:
    assert gu.get("/spots", {"place": town.county.code}).status_code == 404
    assert gu.get("/spots", {"place": "nowhere"}).status_code == 404
    for stranger in (town.wen, town.bo, town.lan):
        assert at_the_desk(stranger).get("/spots").status_code == 404
    ding = at_the_desk(town.ding)
    assert ding.get("/spots").context["lines"] == []
    assert ding.get("/spots", {"place": town.two_wells.code}).status_code == 404
    assert Client().get("/spots")["Location"] == "/sign-in?next=/spots"


def test_three_spots_cost_no_more_queries_than_one(town: Town, gu: Client) -> None:
    one = queries_of(gu, "/spots")
    spot = Spot.objects.get()
    for number in Case.objects.exclude(number__in=Gathered.objects.values("number")).values_list("number", flat=True)[
        :2
    ]:
        spot.pk = None
        spot.save(force_insert=True)
        Gathered.objects.create(county=spot.county, number=number, spot=spot.pk, place=spot.place)
    assert len(gu.get("/spots").context["lines"]) == 3
    assert queries_of(gu, "/spots") == one <= MOST_QUERIES
