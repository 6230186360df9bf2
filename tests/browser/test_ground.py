"""The story of the README: four real counties, their towns and communities, on a map."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Locator, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.people.models import Person
from yiwang.places.actions import import_boundaries, import_places
from yiwang.places.rules.coordinates import Datum
from yiwang.places.tests.make import shared
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEAVIEST = 600 * 1024


@pytest.fixture
def four_counties(town_behind_the_wall: Town) -> None:
    """What the operator brings in: one damaged name stays out."""
    today = timezone.localdate()
    with standing_on(EVERYWHERE):
        places = import_places(shared("communities.csv"), by="person:1", today=today, keep_good=True)
        drawn = import_boundaries(shared("boundaries"), datum=Datum.GCJ02, by="person:1", today=today)
    assert (places.added > 700, drawn.added) == (True, 4)
    forget()


def colours(box: Locator) -> int:
    """How many colours are to be seen."""
    picture = Image.open(io.BytesIO(box.screenshot())).convert("RGB")
    return len(picture.resize((200, 120)).getcolors(200 * 120) or [])


def test_from_the_counties_down_to_a_community(
    *, four_counties: None, town_behind_the_wall: Town, page: Page, live_server: LiveServer,
    sit_down: Callable[[Person], None], sound: Callable[[], None],
) -> None:  # fmt: skip
    sit_down(town_behind_the_wall.operator)
    page.goto(f"{live_server.url}/ground")
    for county in ("荣昌区", "南江县", "屯溪区", "雨城区"):
        expect(page.locator("#tree .name", has_text=county)).to_be_visible()
    page.wait_for_selector("#map[data-ready]")
    expect(page.locator(".map-name")).to_have_count(4)
    assert colours(page.locator("#map")) > 3
    sound()

    page.locator('li[data-code="500153"] > .line .open').click()
    town = page.locator("li[data-code^='500153']", has_text="万灵镇").last
    expect(town).to_be_visible()
    town.locator(".open").click()
    expect(page.get_by_text("大荣寨社区居民委员会")).to_be_visible()
    page.locator('li[data-code="500153"] > .line .name').click()
    expect(page.locator(".line.chosen")).to_have_count(1)
    page.wait_for_function("() => document.querySelectorAll('.map-name').length < 4")
    assert colours(page.locator("#map")) > 3
    sound()

    page.get_by_role("searchbox").fill("大荣寨")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("#tree .name")).to_have_text(["大荣寨社区居民委员会"])
    page.wait_for_selector("#map[data-ready]")
    sound()


@pytest.mark.parametrize("address", ["/ground", "/imports", "/account", "/ground/flaws", "/ground/redrawings"])
def test_a_page_is_light(
    town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], address: str
) -> None:
    sit_down(town_behind_the_wall.operator)
    page.goto("about:blank")
    came: list[Response] = []

    def note(one: Response) -> None:
        came.append(one)

    page.on("response", note)
    page.goto(live_server.url + address, wait_until="networkidle")
    weight = sum(len(gzip.compress(page.request.get(one.url).body())) for one in came if one.ok)
    assert len(came) > 5
    assert weight <= HEAVIEST, f"{weight // 1024} KB"


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[str], str]:
    """A list as a file on the reader's machine."""

    def write(text: str) -> str:
        path = tmp_path / "名单.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_list_with_a_bad_line_is_refused_and_its_good_lines_go_in_when_asked(
    *, town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    sound: Callable[[], None], sheet: Callable[[str], str],
) -> None:  # fmt: skip
    sit_down(town_behind_the_wall.ning)
    page.goto(f"{live_server.url}/imports")
    sound()
    bad = sheet("区划代码,名称\n990101001003,下巷社区\n99010,坏代码村\n")
    page.locator("[name=file]").set_input_files(bad)
    page.get_by_role("button", name="导入").click()
    line = page.locator("tbody tr")
    expect(line.locator("td").nth(0)).to_have_text("3")
    expect(line.locator("td").nth(1)).to_have_text("区划代码")
    expect(line.locator("td").nth(2)).to_contain_text("99010")
    sound()
    page.locator("[name=file]").set_input_files(bad)
    page.locator("[name=keep_good]").check()
    page.get_by_role("button", name="导入").click()
    expect(page.locator(".note.success")).to_contain_text("1")
    page.goto(f"{live_server.url}/ground?q=下巷")
    expect(page.locator("#tree .name")).to_have_text(["下巷社区"])


def test_a_redrawing_is_planned_from_a_sheet_and_called_off(
    *, town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    sound: Callable[[], None], sheet: Callable[[str], str],
) -> None:  # fmt: skip
    sit_down(town_behind_the_wall.ning)
    page.goto(f"{live_server.url}/ground/redrawings")
    sound()
    page.locator("[name=title]").fill("上巷并入新巷")
    page.locator("[name=effective]").fill("2099-01-01")
    plan = "原区划代码,新区划代码,新名称,类型,无承接原因\n990101001002,990101001009,新巷社区,,\n"
    page.locator("[name=file]").set_input_files(sheet(plan))
    page.get_by_role("button", name="制定").dblclick()
    expect(page.locator("tbody tr")).to_have_count(1)
    sound()
    page.get_by_role("button", name="取消").click()  # no reason: the browser itself asks for one
    expect(page.locator("[name=because]:invalid")).to_have_count(1)
    page.locator("[name=because]").fill("居民代表会议未通过")
    page.get_by_role("button", name="取消").click()
    expect(page.locator("tbody tr")).to_contain_text("居民代表会议未通过")
    expect(page.locator("[name=because]")).to_have_count(0)
    sound()
