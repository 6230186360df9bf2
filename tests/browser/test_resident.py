"""A resident reports from the phone, follows the matter, and finds it again."""

import gzip
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
import shapely
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Response, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.numbers import secret_of
from yiwang.cases.tests.make import checked, make_lamp, reported
from yiwang.insight import opening
from yiwang.insight.models import Tally
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAVIEST = 150 * 1024


@pytest.fixture
def town(town_behind_the_wall: Town, settings: Settings) -> Town:
    """Well Lane is drawn, and the lamp is in the catalogue."""
    settings.RATE_LIMIT = ""
    with standing_on(EVERYWHERE):
        make_lamp()
        make_boundary(town_behind_the_wall.well_lane.code, shapely.box(106, 30, 106.01, 30.01))
    forget()
    return town_behind_the_wall


def photo(width: int, height: int) -> dict[str, object]:
    """Taken lying on its side in Well Lane: a camera writes the turn and the position into it."""
    image, exif, written = Image.new("RGB", (width, height), (60, 90, 60)), Image.Exif(), BytesIO()
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 0.0, 18.0), 3: "E", 4: (106.0, 0.0, 18.0)})
    image.save(written, "JPEG", exif=exif)
    return {"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def case() -> Case:
    with standing_on(EVERYWHERE):
        return Case.objects.get()


def test_from_the_first_page_to_a_report_with_a_photo_and_its_position(
    *, town: Town, page: Page, live_server: LiveServer, sound: Callable[[], None]
) -> None:
    page.goto(live_server.url)
    sound()
    page.get_by_role("link", name="我要反映").click()
    expect(page.get_by_role("heading", name="我要反映")).to_be_visible()
    sound()
    page.locator("[name=files]").set_input_files(photo(3200, 2400))  # type: ignore[arg-type]
    expect(page.locator(".photo [name=photos]")).to_have_count(1)
    page.locator("#id_text").fill("井巷口的路灯不亮了")
    expect(page.locator("#proposed")).to_have_text("根据描述识别为：路灯不亮")
    page.get_by_role("button", name="使用照片拍摄的位置").click()
    expect(page.get_by_text("已取得位置：双井街道 井巷社区")).to_be_visible()
    sound()
    page.locator("#send").dblclick()
    expect(page.get_by_role("heading", name="路灯不亮")).to_be_visible()
    expect(page.get_by_role("status")).to_be_visible()
    sound()
    told = case()
    assert (told.place, round(told.lon or 0, 3), round(told.lat or 0, 3)) == (town.well_lane.code, 106.005, 30.005)
    with standing_on(EVERYWHERE):
        kept = StoredFile.objects.get(pk=told.photos[0])
    assert (kept.width, kept.height) == (1536, 2048)


def test_the_phones_own_position_and_a_refused_form(
    *, town: Town, page: Page, context: BrowserContext, live_server: LiveServer, sound: Callable[[], None]
) -> None:
    context.grant_permissions(["geolocation"], origin=live_server.url)
    context.set_geolocation({"latitude": 30.002, "longitude": 106.002})
    page.goto(f"{live_server.url}/report")
    page.get_by_role("button", name="使用我现在的位置").click()
    expect(page.get_by_text("已取得位置：双井街道 井巷社区")).to_be_visible()
    page.get_by_label("匿名反映").check()
    expect(page.get_by_label("手机号")).to_be_hidden()
    page.locator("#send").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("匿名反映")).to_be_checked()
    expect(page.locator("#places select").last).to_have_value("")
    sound()
    page.locator("#id_text").fill("路灯不亮")
    page.locator("#send").click()
    expect(page).not_to_have_url(f"{live_server.url}/report")
    assert (case().told, case().place) == ("anonymous", town.well_lane.code)


def test_the_lists_work_in_a_browser_without_scripts(
    *, town: Town, page: Page, live_server: LiveServer
) -> None:  # fmt: skip
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    plain.goto(f"{live_server.url}/report")
    plain.locator("#id_text").fill("路灯不亮")
    plain.locator("#place-1").select_option(town.county.code)
    plain.get_by_role("button", name="显示下一级").click()
    plain.locator("#place-2").select_option(town.two_wells.code)
    plain.locator("[name=files]").set_input_files(photo(600, 400))  # type: ignore[arg-type]
    plain.locator("#send").click()
    plain.wait_for_url("**/r/**")
    assert (case().place, len(case().photos)) == (town.two_wells.code, 1)
    plain.context.close()


