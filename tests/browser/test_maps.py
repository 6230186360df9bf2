"""Maps: what they show, what is chosen on them, what lies under them, and a browser that cannot draw."""

import io
import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import asinh, cos, pi, radians, tan
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
import shapely
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases.rules import written
from yiwang.cases.tests.make import make_lamp
from yiwang.channels.web.desk.tests.cases import stands, told
from yiwang.people.models import Person
from yiwang.places.rules.coordinates import convert
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.project.basemap import base_map, hosts_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READY = "#map[data-ready=yes]"
RED = (180, 35, 24)
MAP_LINE, ACCENT = (125, 138, 151), (15, 90, 148)
SAID = "这个浏览器不能显示地图"


@pytest.fixture
def town(town_behind_the_wall: Town, settings: Settings) -> Town:
    """Two Wells is drawn down to Bo's grid."""
    settings.RATE_LIMIT = ""
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        for place, wide in (
            (town.county, 0.04),
            (town.two_wells, 0.02),
            (town.well_lane, 0.01),
            (town.lane_grid, 0.005),
        ):
            make_boundary(place.code, shapely.box(106, 30, 106 + wide, 30 + wide))
    forget()
    return town


def share_of(box: Locator, colour: tuple[int, int, int], *, near: int = 12) -> int:
    """How many pixels have nearly this colour."""
    picture = Image.open(io.BytesIO(box.screenshot())).convert("RGB")
    away = np.abs(np.asarray(picture, dtype=int) - np.array(colour)).max(axis=2)
    return int((away < near).sum())


def test_the_map_shows_exactly_what_the_list_holds(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
    on_phone: bool,
) -> None:  # fmt: skip
    lamp = told(town, "井巷口的路灯不亮了", position=(106.002, 30.002))
    told(town, "下水道堵了", position=(106.004, 30.004))
    told(town, "说不清在哪里")
    sit_down(town.mei)
    page.goto(f"{live_server.url}/cases")
    page.get_by_role("link", name="地图").click()
    page.wait_for_selector(READY)
    expect(page.locator("[data-row]")).to_have_count(3)
    expect(page.get_by_text("其中 2 件有位置")).to_be_visible()
    expect(page.locator("[data-kind=late]")).to_be_visible()
    expect(page.locator("[data-kind=calm]")).to_be_hidden()
    sound()
    if on_phone:
        page.locator(".filter > summary").click()
    page.get_by_label("关键词").fill("路灯")
    page.get_by_role("button", name="查看").click()
    page.wait_for_selector(READY)
    assert "view=map" in page.url
    expect(page.locator("[data-row]")).to_have_count(1)
    box = page.locator("#map")
    page.wait_for_timeout(500)
    assert share_of(box, RED) > 60
    # The only point lies in the middle of the view.
    box.click()
    page.locator(".maplibregl-popup a").click()
    expect(page).to_have_url(f"{live_server.url}/cases/{written(lamp)}")


def test_a_case_is_shown_where_it_lies_on_its_own_page_and_in_the_inbox(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
) -> None:  # fmt: skip
    number = told(town, position=(106.002, 30.002))
    sit_down(town.mei)
    for address in (f"/cases/{written(number)}", f"/inbox?case={number}"):
        page.goto(live_server.url + address)
        page.locator("#map").scroll_into_view_if_needed()
        page.wait_for_selector(READY)
        page.wait_for_timeout(500)
        assert share_of(page.locator("#map"), RED) > 60, address
        sound()


