"""Weights of the ranking and hours of publishing are set in the administration, by whoever has the county."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.insight.models import PublishingHour, Weighing
from yiwang.insight.rules.scores import WEIGHABLE
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def weights(county: str, *, since: date | None = None, **points: int) -> dict[str, str]:
    first = since or timezone.localdate().replace(day=1)
    said = {f"points_{name}": str(points.get(name, 0)) for name in WEIGHABLE}
    return {"of": "units", "county": county, "since": first.isoformat()} | said


def test_weights_are_set_and_then_only_looked_at(town_behind_the_wall: Town, ning: Client) -> None:
    county = town_behind_the_wall.county.code
    assert ning.get("/admin/insight/weighing/add/").status_code == 200
    assert ning.post("/admin/insight/weighing/add/", weights(county, in_time_rate=70)).status_code == 302
    with standing_on(EVERYWHERE):
        kept = Weighing.objects.get()
        assert (kept.number, kept.points) == (2, {"in_time_rate": 70})
    assert "70" in ning.get("/admin/insight/weighing/").content.decode()
    page = ning.get(f"/admin/insight/weighing/{kept.pk}/change/")
    assert page.status_code == 200
    assert "points_in_time_rate" not in page.content.decode()
    changed = weights(county, in_time_rate=1)
    assert ning.post(f"/admin/insight/weighing/{kept.pk}/change/", changed).status_code in {302, 403}
    with standing_on(EVERYWHERE):
        assert Weighing.objects.get().points == {"in_time_rate": 70}


def test_what_makes_no_sense_and_other_ground_are_refused_on_the_form(
    town_behind_the_wall: Town, ning: Client
) -> None:
    county = town_behind_the_wall.county.code
    for said in (
        weights(county),
        weights(county, since=date(2020, 1, 1), in_time_rate=1),
        weights("", in_time_rate=1),
    ):
        assert ning.post("/admin/insight/weighing/add/", said).context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not Weighing.objects.exists()


def test_an_hour_is_set_and_changed(town_behind_the_wall: Town, ning: Client) -> None:
    said = {"county": town_behind_the_wall.county.code, "kind": "day", "hour": "8"}
    assert "日通报" in ning.get("/admin/insight/publishinghour/add/").content.decode()
    assert ning.post("/admin/insight/publishinghour/add/", said).status_code == 302
    with standing_on(EVERYWHERE):
        kept = PublishingHour.objects.get()
    assert ning.post(f"/admin/insight/publishinghour/{kept.pk}/change/", said | {"hour": "6"}).status_code == 302
    assert "日通报" in ning.get("/admin/insight/publishinghour/").content.decode()
    with standing_on(EVERYWHERE):
        assert PublishingHour.objects.get().hour == 6


def test_a_clerk_finds_nothing_here(town_behind_the_wall: Town) -> None:
    mei = at_the_desk(town_behind_the_wall.mei)
    assert mei.get("/admin/insight/weighing/").status_code in {302, 403, 404}
