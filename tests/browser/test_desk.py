"""The desk by its keys: the same matter told twice, a whistle, a shift that is handed over, work handed on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.rules import State, written
from yiwang.cases.tests.make import MONDAY, accepted, as_, in_hand, make_lamp
from yiwang.catalogue.tests.make import make_responsibility
from yiwang.channels.web.desk.tests.cases import stands, told
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.people.tests.make import make_post
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    """The water company mends lamps in the whole county, and has a second post for it."""
    with standing_on(EVERYWHERE):
        make_responsibility(make_lamp(), town_behind_the_wall.water_post, place=town_behind_the_wall.county)
        make_post(
            Duty.HANDLE,
            unit=town_behind_the_wall.water_company,
            ground=town_behind_the_wall.county,
            title="自来水管网岗",
        )
    forget()
    return town_behind_the_wall


def test_what_was_told_twice_is_merged_by_one_key_and_taken_apart_again(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
    on_phone: bool,
) -> None:  # fmt: skip
    first, second = told(town), told(town, "井巷口路灯又不亮了")
    sit_down(town.mei)
    page.goto(f"{live_server.url}/inbox?case={second}")
    expect(page.locator(".alike")).to_contain_text("井巷口的路灯不亮了")
    sound()
    if on_phone:
        page.get_by_role("button", name="并入所选").click()
    else:
        page.keyboard.press("m")
    expect(page.locator(".note.success")).to_contain_text(f"{written(second)} 已并入 {written(first)}")
    assert stands(second).merged_into == first
    page.get_by_role("link", name="撤销并案").click()
    page.get_by_label("原因").fill("不是同一盏")
    page.locator("#move .btn-primary").click()
    expect(page.locator(".note.success")).to_be_visible()
    assert stands(second).state == State.REPORTED


def test_several_posts_are_whistled_for_without_leaving_the_inbox(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
) -> None:  # fmt: skip
    number = told(town)
    sit_down(town.mei)
    page.goto(f"{live_server.url}/inbox?case={number}")
    page.locator("summary[data-key=w]").click()
    page.get_by_label("事由").fill("井喷，速来")
    page.get_by_role("checkbox", name="双井街道指挥中心薄网格岗").check()
    page.get_by_role("checkbox", name="云岭县自来水公司温水务岗").check()
    sound()
    page.get_by_role("button", name="受理并吹哨").click()
    expect(page.locator(".note.success")).to_be_visible()
    assert sorted(stands(number).summoned) == sorted([town.bos_post.pk, town.water_post.pk])


def test_a_shift_is_kept_handed_over_and_taken_over_and_prints_without_its_forms(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
) -> None:  # fmt: skip
    number = told(town)
    sit_down(town.mei)
    page.goto(f"{live_server.url}/shifts")
    page.get_by_role("button", name="上岗值班").click()
    page.get_by_label("紧急事项").check()
    page.get_by_label("内容", exact=True).fill("井巷口水管爆裂，已通知自来水公司")
    page.get_by_label("事件编号（可不填）").fill(written(number))
    page.get_by_role("button", name="记入日志").click()
    expect(page.locator(".log .urgent")).to_contain_text("水管爆裂")
    sound()
    page.locator("summary[data-key=h]").click()
    page.get_by_label("给下一班的交班说明").fill("盯住井巷口")
    page.locator("details button").click()
    expect(page.locator(".handed")).to_contain_text("盯住井巷口")
    sound()
    sit_down(town.gu)
    page.goto(f"{live_server.url}/shifts")
    page.get_by_label("我已阅读").check()
    page.get_by_role("button", name="接班并上岗").click()
    expect(page.locator(".shift")).to_have_count(2)
    page.emulate_media(media="print")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("form:visible")).to_have_count(0)
    expect(page.locator(".log .handed_over")).to_be_visible()
    page.emulate_media(media="screen")


def given_just_now(town: Town) -> int:
    """To the water company, which may hand it back or ask for more time still."""
    number = accepted(town)
    actions.dispatch(number, lead=town.water_post.pk, by=as_(town.mei), now=timezone.now())
    return number


def test_what_others_do_shows_on_a_case_and_what_is_being_typed_stays(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
) -> None:  # fmt: skip
    with standing_on(EVERYWHERE):
        number = given_just_now(town)
    sit_down(town.wen)
    page.clock.install()
    page.goto(f"{live_server.url}/cases/{written(number)}")
    page.locator(".moves [href$='/hand_back']").click()
    page.get_by_label("原因").fill("不归我们管，应由")
    with page.expect_response("**/now") as asked:
        page.clock.run_for(10_500)
    assert asked.value.status == 304
    with standing_on(EVERYWHERE):
        actions.urge(number, text="请尽快", by=as_(town.gu), now=MONDAY)
    with page.expect_response("**/now") as asked:
        page.clock.run_for(10_500)
    assert asked.value.status == 200
    expect(page.locator(".timeline .urge")).to_contain_text("请尽快")
    expect(page.locator("[data-changed]")).to_be_visible()
    expect(page.get_by_label("原因")).to_have_value("不归我们管，应由")


def test_work_is_signed_for_in_one_go_and_handed_on_within_the_unit(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
    on_phone: bool,
) -> None:  # fmt: skip
    with standing_on(EVERYWHERE):
        numbers = [given_just_now(town), given_just_now(town)]
        in_hand(town)
    sit_down(town.wen)
    page.goto(f"{live_server.url}/mine")
    sound()
    for number in numbers:
        page.locator(f"[data-number='{number}'] input").check()
    page.get_by_role("button", name="批量签收").click()
    expect(page.locator(".note.success")).to_contain_text("已签收 2 件")
    assert {stands(number).state for number in numbers} == {State.IN_HAND}
    page.goto(f"{live_server.url}/cases/{written(numbers[0])}")
    if on_phone:
        page.locator(".moves .more summary").click()
        page.locator(".moves [href$='/delegate']").click()
    else:
        page.keyboard.press("z")
    page.locator("#move select").select_option(index=1)
    sound()
    page.locator("#move .btn-primary").click()
    expect(page.locator(".note").first).to_be_visible()
    case = stands(numbers[0])
    assert (case.lead_id != town.water_post.pk, case.state) == (True, State.IN_HAND)
    page.goto(f"{live_server.url}/cases/{written(numbers[1])}")
    page.emulate_media(media="print")
    expect(page.locator(".act")).to_be_hidden()
    expect(page.locator(".timeline")).to_be_visible()


def test_a_case_is_put_on_the_list_by_the_form_that_stands_there(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
) -> None:  # fmt: skip
    with standing_on(EVERYWHERE):
        number = in_hand(town)
    sit_down(town.gu)
    page.goto(f"{live_server.url}/listed?case={written(number)}")
    page.get_by_label("督办要求").fill("三日内办结")
    page.locator("form.to-list [name=owner]").first.check()
    page.get_by_label("办结期限").fill(str(timezone.localdate() + timedelta(days=3)))
    page.get_by_role("button", name="挂牌", exact=True).click()
    expect(page.locator("article.order")).to_contain_text("三日内办结")