def test_who_looks_from_elsewhere_is_drawn_nothing(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    told(town, position=(106.002, 30.002))
    sit_down(town.ding)
    page.goto(f"{live_server.url}/cases?view=map")
    expect(page.locator("#map")).to_have_count(0)
    answer = page.request.get(f"{live_server.url}/ground/{town.lane_grid.code}/outline")
    assert answer.status == 404


def test_a_resident_chooses_a_place_on_the_map_by_hand_and_by_keys(
    *, town: Town, page: Page, live_server: LiveServer, sound: Callable[[], None]
) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(f"{live_server.url}/report", wait_until="networkidle")
    assert not [one for one in asked if "maplibre" in one or "mapped" in one]
    page.get_by_text("在地图上选").click()
    page.wait_for_selector(READY)
    sound()
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    # The middle of what is drawn lies in no community that is drawn: the county is found.
    expect(page.get_by_text("已取得位置")).to_be_visible()
    box = page.locator("#map").bounding_box()
    assert box is not None
    # The county is a square in degrees, drawn higher than wide, with 28 pixels around it; Well Lane is its corner.
    high = min(box["height"] - 56, (box["width"] - 56) / cos(radians(30)))
    wide = high * cos(radians(30))
    page.mouse.click(box["x"] + box["width"] / 2 - 0.4 * wide, box["y"] + box["height"] / 2 + 0.4 * high)
    expect(page.get_by_text("已取得位置：双井街道 井巷社区")).to_be_visible()
    expect(page.locator("[data-chosen]")).to_have_text("已选定位置。")
    sound()
    page.locator("#id_text").fill("路灯不亮")
    lon, lat = (float(page.locator(f"#places [name={name}]").input_value()) for name in ("lon", "lat"))
    assert (106 < lon < 106.01, 30 < lat < 30.01) == (True, True)


def test_a_browser_that_cannot_draw_says_so_and_everything_else_works(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
) -> None:  # fmt: skip
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    number = told(town, position=(106.002, 30.002))
    sit_down(town.mei)
    for address in ("/cases?view=map", f"/inbox?case={number}", "/ground"):
        page.goto(live_server.url + address)
        expect(page.locator("#map")).to_contain_text(SAID)
        sound()
    page.locator(".open").first.click()
    expect(page.get_by_role("button", name="井巷社区", exact=True)).to_be_visible()
    page.goto(f"{live_server.url}/report")
    page.get_by_text("在地图上选").click()
    expect(page.locator("#map")).to_contain_text(SAID)


class Tiles(BaseHTTPRequestHandler):
    """A server of tiles: each is one green square."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        written = io.BytesIO()
        Image.new("RGB", (256, 256), (10, 200, 10)).save(written, "PNG")
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(written.getvalue())

    def log_message(self, *_said: object) -> None:
        """Quiet."""


@pytest.fixture
def tiles() -> Iterator[tuple[str, list[str]]]:
    """The address of tiles, and what was asked for."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Tiles,), {"asked": asked}))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png", asked
    server.shutdown()
    server.server_close()


def lay_under(settings: Settings, address: str, *, datum: str = "wgs84") -> None:
    """As an operator chooses it, with the policy that follows from it."""
    settings.BASE_MAP = base_map(address, datum=datum, credit="云岭测绘")
    policy = settings.CONTENT_SECURITY_POLICY
    hosts = hosts_of(settings.BASE_MAP)
    opened = {name: [*policy["DIRECTIVES"][name], *hosts] for name in ("img-src", "connect-src")}
    settings.CONTENT_SECURITY_POLICY = policy | {"DIRECTIVES": policy["DIRECTIVES"] | opened}


def test_tiles_of_the_chosen_host_lie_under_the_map_with_their_credit(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
    tiles: tuple[str, list[str]], settings: Settings,
) -> None:  # fmt: skip
    address, asked = tiles
    lay_under(settings, address)
    told(town, position=(106.002, 30.002))
    sit_down(town.mei)
    with page.expect_request(lambda one: one.url.endswith(".png")):
        page.goto(f"{live_server.url}/cases?view=map")
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)
    assert asked
    assert share_of(page.locator("#map"), (10, 190, 18), near=40) > 10_000
    expect(page.locator(".map-credit")).to_have_text("云岭测绘")
    sound()


