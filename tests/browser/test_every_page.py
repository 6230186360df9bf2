"""Every page of every seat, as it must be: accessible day and night, narrow, enlarged, Chinese, by the keyboard."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as ours
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import ALLOWED, AXE, ENGLISH, SCHEMES, SMALL
from tests.browser.pages import PAGES, Shown, fill, person_of, prepare
from tests.chromium import DESK, PHONE
from tests.desk import at_the_desk, with_password
from tests.processes import same_database
from tests.town import PASSWORD, Town
from tests.waiting import until
from yiwang.people.models import Person
from yiwang.people.tests.test_sign_in import enrolled
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.project.static import collect
from yiwang.project.tests.installation import free_port

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW: ViewportSize = {"width": 360, "height": 780}
# A desk of 1440 × 900 at 200 %.
ENLARGED: ViewportSize = {"width": 720, "height": 450}
# Controls that something else lies on once they have been scrolled to, downwards as well as upwards: what sticks to an
# edge of the window must leave free what has the focus. The link that leads past the bar comes only with the focus.
COVERED = """() => {
  const covered = (one) => {
    one.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = one.getClientRects()[0];
    if (!box || box.width < 2 || box.height < 2) return false;
    const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const own = [one, one.closest("label"), ...(one.labels ?? [])].filter(Boolean);
    return !there || !(there.contains(one) || own.some((part) => part.contains(there)));
  };
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const controls = [...document.querySelectorAll(kinds)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches(".skip"));
  const found = [...controls, ...controls.toReversed()].filter(covered);
  return [...new Set(found)].map((one) => one.outerHTML.slice(0, 90));
}"""
LIGHTEST, LIGHT = 150 * 1024, 600 * 1024
WIDTHS = "[document.documentElement.scrollWidth, window.innerWidth]"
LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((one) => [one.name, one.transferSize])"""
FIRST = """() => document.querySelector("a[href], button, input:not([type=hidden]), select, textarea, [tabindex]")
  .matches(".skip[href='#main']") && Boolean(document.querySelector("main#main"))"""
# What has the focus shows it: by an outline of its own or of what holds it.
UNSEEN = """() => {
  const shows = (one) => one && (getComputedStyle(one).outlineStyle !== "none" || shows(one.parentElement));
  const here = document.activeElement;
  return here === document.body || shows(here) ? "" : here.outerHTML.slice(0, 90);
}"""


@pytest.fixture
def town(town_behind_the_wall: Town, settings: Settings) -> Town:
    settings.RATE_LIMIT = ""
    settings.EMAIL_HOST, settings.MAIL_FROM = "127.0.0.1", "yiwang@example.cn"
    prepare(town_behind_the_wall)
    return town_behind_the_wall


@pytest.fixture(params=sorted({shown.seat for shown in PAGES}), ids=lambda seat: seat or "nobody")
def seat(request: pytest.FixtureRequest) -> str:
    """Who sits there, one after the other."""
    return str(request.param)


def pages_of(seat: str) -> list[Shown]:
    return [shown for shown in PAGES if shown.seat == seat]


def faults(page: Page, *, on_phone: bool) -> Iterator[str]:
    """What is wrong with the page that is shown."""
    if page.evaluate("document.documentElement.lang") != "zh-hans":
        yield "the language is not said"
    if english := page.evaluate(ENGLISH, ALLOWED):
        yield f"English: {english}"
    if on_phone and (small := page.evaluate(SMALL)):
        yield f"small: {small}"
    for size in (NARROW, *(() if on_phone else (ENLARGED,))):
        page.set_viewport_size(size)
        wide, window = page.evaluate(WIDTHS)
        if wide > window:
            yield f"{wide} of {window} pixels"
        if covered := page.evaluate(COVERED):
            yield f"covered at {window} pixels: {covered}"
    page.set_viewport_size(PHONE if on_phone else DESK)
    yield from _by_axe(page)
    yield from _by_keyboard(page)


def _by_axe(page: Page) -> Iterator[str]:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: run `make setup`")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        yield from (f"{scheme} {one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found)
    page.emulate_media(color_scheme="light")


def _by_keyboard(page: Page) -> Iterator[str]:
    if not page.evaluate(FIRST):
        yield "the first stop does not lead to the content"
    page.locator(".skip").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if unseen := page.evaluate(UNSEEN):
            yield f"one does not see where one is: {unseen}"


