"""An overlap made on purpose is shown where it is."""

from collections.abc import Callable

import pytest
import shapely
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.people.models import Person
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def overlap(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_boundary(town.county.code, shapely.box(106, 30, 106.3, 30.2))
        make_boundary(town.well_lane.code, shapely.box(106.00, 30, 106.01, 30.01))
        make_boundary(town.upper_lane.code, shapely.box(106.009, 30, 106.02, 30.01))
    forget()


def scale(page: Page) -> str:
    return page.locator(".maplibregl-ctrl-scale").inner_text()


def test_an_overlap_is_listed_with_its_area_and_zoomed_to(
    *, overlap: None, town_behind_the_wall: Town, page: Page, live_server: LiveServer,
    sit_down: Callable[[Person], None], sound: Callable[[], None],
) -> None:  # fmt: skip
    sit_down(town_behind_the_wall.ning)
    page.goto(f"{live_server.url}/ground/flaws?kind=community")
    line = page.locator("tbody tr")
    expect(line).to_contain_text("井巷社区")
    expect(line).to_contain_text("上巷社区")
    assert float(line.locator("td.number").inner_text().replace(",", "")) == pytest.approx(106_950, rel=0.01)
    page.wait_for_selector("#map[data-ready]")
    sound()
    page.locator("button.maplibregl-ctrl-zoom-out").click()
    page.wait_for_function("() => document.querySelector('.maplibregl-ctrl-scale').textContent !== ''")
    before = scale(page)
    line.get_by_role("button").click()
    expect(page.locator("tr.chosen")).to_have_count(1)
    page.wait_for_function("(was) => document.querySelector('.maplibregl-ctrl-scale').textContent !== was", arg=before)
    sound()
