"""What one phone told again and again: exactly its cases, for whoever sees them there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.tests.make import make_item
from yiwang.repeats.actions import look
from yiwang.repeats.models import Teller
from yiwang.repeats.tests.make import PHONE, told, told_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbers(town: Town) -> list[int]:
    """A lamp told of four times, and bins once."""
    now = timezone.now()
    until = now - timedelta(hours=1)
    found = [*told_again(town, make_lamp(), times=4, until=until), told(town, make_item("BINS"), at=until)]
    look(now=now, whole=True)
    return found


@pytest.fixture
def address(town: Town, numbers: list[int]) -> str:
    return f"/repeats/{Teller.objects.get(place=town.two_wells.code).pk}"


def test_it_leads_to_exactly_its_cases_demand_by_demand(town: Town, numbers: list[int], address: str) -> None:
    Case.objects.filter(number=numbers[3]).update(secrecy="confidential")
    Case.objects.filter(number=numbers[1]).update(reopened=1)
    Step.objects.create(
        number=numbers[1], seq=9, county=town.county.code, at=timezone.now(), move="call_back", state="called_back",
        actor="clock", capacity="caller", channel="web", given={"satisfied": False}, before=b"", hash=b"",
    )  # fmt: skip
    answer = at_the_desk(town.mei).get(address, headers={"Accept-Language": "en"})
    page = answer.content.decode()
    shown = [[case.number for case in demand.cases] for demand in answer.context["told"].demands]
    assert shown == [numbers[:3], numbers[4:]]
    assert all(page.count(f'href="/cases/{written(number)}"') == 1 for number in (*numbers[:3], numbers[4]))
    assert written(numbers[3]) not in page
    assert "dissatisfied 1" in page
    assert "reopened 1" in page
    assert "138****4681" in page
    assert not any(hidden in page for hidden in (PHONE, "陈女士"))


def test_it_is_not_there_for_a_stranger(town: Town, address: str) -> None:
    for stranger in (town.ding, town.wen, town.bo, town.lan):
        assert at_the_desk(stranger).get(address).status_code == 404
    of_county = Teller.objects.get(place=town.county.code).pk
    assert at_the_desk(town.mei).get(f"/repeats/{of_county}").status_code == 404
    assert at_the_desk(town.mei).get("/repeats/0").status_code == 404
    assert Client().get(address)["Location"] == f"/sign-in?next={address}"


def test_five_cases_cost_no_more_queries_than_three(town: Town, numbers: list[int], address: str) -> None:
    mei = at_the_desk(town.mei)
    five = queries_of(mei, address)
    Case.objects.filter(number__in=numbers[3:]).update(secrecy="confidential")
    assert queries_of(mei, address) == five <= MOST_QUERIES
