"""A courtyard head on the telephone: what is theirs is handed back or taken, stands still, is helped, and is done."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import shapely
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_worker import HERE, case, last_step, shoot
from tests.chromium import PHONE
from tests.shelf import keep_files_in
from tests.town import Town
from yiwang.cases.rules import State
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.rules import Evidence
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.desk.tests.case_bench import Bench
from yiwang.channels.web.desk.tests.case_bench import case as case_of
from yiwang.people.models import Person, Post, Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Sit = Callable[[Person], None]


@pytest.fixture
def context(open_browser: Callable[..., BrowserContext]) -> BrowserContext:
    """A telephone in the yard, which gives its position."""
    return open_browser(viewport=PHONE, has_touch=True, permissions=["geolocation"], geolocation=HERE)


@pytest.fixture
def on_phone() -> bool:
    return True


@pytest.fixture
def town(town_behind_the_wall: Town, settings: Settings, tmp_path: Path) -> Town:
    """The yard is drawn; litter in it may be settled on the spot."""
    settings.RATE_LIMIT = ""
    keep_files_in(tmp_path, settings)
    with standing_on(EVERYWHERE):
        make_lamp()
        make_item("LITTER", name="乱扔垃圾", keywords=("垃圾",), on_the_spot=True, evidence=Evidence(photos=1))
        for place in (town_behind_the_wall.lane_grid, town_behind_the_wall.yard):
            make_boundary(place.code, shapely.box(106, 30, 106.01, 30.01))
    return town_behind_the_wall


@pytest.fixture
def hu(town: Town) -> Person:
    """Aunt Hu, head of the old well's yard."""
    with standing_on(EVERYWHERE):
        person, role = make_person("hu", name="胡大妈", ground=town.yard), Role.objects.get(code="courtyard_head")
        make_holding(person, make_post(role=role, unit=town.centre, ground=town.yard, title="老井小院院长"))
    forget()
    return person


@pytest.fixture
def bench(town: Town) -> Bench:
    return Bench(town)


def given(bench: Bench, hu: Person) -> int:
    """The number of a case in the yard that the centre gave to its head."""
    town = bench.town
    number = bench.reported(place=town.yard.code, position=(106.005, 30.005))
    with standing_on(EVERYWHERE):
        post = Post.objects.get(holdings__person=hu)
    bench.make("accept", number, town.mei, item="LAMP", place=town.yard.code)
    bench.make("dispatch", number, town.mei, lead=post.pk)
    return number


def send(page: Page, number: int) -> None:
    """Send the move's form; the case is there again."""
    page.locator(".send button").click()
    page.wait_for_url(f"**/today/{number}")


def test_what_is_not_theirs_is_handed_back_with_a_reason(
    *, bench: Bench, hu: Person, page: Page, live_server: LiveServer, sit_down: Sit, sound: Callable[[], None],
    quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("422")
    number = given(bench, hu)
    sit_down(hu)
    page.goto(live_server.url)
    expect(page).to_have_url(f"{live_server.url}/today")
    sound()
    page.locator(".turn").click()
    page.get_by_role("link", name="退单").click()
    sound()
    page.locator(".send button").click()
    expect(page.get_by_role("alert").filter(visible=True).first).to_be_visible()
    page.get_by_label("原因").fill("路灯归市政维修，院里没有配件")
    page.locator(".send button").click()
    expect(page.locator(".send")).to_have_count(0)
    sound()
    assert (case_of(number).state, last_step(number).reason) == (State.ACCEPTED, "路灯归市政维修，院里没有配件")
    page.goto(f"{live_server.url}/today")
    expect(page.locator(".turn")).to_have_count(0)


def test_one_whole_life_signed_helped_paused_gone_on_with_and_finished(
    *, town: Town, bench: Bench, hu: Person, page: Page, live_server: LiveServer, sit_down: Sit,
    sound: Callable[[], None], quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("422")
    number = given(bench, hu)
    sit_down(hu)
    page.goto(f"{live_server.url}/today/{number}")
    page.get_by_role("button", name="签收").click()
    expect(page.get_by_role("link", name="办结")).to_be_visible()
    sound()

    page.get_by_role("link", name="申请协办").click()
    page.get_by_label("岗位").select_option(str(town.bos_post.pk))
    page.get_by_label("原因").fill("够不着灯，请带梯子来")
    sound()
    send(page, number)
    expect(page.get_by_text("申请协办").first).to_be_visible()
    bench.make("grant_help", number, town.gu)
    bench.make("sign_part", number, town.bo)
    bench.make("finish_part", number, town.bo, note="带梯子到场")
    page.reload()
    sound()

    page.get_by_role("link", name="申请挂起").click()
    until = timezone.localtime() + timedelta(days=2)
    page.get_by_label("挂起到").fill(until.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("原因").fill("等新灯泡到货")
    sound()
    send(page, number)
    assert case_of(number).state == State.IN_HAND, "until somebody decides it goes on"
    bench.make("grant_pause", number, town.gu)
    page.goto(f"{live_server.url}/today")
    expect(page.locator(".turn .asks")).to_contain_text("已挂起")
    page.locator(".turn").click()
    expect(page.locator(".state")).to_have_text("已挂起")
    sound()
    page.get_by_role("link", name="恢复办理").click()
    send(page, number)
    expect(page.locator(".state")).to_have_text("办理中")

    page.get_by_role("link", name="办结", exact=True).click()
    expect(page.get_by_text("已取得位置 · 距事发地 0 米")).to_be_visible()
    page.locator(".send button").click()
    expect(page.get_by_role("alert").filter(visible=True).first).to_be_visible()
    expect(page.get_by_text("已取得位置 · 距事发地 0 米")).to_be_visible()
    shoot(page, "after")
    page.get_by_label("办理情况").fill("换了灯泡")
    sound()
    send(page, number)
    expect(page.locator(".state")).to_have_text("待核查")
    sound()
    step = last_step(number)
    assert (step.move, step.given["note"], len(step.given["photos"])) == ("finish", "换了灯泡", 1)
    page.goto(f"{live_server.url}/today/{number}/check")
    expect(page.get_by_role("button", name="通过")).to_have_count(0)
    assert case_of(number).state == State.FINISHED, "nobody checks their own"


def test_a_small_thing_in_the_yard_is_settled_on_the_spot(
    *, town: Town, hu: Person, page: Page, live_server: LiveServer, sit_down: Sit, sound: Callable[[], None]
) -> None:
    sit_down(hu)
    page.goto(f"{live_server.url}/today/report")
    expect(page.locator("#where b")).to_have_text("双井街道 井巷社区 井巷第一网格 老井小院")
    page.locator("#id_text").fill("院门口有人乱扔垃圾")
    expect(page.locator("#proposed")).to_have_text("根据描述识别为：乱扔垃圾")
    page.get_by_label("当场即办").check()
    page.locator("#id_note").fill("当场扫干净了")
    shoot(page, "after")
    sound()
    page.locator("#send").click()
    expect(page.get_by_text("已上报并即办：")).to_be_visible()
    sound()
    assert (case().state, case().place, last_step(case().number).move) == (State.FINISHED, town.yard.code, "settle")
