"""A grid worker's day on the telephone: reports and settles, signs and finishes, checks what others did."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from django.utils import timezone
from playwright.sync_api import BrowserContext, Geolocation, Page, Response, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_resident import HEAVIEST, photo
from tests.chromium import PHONE
from tests.shelf import keep_files_in
from tests.town import Town
from yiwang.cases.access import acting
from yiwang.cases.actions import Brought
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import State
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.rules import Evidence
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.desk.tests.case_bench import Bench
from yiwang.forms.tests.make import asked
from yiwang.people.models import Person
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Photos and maps on a busy machine.
SLOW = 30_000
HERE: Geolocation = {"longitude": 106.005, "latitude": 30.005}
Sit = Callable[[Person], None]


@pytest.fixture
def context(open_browser: Callable[..., BrowserContext]) -> BrowserContext:
    """A telephone in the worker's hand, which gives its position."""
    return open_browser(viewport=PHONE, has_touch=True, permissions=["geolocation"], geolocation=HERE)


@pytest.fixture
def on_phone() -> bool:
    return True


@pytest.fixture
def town(town_behind_the_wall: Town, settings: Settings, tmp_path: Path) -> Town:
    """Bo's grid is drawn; litter may be settled on the spot, with photos from before and after taken nearby."""
    settings.RATE_LIMIT = ""
    keep_files_in(tmp_path, settings)
    evidence = Evidence(photos=2, before_and_after=True, within_metres=50)
    with standing_on(EVERYWHERE):
        make_lamp()
        make_item("LITTER", name="乱扔垃圾", keywords=("垃圾",), on_the_spot=True, evidence=evidence)
        make_boundary(town_behind_the_wall.lane_grid.code, shapely.box(106, 30, 106.01, 30.01))
    forget()
    return town_behind_the_wall


@pytest.fixture
def bench(town: Town) -> Bench:
    return Bench(town)


def case() -> Case:
    with standing_on(EVERYWHERE):
        return Case.objects.get()


def last_step(number: int) -> Step:
    with standing_on(EVERYWHERE):
        return Step.objects.filter(number=number).order_by("-seq")[0]


def shoot(page: Page, box: str, times: int = 1) -> None:
    """Take photos into a box, as its large button does, and wait until the server has them."""
    field = page.locator(f"[data-shots={box}]")
    taken = field.locator(".photo").count()
    for n in range(times):
        field.locator("input[capture]").set_input_files(photo(640 + n, 480))  # type: ignore[arg-type]
        expect(field.locator(".photo:not(.on-phone)")).to_have_count(taken + n + 1, timeout=SLOW)


