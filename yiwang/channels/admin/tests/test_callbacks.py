"""Whom a county calls back is set on the administration pages, by whoever administers it."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.callbacks.models import Sampling
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
PAGE = "/admin/callbacks/sampling/"


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def a_rule(place: str, **instead: str) -> dict[str, str]:
    rule = {"place": place, "percent": "20", "items": "", "minutes": "5", "of_usual": "10", "of_limit": "5"}
    return rule | instead


def kept() -> Sampling | None:
    with standing_on(EVERYWHERE):
        return Sampling.objects.first()


def test_a_county_sets_changes_and_takes_away_its_rule(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    assert ning.post(f"{PAGE}add/", a_rule(county)).status_code == 302
    assert ning.get(PAGE).status_code == 200
    rule = kept()
    assert rule is not None
    assert (rule.place_id, rule.percent, rule.minutes) == (county, 20, 5)
    assert ning.post(f"{PAGE}{rule.pk}/change/", a_rule(county, percent="30")).status_code == 302
    changed = kept()
    assert changed is not None
    assert changed.percent == 30
    ning.post(PAGE, {"action": "remove", "_selected_action": [str(rule.pk)]})
    assert kept() is None


@pytest.mark.parametrize("place", ["990102", ""])
def test_nobody_sets_a_rule_for_other_ground(ning: Client, place: str) -> None:
    page = ning.post(f"{PAGE}add/", a_rule(place))
    assert page.context["adminform"].form.errors
    assert kept() is None


def test_a_clerk_finds_nothing_here(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.mei).get(PAGE).status_code in {302, 403, 404}
