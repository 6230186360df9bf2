import pytest
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.cases.tests.make import MONDAY
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.triage.models import Trust, Version

pytestmark = pytest.mark.django_db
ADD = "/admin/triage/trust/add/"


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def test_a_town_trusts_proposals_and_takes_it_back(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall.two_wells.code
    assert ning.post(ADD, {"place": town, "likely": "0.95"}).status_code == 302
    with standing_on(EVERYWHERE):
        assert Trust.objects.get(place=town).likely == 0.95
        assert Entry.objects.filter(act="trust", ground=town).exists()
    assert ning.post(f"/admin/triage/trust/{town}/change/", {"likely": "0.9"}).status_code == 302
    ning.post("/admin/triage/trust/", {"action": "take_back", "_selected_action": [town]})
    with standing_on(EVERYWHERE):
        assert not Trust.objects.exists()


@pytest.mark.parametrize(("place", "likely"), [("990102101", "0.95"), ("990101001", "0.2"), ("990101001001", "0.9")])
def test_what_is_not_ones_own_or_not_sound_is_refused_on_the_form(ning: Client, place: str, likely: str) -> None:
    page = ning.post(ADD, {"place": place, "likely": likely})
    assert page.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not Trust.objects.exists()


def test_what_was_learned_is_read_and_not_written(ning: Client) -> None:
    with standing_on(EVERYWHERE):
        version = Version.objects.create(
            made_at=MONDAY, examples=300, items=5, held_back=60, right=0.9, right_before=0.7, content=b"", in_use=True
        )
    assert "300" in ning.get("/admin/triage/version/").content.decode()
    assert ning.get(f"/admin/triage/version/{version.pk}/change/").status_code == 200
    assert ning.post(f"/admin/triage/version/{version.pk}/change/", {"in_use": ""}).status_code == 403
    assert ning.get("/admin/triage/version/add/").status_code == 403


def test_a_clerk_has_no_such_page(town_behind_the_wall: Town) -> None:
    assert at_the_desk(town_behind_the_wall.mei).get("/admin/triage/trust/").status_code in {302, 404}
