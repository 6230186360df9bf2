"""One hot spot: its figures and exactly its cases, for whoever sees the numbers of its ground."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.rules import written
from yiwang.spots.actions import look_in
from yiwang.spots.models import Gathered, Spot
from yiwang.spots.tests.make import gathered

pytestmark = pytest.mark.django_db


@pytest.fixture
def spot(town: Town) -> int:
    now = timezone.now()
    gathered(town, until=now - timedelta(hours=1))
    look_in(town.county.code, now=now)
    return Spot.objects.get().pk


@pytest.fixture
def gu(town: Town) -> Client:
    return at_the_desk(town.gu)


def test_it_leads_to_exactly_its_cases_and_says_what_is_usual(town: Town, spot: int, gu: Client) -> None:
    hidden, *shown = Gathered.objects.values_list("number", flat=True)
    Case.objects.filter(number=hidden).update(secrecy="confidential")
    answer = gu.get(f"/spots/{spot}", headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert {case.number for case in answer.context["cases"]} == set(shown)
    assert all(page.count(f'href="/cases/{written(number)}"') == 1 for number in shown)
    assert written(hidden) not in page
    assert f"<b>{len(shown)}</b>" in page
    assert f"<b>{Spot.objects.get().usual:.1f}</b>" in page
    assert "Same days of last year" in page
    assert len(answer.context["signs"]) == len(shown) + 1


def test_one_that_is_gone_says_so(spot: int, gu: Client) -> None:
    Spot.objects.update(gone_at=timezone.now())
    assert (
        "nothing gathers here any more" in gu.get(f"/spots/{spot}", headers={"Accept-Language": "en"}).content.decode()
    )


def test_it_is_not_there_for_a_stranger(town: Town, spot: int, gu: Client) -> None:
    for stranger in (town.ding, town.wen, town.bo, town.lan):
        assert at_the_desk(stranger).get(f"/spots/{spot}").status_code == 404
    assert gu.get(f"/spots/{spot + 1}").status_code == 404
    assert Client().get(f"/spots/{spot}")["Location"] == f"/sign-in?next=/spots/{spot}"


def test_three_cases_cost_no_more_queries_than_one(spot: int, gu: Client) -> None:
    several = queries_of(gu, f"/spots/{spot}")
    kept = Gathered.objects.earliest("number").number
    Gathered.objects.exclude(number=kept).delete()
    assert queries_of(gu, f"/spots/{spot}") == several <= MOST_QUERIES
