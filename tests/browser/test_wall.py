"""The wall on its two screens, by day and by night; and a month of it in a minute."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
import shapely
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import told
from yiwang.channels.web.wall.tests.test_screen import token_of_gu
from yiwang.people.actions import revoke_token
from yiwang.people.models import Person
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEARD = "body[data-heard]"
REFRESHES = 2_000
NOW = "**/wall/now*"
AT_REST = "#map[data-ready=yes]"


@pytest.fixture(params=[(1920, 1080), (3840, 2160)], ids=["1080", "2160"])
def context(request: pytest.FixtureRequest, open_browser: Callable[..., BrowserContext]) -> BrowserContext:
    """A screen on the wall."""
    width, height = request.param
    # A large picture drawn without a graphics card takes its time.
    return open_browser(wait=120_000, viewport={"width": width, "height": height})


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    """Two Wells and its communities are drawn."""
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        make_boundary(town.two_wells.code, shapely.box(106, 30, 106.02, 30.02))
        make_boundary(town.well_lane.code, shapely.box(106, 30, 106.01, 30.02))
        make_boundary(town.upper_lane.code, shapely.box(106.01, 30, 106.02, 30.02))
    forget()
    return town


def look(page: Page, which: str) -> None:
    page.add_init_script(f"localStorage.setItem('wall-look', '{which}')")


def hasten(page: Page) -> None:
    """From here on it asks again at once."""
    page.evaluate("document.body.dataset.every = 0")


@pytest.mark.parametrize("by", ["day", "night"])
def test_the_wall_fits_its_screen_and_is_read_by_everybody(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], by: str,
    fits: Callable[[], None], in_chinese: Callable[..., None], accessible: Callable[..., None],
) -> None:  # fmt: skip
    number = told(town, position=(106.004, 30.004))
    sit_down(town.gu)
    look(page, by)
    page.goto(f"{live_server.url}/wall")
    page.wait_for_selector(HEARD)
    expect(page.locator("html")).to_have_attribute("data-look", by)
    expect(page.locator("#newest li:visible")).to_have_count(1)
    expect(page.locator("#newest code")).to_have_text([written(number), "", "", "", "", ""])
    expect(page.locator(".map-name")).to_have_text(["井巷社区", "上巷社区"])
    fits()
    cut = page.evaluate("document.documentElement.scrollHeight > innerHeight")
    assert not cut
    small = page.evaluate(
        """() => [...document.querySelectorAll("main *, header *")]
          .filter((one) => one.checkVisibility() && [...one.childNodes].some((node) => node.data?.trim()))
          .filter((one) => parseFloat(getComputedStyle(one).fontSize) < innerWidth / 90)
          .map((one) => one.outerHTML.slice(0, 80))"""
    )
    # From five metres nothing smaller is read: one part in ninety of the screen's width.
    assert small == []
    in_chinese()
    accessible()


def test_a_new_case_flows_in_and_the_screen_is_not_reloaded(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    first = told(town, position=(106.004, 30.004))
    sit_down(town.gu)
    page.goto(f"{live_server.url}/wall")
    page.wait_for_selector(HEARD)
    page.evaluate("window.same = true")
    second = told(town, "又一盏灯坏了", position=(106.006, 30.004))
    hasten(page)
    page.wait_for_function("() => Number(document.body.dataset.heard) > 2", timeout=40_000)
    rows = page.locator("#newest li:visible")
    expect(rows.locator("code")).to_have_text([written(second), written(first)])
    assert page.evaluate("window.same") is True


def test_a_cut_line_is_told_and_what_is_shown_stays(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("ERR_FAILED")
    told(town, position=(106.004, 30.004))
    sit_down(town.gu)
    page.goto(f"{live_server.url}/wall")
    page.wait_for_selector(HEARD)
    page.route(NOW, lambda route: route.abort())
    page.evaluate("document.body.dataset.every = 50")
    expect(page.get_by_text("连接中断")).to_be_visible(timeout=40_000)
    expect(page.locator("#newest li:visible")).to_have_count(1)
    page.unroute(NOW)
    expect(page.get_by_text("连接中断")).to_be_hidden()


def test_day_and_night_are_switched_by_hand(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    sit_down(town.gu)
    page.goto(f"{live_server.url}/wall")
    page.wait_for_selector(HEARD)
    switch = page.get_by_role("button", name="按时自动")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-look", "day")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-look", "night")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-look", "night")
    expect(page.get_by_role("button", name="夜间")).to_be_visible()


def test_a_screen_without_a_person_shows_the_wall_until_its_token_is_revoked(
    *, town: Town, page: Page, live_server: LiveServer, quiet_about: Callable[[str], None]
) -> None:
    quiet_about("404")
    with standing_on(EVERYWHERE):
        token, secret = token_of_gu(town)
    told(town, position=(106.004, 30.004))
    page.goto(f"{live_server.url}/wall/screen")
    page.get_by_label("令牌").fill(secret)
    page.get_by_role("button", name="在此显示大屏").click()
    page.wait_for_selector(HEARD)
    expect(page.locator("#newest li:visible")).to_have_count(1)
    expect(page.locator(".map-name")).to_have_count(2)
    with standing_on(EVERYWHERE):
        revoke_token(token, by=town.gu, now=timezone.now())
    page.evaluate("document.body.dataset.every = 50")
    expect(page.get_by_text("此大屏已退出登录")).to_be_visible(timeout=40_000)


class Line:
    """Answers the wall's questions, each with another hour of a county; holds the answers back where it is told to."""

    def __init__(self, real: dict[str, Any]) -> None:
        self.real, self.nth = real, count(1)
        self.holds = False
        self.held: list[Route] = []

    def answer(self, route: Route) -> None:
        if self.holds:
            self.held.append(route)
        else:
            changing(route, next(self.nth), self.real)

    def go_on(self) -> None:
        self.holds = False
        while self.held:
            self.answer(self.held.pop())


