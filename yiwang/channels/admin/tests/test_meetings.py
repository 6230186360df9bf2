"""When a case comes before the committee is changed on the administration pages, by whoever administers the county."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.meetings.models import AgendaRule
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def a_rule(ground: str, **instead: str) -> dict[str, str]:
    rule = {"place": ground, "overdue": "3", "reopened": "0", "handed_back": "2", "days": "45", "most": "8"}
    return rule | instead


def test_a_county_sets_and_changes_a_towns_rule(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall.two_wells.code
    assert ning.post("/admin/meetings/agendarule/add/", a_rule(town)).status_code == 302
    with standing_on(EVERYWHERE):
        kept = AgendaRule.objects.get(place=town)
    changed = ning.post(f"/admin/meetings/agendarule/{kept.pk}/change/", a_rule(town, days="30"))
    assert changed.status_code == 302
    assert ning.get("/admin/meetings/agendarule/").status_code == 200
    with standing_on(EVERYWHERE):
        kept.refresh_from_db()
        assert (kept.overdue, kept.reopened, kept.days) == (3, 0, 30)


@pytest.mark.parametrize("instead", [{"place": "990102"}, {"place": ""}, {"overdue": "21"}, {"most": "0"}])
def test_what_cannot_be_is_refused_in_words(town_behind_the_wall: Town, ning: Client, instead: dict[str, str]) -> None:
    page = ning.post("/admin/meetings/agendarule/add/", a_rule(town_behind_the_wall.two_wells.code, **instead))
    assert page.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert AgendaRule.objects.count() == 1


def test_a_clerk_finds_nothing_there(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.mei).get("/admin/meetings/agendarule/").status_code in {302, 403, 404}