def test_following_adding_rating_and_finding_again(
    *, town: Town, page: Page, live_server: LiveServer, sound: Callable[[], None]
) -> None:
    with standing_on(EVERYWHERE):
        number = checked(town, phone="13857924681")
    secret = secret_of(number)
    page.goto(f"{live_server.url}/r/{number}")
    sound()
    page.get_by_label("查询码").fill(secret.lower())
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("云岭县自来水公司", exact=True)).to_be_visible()
    page.get_by_text("补充文字或照片").click()
    page.locator("#add_text").fill("灯亮了，但是很暗")
    page.locator("#add [name=files]").set_input_files(photo(600, 400))  # type: ignore[arg-type]
    expect(page.locator("#add .photo [name=photos]")).to_have_count(1)
    sound()
    page.get_by_role("button", name="提交补充").dblclick()
    expect(page.locator(".events").get_by_text("灯亮了，但是很暗")).to_have_count(1)
    expect(page.locator(".events .photo img")).to_have_count(1)
    page.get_by_role("group", name="问题解决了吗？").get_by_label("是").check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("#call_back .wrong")).to_have_count(1)
    expect(page.get_by_role("group", name="问题解决了吗？").get_by_label("是")).to_be_checked()
    page.get_by_role("group", name="对办理过程满意吗？").get_by_label("否").check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert case().state == "called_back"
    sound()

    page.goto(f"{live_server.url}/my-reports")
    page.get_by_label("手机号").fill("138 5792 4681")
    page.get_by_label("查询码").fill(secret)
    page.get_by_role("button", name="查询").click()
    expect(page.locator(".mine li")).to_have_count(1)
    sound()
    page.locator(".mine a").click()
    expect(page.get_by_role("heading", name="路灯不亮")).to_be_visible()


def test_a_photo_that_found_no_line_stays_and_goes_with_the_form(
    *, town: Town, page: Page, live_server: LiveServer, sound: Callable[[], None], quiet_about: Callable[[str], None]
) -> None:
    quiet_about("net::ERR_FAILED")
    with standing_on(EVERYWHERE):
        number = reported(town)
    page.goto(f"{live_server.url}/r/{number}?secret={secret_of(number)}")
    page.get_by_text("补充文字或照片").click()
    page.route("**/api/v1/files", lambda route: route.abort())
    files = page.locator("#add [name=files]")
    files.set_input_files(photo(600, 400))  # type: ignore[arg-type]
    expect(page.locator("#add .photo.unsent")).to_have_count(1)
    expect(page.get_by_role("alert").filter(has_text="照片没有传上来")).to_be_visible()
    sound()
    page.unroute("**/api/v1/files")
    page.get_by_role("button", name="重新发送").click()
    expect(page.locator("#add .photo [name=photos]")).to_have_count(1)
    expect(page.locator("#add .photo.unsent")).to_have_count(0)
    page.route("**/api/v1/files", lambda route: route.abort())
    files.set_input_files(photo(400, 600))  # type: ignore[arg-type]
    expect(page.locator("#add .photo.unsent")).to_have_count(1)
    page.locator("#add_text").fill("两张照片")
    page.get_by_role("button", name="提交补充").click()
    expect(page.locator(".events .photo img")).to_have_count(2)


def test_following_works_in_english_too(
    *, town: Town, page: Page, live_server: LiveServer, fits: Callable[[], None]
) -> None:
    page.goto(f"{live_server.url}/report")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Report a matter")).to_be_visible()
    fits()


@pytest.mark.parametrize("address", ["/", "/report"])
def test_a_phone_loads_little(*, town: Town, page: Page, live_server: LiveServer, address: str) -> None:
    page.goto("about:blank")
    came: list[Response] = []

    def note(one: Response) -> None:
        came.append(one)

    page.on("response", note)
    page.goto(live_server.url + address, wait_until="networkidle")
    weight = sum(len(gzip.compress(page.request.get(one.url).body())) for one in came if one.ok)
    assert len(came) > 4
    assert weight <= HEAVIEST, f"{weight // 1024} KB"


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_an_open_month_is_taken_with_a_thumb(
    *, town: Town, page: Page, live_server: LiveServer, sound: Callable[[], None]
) -> None:
    with standing_on(EVERYWHERE):
        county, march = town.county.code, date(2026, 3, 1)
        Tally.objects.create(county=county, facet="board", place=county, day=march, key=0, reported=63)
        opening.open_month(county, march, now=timezone.now())
    page.goto(live_server.url)
    page.get_by_role("link", name="开放数据").click()
    expect(page.get_by_role("link", name="CSV")).to_be_visible()
    sound()


@pytest.mark.parametrize("context", ["phone"], indirect=True)
def test_who_finds_their_matter_told_already_joins_it(
    *, town: Town, page: Page, context: BrowserContext, live_server: LiveServer, sound: Callable[[], None]
) -> None:
    with standing_on(EVERYWHERE):
        first = reported(town, text="井巷口的路灯不亮了", position=(106.002, 30.002), place="")
    context.grant_permissions(["geolocation"], origin=live_server.url)
    context.set_geolocation({"latitude": 30.0021, "longitude": 106.0021})
    page.goto(f"{live_server.url}/report")
    page.locator("#id_text").fill("巷子里路灯不亮，晚上看不见路")
    page.get_by_role("button", name="使用我现在的位置").click()
    already = page.get_by_role("group", name="这个问题已有人反映？")
    expect(already).to_be_visible()
    # Whoever does not choose tells of another matter.
    expect(already.get_by_role("radio").last).to_be_checked()
    sound()
    already.get_by_role("radio").first.check()
    page.locator("#send").click()
    expect(page).not_to_have_url(f"{live_server.url}/report")
    expect(page.get_by_role("heading", name="路灯不亮")).to_be_visible()
    sound()
    with standing_on(EVERYWHERE):
        mine = Case.objects.exclude(number=first).get()
    assert (mine.merged_into, mine.state) == (first, "merged")
