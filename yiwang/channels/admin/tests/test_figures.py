"""Figures of a room are set on the administration pages, by whoever administers the county."""

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Page:
    """A page of figures: of which model, what is typed, what is changed to, and what makes no sense."""

    of: str
    figures: dict[str, int]
    changed: dict[str, int]
    unfit: dict[str, int]

    @property
    def address(self) -> str:
        return f"/admin/{self.of.lower().replace('.', '/')}/"

    @property
    def kept(self) -> models.QuerySet[models.Model]:
        found: models.QuerySet[models.Model] = apps.get_model(self.of)._default_manager.all()
        return found


PAGES = (
    Page(
        "formalism.Tolerances", {"minutes": 3, "bits": 6, "photo_days": 100, "times": 4, "metres": 80, "days": 60},
        {"minutes": 9}, {"times": 1},
    ),
    Page(
        "workload.Minutes", {"report": 4, "check_minutes": 20, "task": 50, "answer": 6, "form": 10, "most": 900},
        {"most": 0}, {"task": 481},
    ),
    Page("forms.Likeness", {"percent": 70, "days": 60}, {"days": 120}, {"percent": 20}),
    Page("repeats.Often", {"times": 4, "months": 12, "metres": 100}, {"times": 5}, {"times": 1}),
)  # fmt: skip


@pytest.fixture(params=PAGES, ids=lambda page: page.of)
def page(request: pytest.FixtureRequest) -> Page:
    found = request.param
    assert isinstance(found, Page)
    return found


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def test_a_county_sets_and_changes_its_figures(town_behind_the_wall: Town, ning: Client, page: Page) -> None:
    county = town_behind_the_wall.county.code
    assert ning.post(f"{page.address}add/", page.figures | {"county": county}).status_code == 302
    assert ning.get(page.address).status_code == 200
    with standing_on(EVERYWHERE):
        [kept] = page.kept.values("pk", "county_id", *page.figures)
    assert kept == page.figures | {"pk": kept["pk"], "county_id": county}
    again = page.figures | page.changed
    assert ning.post(f"{page.address}{kept['pk']}/change/", again | {"county": county}).status_code == 302
    with standing_on(EVERYWHERE):
        assert page.kept.values(*page.figures).get() == again


def test_nobody_sets_those_of_other_ground_nor_what_makes_no_sense(
    town_behind_the_wall: Town, ning: Client, page: Page
) -> None:
    own = town_behind_the_wall.county.code
    for unfit in ({"county": "990102"}, {"county": ""}, {"county": own, **page.unfit}):
        answer = ning.post(f"{page.address}add/", page.figures | unfit)
        assert answer.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not page.kept.exists()


def test_a_clerk_finds_nothing_here(town_behind_the_wall: Town, page: Page) -> None:
    assert at_the_desk(town_behind_the_wall.mei).get(page.address).status_code in {302, 403, 404}
