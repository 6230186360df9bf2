"""Whoever leaves a page does not wait for what it still asks, and is told of no error because of that."""

from collections.abc import Iterator
from threading import Event

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.channels.web.resident import report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ASKED = "**/report/proposal"
# Not by a locator: it would wait for the next page.
WRITTEN_LATE = """() => {
  location.href = "/my-reports";
  setTimeout(() => {
    const text = document.querySelector("#id_text");
    text.value = "井巷口的路灯不亮了";
    text.dispatchEvent(new Event("input", {bubbles: true}));
  }, 300);
}"""


# Some browsers tell a question of its end while its page goes. Chromium lets it vanish: it is told here, as they do.
TOLD_WHILE_LEAVING = """(() => {
  const { prototype } = XMLHttpRequest;
  const { open } = prototype;
  const asked = new Set();
  prototype.open = function (...given) {
    asked.add(this);
    this.addEventListener("loadend", () => asked.delete(this));
    return open.apply(this, given);
  };
  addEventListener("pagehide", () => {
    sessionStorage.setItem("cut off", asked.size);
    asked.forEach((xhr) => xhr.dispatchEvent(new ProgressEvent("error")));
  });
  document.addEventListener("htmx:sendError", () => sessionStorage.setItem("heard of it", "yes"));
})()"""


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    return town_behind_the_wall


@pytest.fixture
def _slow(page: Page, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server thinks about what a report may be about until the test is over."""
    over = Event()
    page.add_init_script(TOLD_WHILE_LEAVING)
    monkeypatch.setattr(report, "_proposed", lambda words, _: bool(words) and over.wait(60) and None)
    yield
    over.set()


def left_quietly(page: Page) -> bool:
    """One question was cut off by the leaving, and the page that was left said nothing of it."""
    cut_off, heard = page.evaluate('[sessionStorage.getItem("cut off"), sessionStorage.getItem("heard of it")]')
    return (cut_off, heard) == ("1", None)


@pytest.mark.usefixtures("_slow")
def test_what_was_asked_before_leaving(*, town: Town, page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/report")
    with page.expect_request(ASKED):
        page.locator("#id_text").fill("井巷口的路灯不亮了")
    page.goto(live_server.url)
    expect(page.get_by_role("link", name="我要反映")).to_be_visible()
    assert left_quietly(page)


@pytest.mark.usefixtures("_slow")
def test_what_was_asked_while_the_next_page_is_on_its_way(*, town: Town, page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/report")
    held: list[Route] = []
    # Playwright writes something onto whom it calls: not onto what is built in.
    page.route("**/my-reports", lambda route: held.append(route))  # noqa: PLW0108
    with page.expect_request(ASKED):
        page.evaluate(WRITTEN_LATE)
    held[0].continue_()
    page.wait_for_url("**/my-reports")
    expect(page.get_by_label("查询码")).to_be_visible()
    assert left_quietly(page)


def test_a_page_that_stays_hears_of_its_cut_off_question(
    *, town: Town, page: Page, live_server: LiveServer, expected: list[str]
) -> None:
    expected += ["net::ERR_FAILED", "htmx:sendError", "htmx:afterRequest"]
    page.goto(f"{live_server.url}/report")
    page.route(ASKED, lambda route: route.abort())
    with page.expect_console_message(lambda said: "htmx:sendError" in said.text):
        page.locator("#id_text").fill("井巷口的路灯不亮了")