def test_the_states_map_is_asked_in_its_own_words_for_streets_and_for_their_names(
    *, town: Town, page: Page, context: BrowserContext, live_server: LiveServer, sit_down: Callable[[Person], None],
    settings: Settings,
) -> None:  # fmt: skip
    asked: list[dict[str, str]] = []

    def tile(route: Route) -> None:
        """As 天地图 answers: streets fill the tile, their names stand on nothing."""
        address = urlsplit(route.request.url)
        words = dict(parse_qsl(address.query))
        asked.append(words | {"host": address.netloc, "path": address.path})
        streets = words["LAYER"] == "vec"
        picture = Image.new("RGBA", (256, 256), (10, 200, 10, 255) if streets else (0, 0, 0, 0))
        if not streets:
            picture.paste((200, 10, 200, 255), (96, 96, 160, 160))
        written = io.BytesIO()
        picture.save(written, "PNG")
        route.fulfill(body=written.getvalue(), content_type="image/png", headers={"Access-Control-Allow-Origin": "*"})

    lay_under(settings, "tianditu:0123456789abcdef")
    context.route(re.compile(r"https://t[0-7]\.tianditu\.gov\.cn/"), tile)
    told(town, position=(106.002, 30.002))
    sit_down(town.mei)
    with page.expect_request(lambda one: "tianditu" in one.url):
        page.goto(f"{live_server.url}/cases?view=map")
    page.wait_for_selector(READY)
    page.wait_for_timeout(1500)
    assert {one["path"] for one in asked} == {"/vec_w/wmts", "/cva_w/wmts"}
    for one in asked:
        assert one["path"] == f"/{one['LAYER']}_w/wmts"
        assert (one["SERVICE"], one["REQUEST"], one["VERSION"]) == ("WMTS", "GetTile", "1.0.0")
        assert (one["STYLE"], one["TILEMATRIXSET"], one["FORMAT"]) == ("default", "w", "tiles")
        assert one["tk"] == "0123456789abcdef"
        zoom, row, column = (int(one[name]) for name in ("TILEMATRIX", "TILEROW", "TILECOL"))
        # The tile of web Mercator in which the case lies, or one near it: row and column are not exchanged.
        assert abs(column - (106.002 + 180) / 360 * 2**zoom) < 5
        assert abs(row - (1 - asinh(tan(radians(30.002))) / pi) / 2 * 2**zoom) < 5
    assert share_of(page.locator("#map"), (10, 190, 18), near=40) > 10_000
    assert share_of(page.locator("#map"), (200, 10, 200), near=60) > 500, "the names lie above the streets"


def test_without_a_map_of_others_the_county_is_drawn_and_nothing_is_fetched_from_outside(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    sit_down(town.mei)
    page.goto(f"{live_server.url}/ground")
    page.locator("#map").scroll_into_view_if_needed()
    page.wait_for_selector(READY)
    page.wait_for_timeout(500)
    drawn = max(share_of(page.locator("#map"), colour, near=40) for colour in (MAP_LINE, ACCENT))
    assert drawn > 200, "the boundaries of the county and of what lies in it"
    assert [one for one in asked if not one.startswith((live_server.url, "blob:", "data:"))] == []


def test_no_host_is_opened_that_the_operator_did_not_choose(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    tiles: tuple[str, list[str]], quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    quiet_about("Content Security Policy")
    sit_down(town.mei)
    page.goto(f"{live_server.url}/ground")
    came = page.evaluate("(url) => fetch(url).then(() => 'came', () => 'refused')", tiles[0].format(z=1, x=1, y=1))
    assert (came, tiles[1]) == ("refused", [])


def test_on_a_shifted_map_everything_is_shifted_and_a_choice_is_shifted_back(
    *, town: Town, page: Page, live_server: LiveServer, tiles: tuple[str, list[str]], settings: Settings
) -> None:
    lay_under(settings, tiles[0], datum="gcj02")
    page.goto(f"{live_server.url}/report")
    datum = f"{live_server.url}/static/web/datum.mjs"
    for lon, lat in ((106.002, 30.002), (121.47, 31.23), (104.9, 34.9), (139.7, 35.6), (-0.1, 51.5)):
        there, again = page.evaluate(
            """async ([url, at]) => {
              const { onto, back } = await import(url);
              return [onto(at, "gcj02"), back(onto(at, "gcj02"), "gcj02")];
            }""",
            [datum, [lon, lat]],
        )
        assert there == pytest.approx(convert(lon, lat, of="wgs84", to="gcj02"), abs=1e-9)
        assert again == pytest.approx((lon, lat), abs=1e-8)
    page.get_by_text("在地图上选").click()
    page.wait_for_selector(READY)
    page.locator("[data-middle]").click()
    page.wait_for_selector("#places [name=lon]", state="attached")
    chosen = [float(page.locator(f"#places [name={name}]").input_value()) for name in ("lon", "lat")]
    # The middle of the county as it is kept, although the map under it is shifted by some hundred metres.
    assert chosen == pytest.approx([106.02, 30.02], abs=2e-4)


def test_a_picture_of_a_point_says_no_more_than_its_number_item_place_and_state(
    *, town: Town, page: Page, context: BrowserContext, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    number = told(town, "张三家路灯不亮，电话 13900000000", position=(106.002, 30.002))
    assert stands(number).text
    sit_down(town.mei)
    page.goto(f"{live_server.url}/cases?view=map")
    said = page.locator("#spots").inner_text() or page.evaluate("document.getElementById('spots').textContent")
    assert "张三" not in said
    assert "13900000000" not in said
    assert written(number) in said
