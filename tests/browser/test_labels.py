"""A clerk makes a sheet of labels, and somebody scans one."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.labels import Label, code_of
from yiwang.people.models import Person
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_list_of_things_to_the_sheet_and_from_the_label_to_the_report(
    *, town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    sound: Callable[[], None], fits: Callable[[], None],
) -> None:  # fmt: skip
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
    forget()
    sit_down(town.mei)
    page.goto(f"{live_server.url}/desk/labels")
    sound()
    page.get_by_label("事项类别").select_option("LAMP")
    page.get_by_label("请选择社区（村）").select_option(town.well_lane.code)
    page.get_by_label("物品名称，每行一个").fill("灯" * 41)
    page.get_by_role("button", name="生成标签").click()
    expect(page.get_by_role("alert")).to_be_visible()
    sound()
    page.get_by_label("物品名称，每行一个").fill("\n".join(f"{n}号路灯" for n in range(1, 14)))
    page.get_by_role("button", name="生成标签").click()
    expect(page.locator(".sticker")).to_have_count(13)
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    sound()
    printed = page.pdf(prefer_css_page_size=True)
    # Twelve on the first sheet, one on the second.
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 2
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()

    page.emulate_media(media="screen")
    page.goto(f"{live_server.url}/q/{code_of(Label('LAMP', town.well_lane.code, '3号路灯'))}")
    expect(page.get_by_text("反映对象：3号路灯")).to_be_visible()
    expect(page.locator("#item")).to_have_value("LAMP")
    expect(page.locator("#places select").nth(2)).to_have_value(town.well_lane.code)
    sound()