def test_every_page_is_sound(
    *, town: Town, seat: str, page: Page, live_server: LiveServer, on_phone: bool, sit_down: Callable[[Person], None]
) -> None:
    there, wrong = fill(town), {}
    if seat:
        sit_down(person_of(town, seat))
    for shown in pages_of(seat):
        page.goto(live_server.url + shown.address.format(**there))
        if found := list(faults(page, on_phone=on_phone)):
            wrong[shown.address] = found
    assert wrong == {}, json.dumps(wrong, ensure_ascii=False, indent=1)


@pytest.fixture
def served(town: Town, tmp_path: Path) -> Iterator[str]:
    """The real web server over this test's database: what it sends is what goes over the wire."""
    collect()
    port, log = free_port(), (tmp_path / "serve.log").open("wb")
    told = {
        "DATABASE_URL": same_database(), "YIWANG_HOME": str(ours.HOME.folder), "YIWANG_RATE_LIMIT": "off",
    }  # fmt: skip
    command = [sys.executable, "-m", "yiwang.project.cli", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env={**os.environ, **told}, stdout=log, stderr=log) as process:
        try:
            until(lambda: _answer(port) != b"" or process.poll() is not None, within=180)
            assert process.poll() is None, (tmp_path / "serve.log").read_text()[-2000:]
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _answer(port: int) -> bytes:
    done = subprocess.run(
        ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", f"http://127.0.0.1:{port}/readyz"],
        capture_output=True, check=False,
    )  # fmt: skip
    return done.stdout if done.stdout == b"200" else b""


def weight(context: BrowserContext, address: str) -> tuple[int, int]:
    """Bytes of the first load over the wire, with everything but the map's library; and of how many answers."""
    assert context.browser is not None
    # A browser that has nothing yet.
    fresh = context.browser.new_context(storage_state=context.storage_state(), viewport=PHONE, locale="zh-CN")
    page = fresh.new_page()
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200, f"{address}: {answer.status}"
    loaded: list[tuple[str, int]] = page.evaluate(LOADED)
    fresh.close()
    sizes = [size for url, size in loaded if "/maplibre/" not in url]
    return sum(sizes), len(sizes)


def test_every_page_loads_little(town: Town, served: str, context: BrowserContext) -> None:
    there, heavy = fill(town), {}
    for seat in {shown.seat for shown in PAGES}:
        context.clear_cookies()
        if seat:
            key = at_the_desk(person_of(town, seat)).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": key, "url": served}])
        for shown in pages_of(seat):
            size, answers = weight(context, served + shown.address.format(**there))
            assert answers > 4, f"{shown}: {answers} answers"
            if size > (LIGHTEST if shown.phone else LIGHT):
                heavy[str(shown)] = f"{size // 1024} KB"
    assert heavy == {}


def test_a_form_comes_back_filled_in_after_password_and_second_factor(
    *, town: Town, page: Page, live_server: LiveServer, context: BrowserContext, sit_down: Callable[[Person], None],
    quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    number = fill(town)["in_hand"]
    with standing_on(EVERYWHERE):
        _key, (recovery, *_others) = enrolled(town.mei)
    quiet_about("401")
    sit_down(town.mei)
    page.goto(f"{live_server.url}/cases/{number}")
    page.locator(".say summary").click()
    page.locator(".say textarea").fill("请在周五前办好")
    context.clear_cookies(name="sessionid")
    page.locator(".say button[value=internal]").click()
    expect(page.get_by_text("登录已过期，内容没有提交")).to_be_visible()
    with_password(town.mei, PASSWORD)
    page.locator("[name=login]").fill("mei")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(".narrow button").click()
    page.locator("[name=code]").fill(recovery)
    page.locator(".narrow button").click()
    expect(page).to_have_url(f"{live_server.url}/cases/{number}")
    expect(page.locator(".say textarea")).to_have_value("请在周五前办好")
    expect(page.get_by_text("尚未提交")).to_be_visible()
    expect(page.locator(".timeline")).not_to_contain_text("请在周五前办好")
    page.locator(".say button[value=internal]").dblclick()
    expect(page.locator(".timeline .text", has_text="请在周五前办好")).to_have_count(1)
    page.reload()
    expect(page.get_by_text("尚未提交")).to_have_count(0)
