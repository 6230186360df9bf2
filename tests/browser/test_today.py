"""A grid worker in the rain: what waits, what is nearest, and who is in charge."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.chromium import PHONE
from tests.town import Town
from yiwang.cases.tests.make import finished, make_lamp
from yiwang.people.models import Person
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_nearest_comes_first_and_again_the_most_pressing(
    *, town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    sound: Callable[[], None], fits: Callable[[], None],
) -> None:  # fmt: skip
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        for far in (0.09, 0.0, 0.001):
            finished(town, position=(108.1 + far, 30.9), text=f"路灯不亮了，第{far}处")
        finished(town, text="没有位置的一处")
    forget()
    sit_down(town.bo)
    page.set_viewport_size(PHONE)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": 108.1, "latitude": 30.9})
    page.goto(f"{live_server.url}/today")
    lines = page.locator(".turn .words")
    pressing = lines.all_inner_texts()
    assert len(pressing) == 4
    sound()
    fits()
    page.get_by_role("button", name="由近到远").click()
    expect(lines.first).to_have_text("路灯不亮了，第0.0处")
    assert lines.all_inner_texts()[1:] == ["路灯不亮了，第0.001处", "路灯不亮了，第0.09处", "没有位置的一处"]
    sound()
    page.get_by_role("button", name="紧急优先").click()
    expect(lines).to_have_text(pressing)
    page.locator(".tabs").get_by_role("link", name="辖区").click()
    expect(page.get_by_role("heading", name="井巷第一网格")).to_be_visible()
    sound()
    fits()
