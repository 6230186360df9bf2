"""A case, from the clerk's desk over the handler's to whoever looks whether it is done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.shelf import keep_files_in
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import acting, reporter
from yiwang.cases.models import Summons
from yiwang.cases.rules import written
from yiwang.catalogue.rules import Evidence
from yiwang.catalogue.tests.make import make_item
from yiwang.people.models import Person, Role
from yiwang.people.tests.make import make_post, make_unit
from yiwang.plumbing.files.tests.make import encoded, quarters
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lamp(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> str:
    """The number of a report of a lamp, which is finished with a photo of before and one of after."""
    keep_files_in(tmp_path, settings)
    with standing_on(EVERYWHERE):
        make_item("LAMP", evidence=Evidence(photos=2, before_and_after=True))
        told = actions.Report(
            text="井巷口的路灯不亮了", place=town_behind_the_wall.lane_grid.code, position=(106.05, 30.05),
            name="蓝居民", phone="13800010001",
        )  # fmt: skip
        return written(actions.report(told, by=reporter(), now=timezone.now()).number)


def photo(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": encoded(quarters())}


def go(page: Page) -> None:
    """Send the open form, and see that it was taken."""
    page.locator("#move .btn-primary").click()
    expect(page.locator(".note.success")).to_contain_text("已完成")


def test_a_clerk_dispatches_a_handler_finishes_and_another_confirms(
    *, town_behind_the_wall: Town, lamp: str, page: Page, live_server: LiveServer,
    sit_down: Callable[[Person], None], sound: Callable[[], None], quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("422")
    town, address = town_behind_the_wall, f"{live_server.url}/cases/{lamp}"
    sit_down(town.mei)
    page.goto(address)
    expect(page.locator(".state")).to_have_text("待受理")
    sound()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("#move select[name=item]")).to_have_value("LAMP")
    sound()
    go(page)
    page.get_by_role("link", name="派单").first.click()
    page.locator("#move select[name=lead]").select_option(str(town.water_post.pk))
    sound()
    go(page)
    expect(page.locator(".state")).to_have_text("待签收")

    sit_down(town.wen)
    page.goto(address)
    page.keyboard.press("s")
    expect(page.locator("#move")).to_be_visible()
    go(page)
    page.get_by_role("link", name="办结").first.click()
    page.locator("#move [name=note]").fill("换了灯泡")
    page.locator("#move [name=before]").set_input_files([photo("before.jpg")])
    page.locator("#move .btn-primary").click()
    expect(page.get_by_role("alert")).to_contain_text("还缺")
    expect(page.locator("#move [name=note]")).to_have_value("换了灯泡")
    sound()
    page.locator("#move [name=after]").set_input_files([photo("after.jpg")])
    go(page)
    expect(page.locator(".timeline img")).to_have_count(2)
    sound()

    sit_down(town.bo)
    page.goto(address)
    page.get_by_role("link", name="核查").first.click()
    page.locator("#move [name=note]").fill("亮了")
    go(page)
    expect(page.locator(".state")).to_have_text("待回访")
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_selector("#map[data-ready]")
    expect(page.locator("[data-kind=late]:visible, [data-kind=soon]:visible, [data-kind=calm]:visible")).to_have_count(
        1
    )
    sound()


def test_who_leaves_the_page_while_it_still_asks_is_told_of_no_error(
    *, town_behind_the_wall: Town, lamp: str, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    town, address = town_behind_the_wall, f"{live_server.url}/cases/{lamp}"
    with standing_on(EVERYWHERE):
        on, now = timezone.localdate(), timezone.now()
        number = int(lamp.replace("-", ""))
        mei, wen = (acting(person, on=on) for person in (town.mei, town.wen))
        actions.accept(number, item="LAMP", place=town.lane_grid.code, by=mei, now=now)
        actions.dispatch(number, lead=town.water_post.pk, by=mei, now=now)
        actions.sign_for(number, by=wen, now=now)
    sit_down(town.wen)
    page.goto(f"{address}/finish")
    asked, said = list[Route](), list[str]()
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.route("**/answer", lambda route: asked.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    with page.expect_request("**/answer"):
        page.locator("#move [name=note]").fill("换了灯泡")
    page.goto(f"{live_server.url}/mine")
    expect(page.locator("h1")).to_have_text("我的待办")
    assert len(asked) == 1, "it has been asked, and nobody has answered"
    assert said == []
    # On a page that stays, what goes wrong is still told.
    quiet_about("htmx:")
    quiet_about("net::ERR_FAILED")
    page.goto(f"{address}/finish")
    page.unroute("**/answer")
    page.route("**/answer", lambda route: route.abort())
    with page.expect_console_message(lambda one: "htmx:sendError" in one.text):
        page.locator("#move [name=note]").fill("换了灯泡")


def test_whoever_stands_there_reports_in_with_the_position_of_the_phone(
    *, town_behind_the_wall: Town, lamp: str, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    sound: Callable[[], None],
) -> None:  # fmt: skip
    town, address = town_behind_the_wall, f"{live_server.url}/cases/{lamp}"
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 30.0501, "longitude": 106.05})
    sit_down(town.mei)
    page.goto(f"{address}/accept")
    go(page)
    page.goto(f"{address}/whistle")
    page.get_by_label("温水务岗").check()
    page.locator("#move [name=reason]").fill("到现场看看")
    go(page)
    sit_down(town.wen)
    page.goto(f"{address}/report_in")
    sound()
    page.get_by_role("button", name="使用我现在的位置").click()
    expect(page.locator("#move [name=lat]")).to_have_value("30.050100")
    go(page)
    expect(page.get_by_text("距离 11 米")).to_be_visible()


def test_a_long_list_is_narrowed_by_typing(
    *, town_behind_the_wall: Town, lamp: str, page: Page, on_phone: bool, live_server: LiveServer,
    sit_down: Callable[[Person], None], sound: Callable[[], None],
) -> None:  # fmt: skip
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        lead = Role.objects.get(code="department_handler")
        for n in range(14):
            unit = make_unit(f"第{n}清洁队")
            make_post(title="保洁岗", role=lead, unit=unit, ground=town.two_wells)
        actions.accept(int(lamp.replace("-", "")), item="LAMP", place=town.lane_grid.code,
                       by=acting(town.mei, on=timezone.localdate()), now=timezone.now())  # fmt: skip
    forget()
    sit_down(town.mei)
    page.goto(f"{live_server.url}/{'today' if on_phone else 'cases'}/{lamp}/whistle")
    narrow, ticks = page.locator("#move [data-filter]"), page.locator("#move [name=posts]")
    expect(ticks).to_have_count(17)
    sound()
    narrow.fill("第3清")
    expect(ticks.locator("visible=true")).to_have_count(1)
    # By the keyboard alone: Enter ticks, and does not send the form.
    narrow.press("Enter")
    narrow.fill("水务")
    narrow.press("ArrowDown")
    expect(page.get_by_label("温水务岗")).to_be_focused()
    page.keyboard.press("Space")
    narrow.fill("没有这个单位")
    expect(page.locator("#move .narrow-said")).to_have_text("列表中没有符合的。 已勾选 2 个")
    # What is ticked stays in sight.
    expect(ticks.locator("visible=true")).to_have_count(2)
    sound()
    page.locator("#move [name=reason]").fill("到现场看看")
    page.locator("#move .btn-primary, #move .weui-btn_primary").click()
    expect(page.locator(".note.success")).to_be_visible()
    with standing_on(EVERYWHERE):
        assert Summons.objects.count() == 2