def test_from_signing_in_to_a_small_matter_reported_and_settled(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Sit, sound: Callable[[], None],
    quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("422")
    sit_down(town.bo)
    page.goto(live_server.url)
    expect(page).to_have_url(f"{live_server.url}/today")
    sound()
    page.locator(".tabs").get_by_role("link", name="上报").click()
    expect(page.get_by_role("heading", name="上报")).to_be_visible()
    expect(page.get_by_text("已取得位置")).to_be_visible()
    expect(page.locator("#where b")).to_have_text("双井街道 井巷社区 井巷第一网格")
    expect(page.locator("#spot")).to_be_hidden()
    sound()
    shoot(page, "before")
    page.locator("#id_text").fill("巷口有人乱扔垃圾")
    expect(page.locator("#proposed")).to_have_text("根据描述识别为：乱扔垃圾")
    page.get_by_label("当场即办").check()
    expect(page.get_by_text("办结要求：2 张照片 · 办理前后对比 · 其中一张在 50 米内拍摄")).to_be_visible()
    page.locator("#id_note").fill("当场清理干净")
    sound()
    page.locator("#send").click()
    expect(page.get_by_role("alert").filter(has_text="还缺")).to_be_visible()
    # Nothing is lost where it is refused, and nothing was half done.
    expect(page.locator("[data-shots=before] .photo")).to_have_count(1)
    expect(page.locator("#id_note")).to_have_value("当场清理干净")
    with standing_on(EVERYWHERE):
        assert not Case.objects.exists()
    shoot(page, "after")
    page.locator("#send").dblclick()
    page.wait_for_url(re.compile(r"/today/\d{16}$"))
    expect(page.get_by_text(f"已上报并即办：{case().number}")).to_be_visible()
    sound()
    told = case()
    assert (told.state, told.told, told.place) == (State.FINISHED, "worker", town.lane_grid.code)
    assert (round(told.lon or 0, 3), round(told.lat or 0, 3)) == (106.005, 30.005)
    with standing_on(EVERYWHERE):
        kept = StoredFile.objects.get(pk=told.photos[0])
    assert (kept.width, kept.height) == (480, 640)
    assert len(last_step(told.number).given["photos"]) == 2
    page.goto(f"{live_server.url}/today/report")
    expect(page.locator("#id_text")).to_have_value("")
    expect(page.locator(".photo")).to_have_count(0)


def test_without_signal_a_report_waits_on_the_phone_and_goes_when_there_is_one(
    *, town: Town, page: Page, context: BrowserContext, live_server: LiveServer, sit_down: Sit,
    sound: Callable[[], None], quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("ERR_INTERNET_DISCONNECTED")
    sit_down(town.bo)
    page.goto(f"{live_server.url}/today/report")
    page.locator("#id_text").fill("井巷口的路灯不亮了")
    expect(page.get_by_text("已保存在本机。")).to_be_visible()
    page.reload()
    expect(page.locator("#id_text")).to_have_value("井巷口的路灯不亮了")
    context.set_offline(True)
    page.locator("[data-shots=before] input[capture]").set_input_files(photo(640, 480))  # type: ignore[arg-type]
    expect(page.locator(".photo.on-phone")).to_have_count(1)
    page.locator("#send").click()
    waiting = page.locator("#unsent")
    expect(waiting).to_contain_text("井巷口的路灯不亮了")
    expect(page.locator("#id_text")).to_have_value("")
    # A second one is written meanwhile.
    page.locator("#id_text").fill("另一盏路灯也不亮")
    page.locator("#send").click()
    expect(waiting).to_contain_text("另一盏路灯也不亮")
    sound()
    with standing_on(EVERYWHERE):
        assert not Case.objects.exists()
    context.set_offline(False)
    expect(page.get_by_text("已发出：")).to_have_count(2)
    expect(waiting).to_be_hidden()
    sound()
    with standing_on(EVERYWHERE):
        told = {one.text: len(one.photos) for one in Case.objects.all()}
    assert told == {"井巷口的路灯不亮了": 1, "另一盏路灯也不亮": 0}


def test_signing_and_finishing_and_a_check_that_fails_and_later_passes(
    *, town: Town, bench: Bench, page: Page, context: BrowserContext, live_server: LiveServer, sit_down: Sit,
    sound: Callable[[], None], quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("422")
    number = bench.dispatched(position=(106.005, 30.005), address="老槐树旁")
    sit_down(town.wen)
    page.goto(f"{live_server.url}/today")
    page.locator(".turn").click()
    expect(page.get_by_role("heading", name="路灯不亮")).to_be_visible()
    sound()
    page.get_by_role("button", name="签收").click()
    page.get_by_role("link", name="办结").click()
    expect(page.get_by_text("距事发地 0 米")).to_be_visible()
    shoot(page, "after", 2)
    page.get_by_label("办理情况").fill("换了灯泡")
    sound()
    page.get_by_role("button", name="办结").click()
    page.wait_for_url(f"**/today/{number}")
    step = last_step(number)
    assert (step.move, len(step.given["photos"])) == ("finish", 2)

    context.clear_cookies()
    sit_down(town.bo)
    page.goto(f"{live_server.url}/today")
    page.locator(".tabs").get_by_role("link", name="核查").click()
    page.locator(".turn").click()
    expect(page.get_by_role("heading", name="办好了吗？")).to_be_visible()
    expect(page.get_by_text("距事发地 0 米").first).to_be_visible()
    sound()
    shoot(page, "after")
    page.get_by_role("button", name="没办好").click()
    expect(page.get_by_role("alert").filter(visible=True).first).to_be_visible()
    page.get_by_label("现场情况").fill("还是不亮")
    page.get_by_role("button", name="没办好").click()
    page.wait_for_url(f"**/today/{number}")
    step = last_step(number)
    assert (step.move, step.reason, len(step.given["photos"])) == ("send_back", "还是不亮", 1)

    bench.make("finish", number, town.wen, evidence=Brought("又换了一次"))
    page.goto(f"{live_server.url}/today/{number}/check")
    shoot(page, "after")
    sound()
    page.get_by_role("button", name="通过").click()
    page.wait_for_url(f"**/today/{number}")
    page.get_by_text("流程记录").click()
    sound()
    assert last_step(number).move == "confirm"


def test_without_signal_a_move_stays_on_the_phone_and_goes_when_there_is_one(
    *, town: Town, bench: Bench, page: Page, context: BrowserContext, live_server: LiveServer, sit_down: Sit,
    quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    # What is wanting in the reply is asked for while there is no line.
    for words in ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"):
        quiet_about(words)
    number = bench.in_hand()
    sit_down(town.wen)
    page.goto(f"{live_server.url}/today/{number}/finish")
    shoot(page, "after")
    page.get_by_label("办理情况").fill("换了灯泡")
    context.set_offline(True)
    page.get_by_role("button", name="办结").click()
    expect(page.get_by_text("没有信号。")).to_be_visible()
    context.set_offline(False)
    # As soon as there is a line again it goes by itself.
    page.wait_for_url(f"**/today/{number}")
    assert last_step(number).move == "finish"


def test_a_draft_written_and_left_is_there_again(
    *, town: Town, bench: Bench, page: Page, live_server: LiveServer, sit_down: Sit
) -> None:
    number = bench.in_hand()
    sit_down(town.wen)
    page.goto(f"{live_server.url}/today/{number}/finish")
    shoot(page, "after")
    page.get_by_label("办理情况").fill("换了灯泡")
    expect(page.get_by_text("已保存在本机。")).to_be_visible()
    page.goto(f"{live_server.url}/today")
    page.goto(f"{live_server.url}/today/{number}/finish")
    expect(page.get_by_label("办理情况")).to_have_value("换了灯泡")
    expect(page.locator("[data-shots=after] .photo")).to_have_count(1)


def test_today_on_a_map_then_the_ground_and_the_month(
    *, town: Town, bench: Bench, page: Page, live_server: LiveServer, sit_down: Sit, sound: Callable[[], None]
) -> None:
    number = bench.finished(position=(106.005, 30.005))
    sit_down(town.bo)
    page.goto(f"{live_server.url}/today")
    page.get_by_role("link", name="地图").click()
    expect(page.locator("#map[data-ready=yes]")).to_be_visible(timeout=SLOW)
    sound()
    page.get_by_role("link", name="列表").click()
    expect(page.locator(f'.turn[href="/today/{number}/check"]')).to_be_visible()
    page.locator(".tabs").get_by_role("link", name="辖区").click()
    expect(page.get_by_role("heading", name="井巷第一网格")).to_be_visible()
    expect(page.get_by_text("薄网格").first).to_be_visible()
    sound()
    page.locator(".tabs").get_by_role("link", name="本月").click()
    expect(page.get_by_role("heading", name="我的本月")).to_be_visible()
    sound()


def test_what_lies_nearest_comes_first_also_where_forms_wait_above(
    *, town: Town, bench: Bench, page: Page, live_server: LiveServer, sit_down: Sit
) -> None:
    far = bench.finished(position=(106.009, 30.009))
    near = bench.finished(position=(106.005, 30.005))
    now = timezone.now()
    with standing_on(EVERYWHERE):
        asked(town, by=acting(town.gu, on=timezone.localdate(now)), now=now)
    forget()
    sit_down(town.bo)
    page.goto(f"{live_server.url}/today")
    rows = page.locator("[data-row]")
    addresses = [f"/today/{number}/check" for number in (far, near)]
    expect(page.get_by_text("水井摸底")).to_be_visible()
    assert [row.get_attribute("href") for row in rows.all()] == addresses
    page.get_by_role("button", name="由近到远").click()
    expect(rows.first).to_contain_text("距此 0 米")
    assert [row.get_attribute("href") for row in rows.all()] == addresses[::-1]
    expect(page.get_by_text("水井摸底")).to_be_visible()
    page.get_by_role("button", name="紧急优先").click()
    assert [row.get_attribute("href") for row in rows.all()] == addresses


@pytest.mark.parametrize("width", [360, 195])
def test_a_narrow_phone_and_double_zoom_do_not_scroll_sideways(
    *,
    town: Town,
    bench: Bench,
    page: Page,
    live_server: LiveServer,
    sit_down: Sit,
    fits: Callable[[], None],
    width: int,
) -> None:
    """At 200 % zoom a phone of 390 pixels is 195 wide."""
    number, done = (
        bench.in_hand(position=(106.005, 30.005), address="井巷社区老槐树旁边的第三根电线杆下"),
        bench.finished(),
    )
    page.set_viewport_size({"width": width, "height": 640})
    for person, addresses in (
        (town.wen, ("/today", f"/today/{number}", f"/today/{number}/finish", f"/today/{number}/ask_pause")),
        (town.bo, ("/today", "/today/report", f"/today/{done}/check", "/today/ground", "/today/month")),
    ):
        sit_down(person)
        for address in addresses:
            page.goto(live_server.url + address, wait_until="networkidle")
            fits()


@pytest.mark.parametrize(
    "address", ["/today", "/today/report", "/today/{}", "/today/{}/check", "/today/ground", "/today/month"]
)
def test_a_phone_loads_little(
    *, town: Town, bench: Bench, page: Page, live_server: LiveServer, sit_down: Sit, address: str
) -> None:
    number = bench.finished(position=(106.005, 30.005))
    sit_down(town.bo)
    page.goto("about:blank")
    came: list[Response] = []

    def note(one: Response) -> None:
        came.append(one)

    page.on("response", note)
    page.goto(live_server.url + address.format(number), wait_until="networkidle")
    weight = sum(len(gzip.compress(page.request.get(one.url).body())) for one in came if one.ok)
    assert len(came) > 4
    assert weight <= HEAVIEST, f"{weight // 1024} KB"
