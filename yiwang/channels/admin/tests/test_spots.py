"""From when on cases gather is set on the administration pages, by whoever administers the county."""

import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.spots.models import Lookout

pytestmark = pytest.mark.django_db
PAGE = "/admin/spots/lookout/"
FIGURES = {"metres": "80", "fewest": "4", "days": "14", "past_days": "182", "board": "", "item": ""}


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def test_a_county_sets_what_is_looked_for_of_an_item_and_changes_it(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    with standing_on(EVERYWHERE):
        item = make_item("DRAIN")
    said = FIGURES | {"county": county, "item": str(item.pk)}
    assert ning.post(f"{PAGE}add/", said).status_code == 302
    assert ning.get(PAGE).status_code == 200
    with standing_on(EVERYWHERE):
        kept = Lookout.objects.get()
    assert (kept.county_id, kept.item_id, kept.metres, kept.fewest) == (county, item.pk, 80, 4)
    assert ning.post(f"{PAGE}{kept.pk}/change/", said | {"fewest": "0"}).status_code == 302
    with standing_on(EVERYWHERE):
        assert Lookout.objects.get().fewest == 0


def test_nobody_sets_those_of_other_ground_nor_what_makes_no_sense(town_behind_the_wall: Town, ning: Client) -> None:
    own = town_behind_the_wall.county.code
    for unfit in ({"county": "990102"}, {"county": ""}, {"county": own, "fewest": "2"}, {"county": own, "days": "1"}):
        page = ning.post(f"{PAGE}add/", FIGURES | unfit)
        assert page.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not Lookout.objects.exists()


def test_a_clerk_finds_nothing_here(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.mei).get(PAGE).status_code in {302, 403, 404}
