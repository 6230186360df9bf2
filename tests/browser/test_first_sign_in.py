"""A new person signs in for the first time."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.desk import with_password
from tests.town import PASSWORD, Town
from yiwang.people.tests.test_sign_in import code_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = "upper-lane-well-12"


def test_from_a_one_time_password_to_ones_seat(
    town_behind_the_wall: Town, page: Page, live_server: LiveServer, sound: Callable[[], None]
) -> None:
    with_password(town_behind_the_wall.mei, PASSWORD, must_change=True)
    page.goto(f"{live_server.url}/ground")
    sound()
    page.get_by_label("登录名或手机号").fill("mei")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("登录名或手机号")).to_have_value("mei")
    sound()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").click()

    expect(page).to_have_url(f"{live_server.url}/account/password")
    sound()
    page.locator("[name=old]").fill(PASSWORD)
    page.locator("[name=new]").fill(OWN)
    page.locator("[name=again]").fill("slip")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.locator(".wrong")).to_have_count(1)
    sound()
    for name, value in {"old": PASSWORD, "new": OWN, "again": OWN}.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("main").get_by_role("button").click()

    expect(page).to_have_url(f"{live_server.url}/account/second-factor/set-up")
    page.locator("main summary").click()
    sound()
    key = page.locator(".key").inner_text()
    page.locator("[name=code]").fill(code_at(key, timezone.now()))
    page.get_by_role("main").get_by_role("button").click()
    expect(page.locator(".codes li")).to_have_count(10)
    recovery = page.locator(".codes li").first.inner_text()
    sound()
    page.get_by_role("main").get_by_role("link").click()
    expect(page).to_have_url(f"{live_server.url}/inbox")
    sound()

    page.goto(f"{live_server.url}/account")
    expect(page.get_by_text("双井街道指挥中心梅受理岗")).to_be_visible()
    page.locator("main summary").click()
    sound()
    page.get_by_role("button", name="退出登录", exact=True).first.click()
    page.get_by_label("登录名或手机号").fill("mei")
    page.get_by_label("密码").fill(OWN)
    page.get_by_role("main").get_by_role("button").click()
    expect(page).to_have_url(f"{live_server.url}/account/second-factor")
    sound()
    page.locator("[name=code]").fill(recovery)
    page.get_by_role("main").get_by_role("button").click()
    expect(page).to_have_url(f"{live_server.url}/inbox")


def test_a_closed_door_and_a_missing_page_are_said_in_chinese(
    *, town_behind_the_wall: Town, page: Page, live_server: LiveServer, sound: Callable[[], None],
    sit_down: Callable[[object], None], quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("429")
    quiet_about("404")
    with_password(town_behind_the_wall.bo, PASSWORD)
    page.goto(f"{live_server.url}/sign-in")
    for _ in range(5):
        page.get_by_label("登录名或手机号").fill("bo")
        page.get_by_label("密码").fill("wrong")
        page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("15")
    sound()
    sit_down(town_behind_the_wall.gu)
    page.goto(f"{live_server.url}/nowhere")
    sound()
