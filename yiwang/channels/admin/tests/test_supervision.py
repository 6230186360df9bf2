"""The ladder and the colours are changed on the administration pages, by whoever administers the county."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision.models import Rung, Shares

pytestmark = pytest.mark.django_db


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def a_rung(county: str, **instead: str) -> dict[str, str]:
    rung = {"county": county, "urgency": "", "board": "", "stage": "", "level": "centre", "percent": "60"}
    return rung | {"answer_minutes": ""} | instead


def test_a_county_adds_changes_and_takes_away_a_rung_of_its_own(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    assert ning.get("/admin/supervision/rung/").status_code == 200
    assert ning.post("/admin/supervision/rung/add/", a_rung(county)).status_code == 302
    with standing_on(EVERYWHERE):
        rung = Rung.objects.get(county=county)
    changed = a_rung(county, percent="70", answer_minutes="30")
    assert ning.post(f"/admin/supervision/rung/{rung.pk}/change/", changed).status_code == 302
    with standing_on(EVERYWHERE):
        rung.refresh_from_db()
        assert (rung.percent, rung.answer_minutes) == (70, 30)
    ning.post("/admin/supervision/rung/", {"action": "remove", "_selected_action": [str(rung.pk)]})
    with standing_on(EVERYWHERE):
        assert not Rung.objects.filter(county=county).exists()


@pytest.mark.parametrize("county", ["990102", ""])
def test_nobody_changes_the_ladder_of_other_ground(ning: Client, county: str) -> None:
    page = ning.post("/admin/supervision/rung/add/", a_rung(county))
    assert page.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not Rung.objects.filter(percent=60).exists()


def test_what_makes_no_sense_is_refused_in_words(town_behind_the_wall: Town, ning: Client) -> None:
    page = ning.post("/admin/supervision/rung/add/", a_rung(town_behind_the_wall.county.code, percent="1001"))
    assert page.context["adminform"].form.errors


def test_a_county_sets_the_colours_of_its_boards(town_behind_the_wall: Town, ning: Client) -> None:
    said = {"county": town_behind_the_wall.county.code, "board": "", "soon": "40", "pressing": "70"}
    assert ning.post("/admin/supervision/shares/add/", said).status_code == 302
    with standing_on(EVERYWHERE):
        kept = Shares.objects.get()
    assert ning.post(f"/admin/supervision/shares/{kept.pk}/change/", said | {"soon": "45"}).status_code == 302
    assert ning.get("/admin/supervision/shares/").status_code == 200
    with standing_on(EVERYWHERE):
        assert Shares.objects.get().soon == 45


def test_a_clerk_finds_nothing_here(town_behind_the_wall: Town) -> None:
    mei = at_the_desk(town_behind_the_wall.mei)
    assert mei.get("/admin/supervision/rung/").status_code in {302, 403, 404}
