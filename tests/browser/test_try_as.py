"""Somebody who has never seen it sits down at each desk, and watches a day play itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from yiwang import demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


@pytest.fixture(autouse=True)
def county(settings: Settings) -> None:
    """The demonstration, as `yiwang run` leaves it."""
    settings.DEMONSTRATION, settings.DEMONSTRATION_SIGN_INS = True, demo.SEATS
    demo.load(silent, cases=20)


def test_seats_are_taken_with_one_tap_and_a_day_is_begun(
    page: Page, live_server: LiveServer, sound: Callable[[], None]
) -> None:
    page.goto(f"{live_server.url}/try")
    sound()
    page.get_by_role("button", name="双井街道指挥中心受理员").click()
    expect(page).to_have_url(f"{live_server.url}/inbox")
    sound()
    page.get_by_role("link", name="换个身份试用").click()
    expect(page.locator("button[aria-current]")).to_contain_text("当前身份")
    page.get_by_role("button", name="用 5 分钟演示一天").click()
    expect(page.locator(".stands")).to_contain_text("正在用 5 分钟演示一天")
    sound()
    page.get_by_role("button", name="停止演示").click()
    expect(page.locator(".stands")).to_contain_text("有人停止了演示")
    page.get_by_role("button", name="居民").click()
    expect(page.get_by_role("link", name="我要反映")).to_be_visible()
    sound()
