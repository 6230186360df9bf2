"""How often is often is set on the administration pages, by whoever administers the county."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.repeats.models import Often

pytestmark = pytest.mark.django_db
PAGE = "/admin/repeats/often/"
FIGURES = {"times": "4", "months": "12", "metres": "100"}


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def test_a_county_sets_and_changes_its_figures(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    assert ning.post(f"{PAGE}add/", FIGURES | {"county": county}).status_code == 302
    assert ning.get(PAGE).status_code == 200
    with standing_on(EVERYWHERE):
        kept = Often.objects.get()
    assert (kept.county_id, kept.times, kept.months, kept.metres) == (county, 4, 12, 100)
    assert ning.post(f"{PAGE}{kept.pk}/change/", FIGURES | {"county": county, "times": "5"}).status_code == 302
    with standing_on(EVERYWHERE):
        assert Often.objects.get().times == 5


def test_nobody_sets_those_of_other_ground_nor_what_makes_no_sense(town_behind_the_wall: Town, ning: Client) -> None:
    own = town_behind_the_wall.county.code
    for unfit in ({"county": "990102"}, {"county": ""}, {"county": own, "times": "1"}):
        page = ning.post(f"{PAGE}add/", FIGURES | unfit)
        assert page.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not Often.objects.exists()


def test_a_clerk_finds_nothing_here(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.mei).get(PAGE).status_code in {302, 403, 404}
