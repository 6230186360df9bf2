"""A morning at the desk: the inbox by its keys, a colleague's hand that shows, a call back, a list to take."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import acting
from yiwang.cases.models import Case
from yiwang.cases.rules import State, written
from yiwang.cases.tests.make import MONDAY, as_, checked, finished, in_hand, make_lamp
from yiwang.catalogue.tests.make import make_responsibility
from yiwang.channels.web.desk.tests.cases import stands, told
from yiwang.insight import actions as insight
from yiwang.lists import actions as lists
from yiwang.lists.tests.make import lamp
from yiwang.people.models import Person
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAN = {"name": "蓝居民", "phone": "13800000001"}


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    """The water company mends lamps in the whole county."""
    with standing_on(EVERYWHERE):
        make_responsibility(make_lamp(), town_behind_the_wall.water_post, place=town_behind_the_wall.county)
    forget()
    return town_behind_the_wall


def state_of(number: int) -> str:
    return str(stands(number).state)


def test_every_list_is_sound_empty_and_full(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
    quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("422")
    sit_down(town.mei)
    for address in ("/inbox", "/calls", "/mine", "/cases?q=没有", "/shifts", "/inbox?overdue=yes"):
        page.goto(live_server.url + address)
        expect(page.locator(".empty")).to_have_count(1)
        sound()
    with standing_on(EVERYWHERE):
        told(town), told(town, "这里说不清", item="", position=(106.5, 30.2))
        checked(town, **LAN), finished(town), in_hand(town)
    for address in ("/inbox", "/calls", "/mine", "/cases"):
        page.goto(live_server.url + address)
        expect(page.locator("[data-row]").first).to_be_visible()
        sound()
    page.goto(f"{live_server.url}/cases?place=nowhere")
    expect(page.get_by_role("alert")).to_be_visible()
    sound()


def test_the_inbox_is_emptied_by_its_keys(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], on_phone: bool,
) -> None:  # fmt: skip
    if on_phone:
        pytest.skip("a phone has no keys")
    numbers = [told(town, f"第{nth}盏路灯不亮") for nth in "一二三四"]
    sit_down(town.mei)
    page.goto(f"{live_server.url}/inbox")
    title = page.locator("#chosen h2")
    expect(title).to_have_text(written(numbers[0]))
    page.keyboard.press("j")
    expect(title).to_have_text(written(numbers[1]))
    expect(page).to_have_url(f"{live_server.url}/inbox?case={written(numbers[1])}")
    page.keyboard.press("d")
    expect(title).to_have_text(written(numbers[2]))
    assert state_of(numbers[1]) == State.DISPATCHED
    page.keyboard.press("a")
    expect(title).to_have_text(written(numbers[3]))
    assert state_of(numbers[2]) == State.ACCEPTED
    page.keyboard.press("x")
    page.keyboard.type("属重复反映")
    page.get_by_role("button", name="不予受理并办结").click()
    expect(page.locator(".note.success")).to_contain_text(written(numbers[3]))
    assert state_of(numbers[3]) == State.DECLINED

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    # Tick both that are left: the one reported and the one that was accepted before.
    expect(page.locator("[data-row]")).to_have_count(2)
    for _ in range(2):
        page.keyboard.press("k")
    page.keyboard.press("t")
    page.keyboard.press("j")
    page.keyboard.press("t")
    expect(page.locator(".tick input:checked")).to_have_count(2)
    page.get_by_role("button", name="批量派单").click()
    expect(page.locator(".empty")).to_be_visible()
    assert {state_of(number) for number in numbers[:3]} == {State.DISPATCHED}


def test_on_a_narrow_screen_the_list_comes_first_until_a_case_is_chosen(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
    on_phone: bool,
) -> None:  # fmt: skip
    told(town), told(town)
    second = told(town, "新来的一件")
    sit_down(town.mei)
    page.goto(f"{live_server.url}/inbox")
    pane = page.locator("#chosen article")
    expect(pane).to_be_visible(visible=not on_phone)
    page.locator("[data-row]").last.click()
    expect(pane.locator("h2")).to_have_text(written(second))
    expect(pane.locator("h2")).to_be_in_viewport()
    sound()
    page.reload()
    expect(pane.locator("h2")).to_be_in_viewport()
    to_list = page.get_by_role("link", name="看列表")
    expect(to_list).to_be_visible(visible=on_phone)
    if on_phone:
        to_list.click()
        expect(page.locator("[data-row]").first).to_be_in_viewport()


def test_a_colleagues_hand_shows_without_reload_and_ticks_stay(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    first, second = told(town), told(town)
    sit_down(town.mei)
    page.clock.install()
    page.goto(f"{live_server.url}/inbox")
    page.locator(".tick input").nth(1).check()
    with page.expect_response("**/inbox/list?*") as asked:
        page.clock.run_for(10_500)
    assert asked.value.status == 200
    with page.expect_response("**/inbox/list?*") as again:
        page.clock.run_for(10_500)
    assert again.value.status == 304
    with standing_on(EVERYWHERE):
        actions.decline(first, reason="重复", by=as_(town.gu), now=MONDAY)
    third = told(town, "新来的一件")
    page.clock.run_for(10_500)
    expect(page.locator("[data-row]")).to_have_count(2)
    expect(page.locator(f"[data-number='{third}']")).to_contain_text("新来的一件")
    expect(page.locator(f"li[data-number='{second}'] input")).to_be_checked()


def test_the_proposed_lead_and_the_places_follow_what_is_typed(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    number = told(town, "这里说不清", item="")
    sit_down(town.mei)
    page.goto(f"{live_server.url}/inbox?case={number}")
    pane = page.locator("#chosen")
    pane.get_by_label("事项", exact=True).fill("LAMP 路灯不亮")
    pane.get_by_label("地点", exact=True).click()
    expect(pane.locator(".lead")).to_contain_text("云岭县自来水公司")
    expect(pane.locator(".lead")).to_contain_text("在办 0 件")
    pane.get_by_label("地点", exact=True).press_sequentially("x")
    pane.get_by_label("地点", exact=True).fill("上巷")
    expect(page.locator("#places option")).to_have_attribute("value", f"{town.upper_lane.code} 上巷社区")
    pane.get_by_label("地点", exact=True).fill(f"{town.upper_lane.code} 上巷社区")
    page.get_by_role("button", name="受理并派单").click()
    expect(page.locator(".empty")).to_be_visible()
    case = stands(number)
    assert (case.place, case.lead_id) == (town.upper_lane.code, town.water_post.pk)


def test_a_reporter_is_called_and_the_case_ends(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
    on_phone: bool,
) -> None:  # fmt: skip
    with standing_on(EVERYWHERE):
        number = checked(town, **LAN)
    sit_down(town.mei)
    page.goto(f"{live_server.url}/calls?case={number}")
    expect(page.locator("#phone")).not_to_contain_text("13800000001")
    if on_phone:
        page.get_by_role("button", name="查看号码").click()
    else:
        page.keyboard.press("p")
    expect(page.locator("#phone a")).to_have_text("13800000001")
    sound()
    page.locator("#words").fill("很满意")
    if on_phone:
        page.get_by_role("button", name="满意，结案").first.click()
    else:
        page.keyboard.press("Escape")
        page.keyboard.press("1")
    expect(page.locator(".empty")).to_be_visible()
    assert state_of(number) == State.CLOSED


def test_a_list_is_taken_away_as_it_is_shown(
    *,
    town: Town,
    page: Page,
    live_server: LiveServer,
    sit_down: Callable[[Person], None],
    tmp_path: Path,
    on_phone: bool,
) -> None:
    told(town)
    number = told(town, "井盖松了")
    sit_down(town.mei)
    page.goto(f"{live_server.url}/cases")
    if on_phone:
        page.locator(".filter > summary").click()
    page.get_by_label("关键词").fill("井盖")
    page.get_by_role("button", name="查看").click()
    expect(page.locator("[data-row]")).to_have_count(1)
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    taken.value.save_as(tmp_path / "cases.csv")
    expect(page.locator(".exports [role=status]")).to_have_text("完成，共 1 行。")
    assert taken.value.suggested_filename.startswith("cases-")
    with (tmp_path / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows[1:]] == [written(number)]
    with standing_on(EVERYWHERE):
        assert Case.objects.count() == 2


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_what_is_done_about_a_problem_is_read_whole_on_a_telephone(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None]
) -> None:
    with standing_on(EVERYWHERE):
        told(town)
        text = "路灯所每晚巡灯一次，当晚报修，次日换好；坏了三次的灯杆整根更换，并把线路查一遍。"
        lists.write(town.two_wells.code, lamp(), text=text, by=acting(town.gu, on=timezone.localdate()),
                    now=timezone.now())  # fmt: skip
        insight.follow(now=timezone.now())
    forget()
    sit_down(town.gu)
    page.goto(f"{live_server.url}/lists")
    measure = page.locator(".four .written")
    expect(measure).to_have_text(text)
    # Whole within the width of the telephone, with nothing to be rolled sideways.
    assert measure.evaluate("one => one.getBoundingClientRect().right <= innerWidth")
    assert page.locator(".scroll").evaluate("one => one.scrollWidth <= one.clientWidth")
    sound()
