"""How long things take is set on the administration pages, by whoever administers the county."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.workload.models import Minutes

pytestmark = pytest.mark.django_db
PAGE = "/admin/workload/minutes/"
FIGURES = {"report": "4", "check_minutes": "20", "task": "50", "answer": "6", "form": "10", "most": "900"}


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def test_a_county_sets_and_changes_its_figures(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    assert ning.post(f"{PAGE}add/", FIGURES | {"county": county}).status_code == 302
    assert ning.get(PAGE).status_code == 200
    with standing_on(EVERYWHERE):
        kept = Minutes.objects.get()
    assert (kept.county_id, kept.check_minutes, kept.most) == (county, 20, 900)
    assert ning.post(f"{PAGE}{kept.pk}/change/", FIGURES | {"county": county, "most": "0"}).status_code == 302
    with standing_on(EVERYWHERE):
        assert Minutes.objects.get().most == 0


def test_nobody_sets_those_of_other_ground_nor_what_makes_no_sense(town_behind_the_wall: Town, ning: Client) -> None:
    own = town_behind_the_wall.county.code
    for unfit in ({"county": "990102"}, {"county": ""}, {"county": own, "task": "481"}):
        page = ning.post(f"{PAGE}add/", FIGURES | unfit)
        assert page.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not Minutes.objects.exists()


def test_a_clerk_finds_nothing_here(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.mei).get(PAGE).status_code in {302, 403, 404}
