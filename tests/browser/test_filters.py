"""The filters of a list: one line on the phone that says what is filtered, standing open at the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.chromium import PHONE
from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import told
from yiwang.people.models import Person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Every list with the filter, and who reads it.
LISTS = (
    ("mei", "/cases"), ("mei", "/inbox"), ("mei", "/calls"), ("gu", "/orders"), ("gu", "/listed"), ("gu", "/guidance"),
    ("wen", "/mine"),
)  # fmt: skip


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    with standing_on(EVERYWHERE):
        make_lamp()
    told(town_behind_the_wall)
    return town_behind_the_wall


@pytest.mark.parametrize(("who", "address"), LISTS, ids=lambda one: one.strip("/"))
def test_the_filter_says_what_it_is_and_leaves_the_phone_to_the_list(
    *, town: Town, who: str, address: str, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    on_phone: bool, quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("422")
    sit_down(getattr(town, who))
    page.goto(f"{live_server.url}{address}?place={town.lane_grid.code}")
    summary, place = page.locator(".filter > summary"), page.locator("#want-place")
    if on_phone:
        expect(place).to_be_hidden()
        expect(summary).to_contain_text("筛选：双井街道 井巷社区")
        box = summary.bounding_box()
        assert box is not None
        assert (box["height"] >= 44, box["width"] > 300) == (True, True)
        summary.click()
    expect(place).to_be_visible()
    place.fill("nowhere")
    place.press("Enter")
    expect(page.locator(".note.error")).to_be_visible()
    expect(place).to_have_value("nowhere")
    expect(place).to_be_visible()


def test_the_key_leads_to_the_filter_whether_it_is_folded_or_not(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], on_phone: bool
) -> None:
    if on_phone:
        pytest.skip("keys are for desks")
    sit_down(town.mei)
    for address in ("/inbox", f"/inbox?place={town.lane_grid.code}"):
        page.goto(live_server.url + address)
        page.keyboard.press("f")
        expect(page.locator("#want-place")).to_be_focused()


def test_without_script_the_filter_is_unfolded_all_the_same(
    *, town: Town, browser: Browser, context: BrowserContext, live_server: LiveServer,
    sit_down: Callable[[Person], None], on_phone: bool,
) -> None:  # fmt: skip
    sit_down(town.mei)
    bare = browser.new_context(
        storage_state=context.storage_state(), viewport=PHONE if on_phone else None, java_script_enabled=False
    )
    page = bare.new_page()
    page.goto(f"{live_server.url}/cases?overdue=yes")
    if on_phone:
        expect(page.locator("#want-q")).to_be_hidden()
        page.locator(".filter > summary").click()
    expect(page.locator("#want-q")).to_be_visible()
    bare.close()
