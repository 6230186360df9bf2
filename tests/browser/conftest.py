"""A real Chromium in front of the real pages."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.chromium import DESK, MISSING, PHONE, QUIET, found
from tests.desk import at_the_desk
from tests.waiting import until
from yiwang.people.models import Person
from yiwang.plumbing.walls.ground import past_the_wall

# Playwright's synchronous door runs an event loop in this thread; Django would refuse the database in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# Names of formats, programs and units, which Chinese offices write in Latin letters too.
ALLOWED = [
    *("CSV", "Excel", "Word", "JSON", "null", "GeoJSON", "shapefile", "GCJ", "WGS", "GPS", "BD", "MB", "Chrome"),
    *("Linux", "km", "ID"),
]
ENGLISH = """(allowed) => {
  const shown = (element) => element.checkVisibility()
    && !element.closest("code, script, style, [lang=en], .material-symbols-outlined");
  const said = [...document.body.querySelectorAll("*")].filter(shown).flatMap((element) => [
    ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
    ...["placeholder", "title", "aria-label"].map((name) => element.getAttribute(name) ?? ""),
  ]);
  const words = [document.title, ...said].flatMap((text) => text.match(/[A-Za-z]{2,}/g) ?? []);
  return [...new Set(words)].filter((word) => !allowed.includes(word));
}"""
# Links within a sentence are excepted, as in WCAG 2.2, 2.5.8.
SMALL = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, summary")]
  .filter((element) => element.checkVisibility() && !element.closest("p, td"))
  .map((element) => [element, (element.closest("label") ?? element).getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < 44 || box.height < 44))
  .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${Math.round(box.width)}×${Math.round(box.height)}`)"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = found()
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a reader's browser, in Chinese and at the server; who opened it so is shown out before the sweeping."""

    def opened(wait: int = 15_000, **how: Any) -> BrowserContext:
        context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", base_url=live_server.url, **how)
        context.set_default_timeout(wait)
        return context

    yield opened
    for mine in browser.contexts:
        mine.close()
    answered()


@pytest.fixture(params=["desk", "phone"])
def context(request: pytest.FixtureRequest, open_browser: Callable[..., BrowserContext]) -> BrowserContext:
    """A reader's browser, at the desk and on the phone."""
    phone = request.param == "phone"
    return open_browser(viewport=PHONE if phone else DESK, has_touch=phone)


def answered() -> None:
    """Wait for the answers to browsers that have gone: who still reads would stand in the way of the sweeping."""
    # Each line to a browser has a thread, which ends with the line; it may work long before it asks the database.
    until(lambda: not any("process_request_thread" in thread.name for thread in threading.enumerate()))
    until(_nobody_reads)


def _nobody_reads() -> bool:
    # Only the owner sees what the others are at.
    with transaction.atomic(), past_the_wall(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
            # Between two questions of one answer it is idle, too, for a moment.
            " AND (state <> 'idle' OR state_change > clock_timestamp() - interval '300 milliseconds')"
        )
        return bool(cursor.fetchone() == (0,))


@pytest.fixture
def expected() -> list[str]:
    """Words of errors in the console that a test brings about on purpose."""
    return []


@pytest.fixture
def quiet_about(expected: list[str]) -> Callable[[str], None]:
    """The browser itself writes an answer such as 404 into its console."""
    return expected.append


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer, expected: list[str]) -> Iterator[Page]:
    """A page that fails its test on any error in the console."""
    page = context.new_page()
    page.goto(live_server.url)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert not [said for said in wrong if not any(word in said for word in expected)]


@pytest.fixture
def on_phone(request: pytest.FixtureRequest, page: Page) -> bool:
    return page.viewport_size == PHONE


@pytest.fixture
def sit_down(page: Page, context: BrowserContext, live_server: LiveServer) -> Callable[[Person], None]:
    """Somebody opens the browser, wholly signed in."""

    def sit(person: Person) -> None:
        key = at_the_desk(person).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])

    return sit


@pytest.fixture
def accessible(page: Page) -> Callable[..., None]:
    """Says which rules of accessibility the page breaks, by axe-core, by day and by night; `but` names exceptions."""

    def check(*but: str) -> None:
        if not AXE.exists():
            pytest.skip("axe-core is not installed: run `make setup`")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # Not as a script element: the pages allow none but their own.
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
            found = [one for one in found if one["id"] not in but]
            said = [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]
            assert said == [], f"{page.url} {scheme}: {said}"
        page.emulate_media(color_scheme="light")

    return check


@pytest.fixture
def fits(page: Page) -> Callable[[], None]:
    """Nothing is cut off: the page is never wider than its window."""

    def check() -> None:
        wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= window, f"{page.url}: {wide} of {window} pixels"

    return check


@pytest.fixture
def in_chinese(page: Page) -> Callable[..., None]:
    """Nothing that is seen or read aloud is left in English, but formats and the names given."""

    def check(*names: str) -> None:
        assert (english := page.evaluate(ENGLISH, [*ALLOWED, *names])) == [], f"{page.url}: {english}"

    return check


@pytest.fixture
def sound(
    page: Page,
    accessible: Callable[..., None],
    fits: Callable[[], None],
    in_chinese: Callable[..., None],
    *,
    on_phone: bool,
) -> Callable[[], None]:
    """A page of ours as it must be: fits, is accessible, speaks Chinese, and can be touched with a thumb."""

    def check() -> None:
        fits()
        accessible()
        in_chinese()
        if on_phone:
            assert (small := page.evaluate(SMALL)) == [], f"{page.url}: {small}"

    return check