def changing(route: Route, n: int, real: dict[str, Any]) -> None:
    """Another hour of a busy county: every number, row, point and hot spot is another one."""
    kinds = ("late", "soon", "calm")
    points = [
        {"number": str(n * 7 + i), "kind": kinds[(n + i) % 3], "lon": 106 + (n * 13 + i * 31) % 200 / 1e4,
         "lat": 30 + (n * 17 + i * 37) % 200 / 1e4}
        for i in range(300 + n % 100)
    ]  # fmt: skip
    newest = [{**real["newest"][0], "number": str(n * 7 + i), "kind": kinds[i % 3]} for i in range(6)]
    hot = [[106 + i % 20 / 1e3, 30 + (n + i) % 20 / 1e3, 1 + (n + i) % 40] for i in range(150)]
    route.fulfill(json=real | {"points": points, "newest": newest, "hot": hot}, headers={"ETag": f'"{n}"'})


def test_a_month_of_refreshes_leaves_nothing_behind(
    *, town: Town, page: Page, context: BrowserContext, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    """Elements, listeners and memory are level: after thousands of refreshes as after hundreds."""
    if page.viewport_size == {"width": 3840, "height": 2160}:
        pytest.skip("the smaller screen runs the same")
    # Without a graphics card most of the time goes into pixels, of which this test looks at none.
    page.set_viewport_size({"width": 480, "height": 270})
    told(town, position=(106.004, 30.004))
    sit_down(town.gu)
    page.goto(f"{live_server.url}/wall")
    page.wait_for_selector(HEARD)
    real = page.evaluate("fetch(document.body.dataset.now).then((answer) => answer.json())")
    line = Line(real)
    page.route(NOW, line.answer)
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def measured(after: int) -> dict[str, float]:
        page.wait_for_function(f"() => Number(document.body.dataset.heard) >= {after}", timeout=1_200_000)
        # At rest: with the answer held back, until the map has drawn the one before. What is on its way, a tile or a
        # message to the worker that cuts it, has listeners of its own; how many just then is the machine's affair.
        with page.expect_request(NOW):
            line.holds = True
        page.wait_for_selector(AT_REST, timeout=120_000)
        devtools.send("HeapProfiler.collectGarbage")
        found = devtools.send("Performance.getMetrics")["metrics"]
        line.go_on()
        wanted = ("Nodes", "JSEventListeners", "JSHeapUsedSize", "Documents")
        return {one["name"]: one["value"] for one in found if one["name"] in wanted}

    hasten(page)
    early = measured(REFRESHES // 5)
    late = measured(REFRESHES)
    assert late["Nodes"] <= early["Nodes"] + 20
    assert late["JSEventListeners"] <= early["JSEventListeners"] + 5
    assert late["JSHeapUsedSize"] <= early["JSHeapUsedSize"] * 1.1 + 1_000_000
    assert late["Documents"] == early["Documents"]
    expect(page.locator("#newest li")).to_have_count(6)
