"""A fouled river, from two residents' phones to the last call-back: five seats, each before its own screen."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import shapely
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_resident import photo
from tests.browser.test_worker import HERE, SLOW, shoot
from tests.chromium import DESK, PHONE
from tests.desk import at_the_desk
from tests.jobs import asked_for
from tests.shelf import keep_files_in
from tests.town import Town
from yiwang.cases import jobs
from yiwang.cases.models import Case
from yiwang.cases.rules import State, written
from yiwang.catalogue.rules import Evidence, Stage
from yiwang.catalogue.tests.make import make_item, make_responsibility
from yiwang.people.models import Person
from yiwang.places.tests.make import make_boundary
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.proof.queries import Which, chain_flaws

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Seat = Callable[..., Page]
# Every step of the case, the first at the top.
STEPS = [
    "上报", "受理", "派单", "退单", "指定办理", "签收", "申请延期", "同意延期", "办结", "核查不通过", "办结",
    "核查通过", "回访", "重办", "办结", "核查通过", "回访", "结案",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A report as its reporter keeps it: the number, and the address that opens it."""

    number: int
    address: str


@pytest.fixture
def town(town_behind_the_wall: Town, settings: Settings, tmp_path: Path) -> Town:
    """The water company answers for rivers. All limits run day and night: the test may run at any hour."""
    settings.RATE_LIMIT = ""
    keep_files_in(tmp_path, settings)
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        river = make_item(
            "RIVER", name="河道污染", name_en="Fouled river", keywords=("河水", "污水"), evidence=Evidence(photos=2),
            limits=dict.fromkeys(Stage, "30紧急工作日"),
        )  # fmt: skip
        make_responsibility(river, town.water_post, place=town.county)
        make_boundary(town.lane_grid.code, shapely.box(106, 30, 106.01, 30.01))
    forget()
    return town


@pytest.fixture
def seat(open_browser: Callable[..., BrowserContext], live_server: LiveServer) -> Iterator[Seat]:
    """Somebody's own browser, which stays open while others do their part; no page may complain in the console."""
    wrong: list[str] = []

    def sit(person: Person | None = None, *, phone: bool = False) -> Page:
        context = open_browser(
            wait=SLOW, viewport=PHONE if phone else DESK, has_touch=phone,
            permissions=["geolocation"] if phone else [], geolocation=HERE,
        )  # fmt: skip
        if person:
            key = at_the_desk(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    expect.set_options(timeout=SLOW)
    yield sit
    expect.set_options(timeout=5_000)
    assert not wrong


def test_a_fouled_river_goes_through_all_hands_until_its_reporters_have_their_answer(
    *, town: Town, seat: Seat
) -> None:
    resident, neighbour = seat(phone=True), seat(phone=True)
    mei, gu, wen, bo = seat(town.mei), seat(town.gu), seat(town.wen), seat(town.bo, phone=True)
    first = tell(resident, "井巷口的河水发黑，有人倒污水", name="蓝居民", phone="13857924681")
    second = tell(neighbour, "井巷口的河水又黑又臭", another=True)

    merge_and_dispatch(mei, second, into=first)
    open_mine(wen, first)
    move(wen, "退单", reason="这段河道不归我们管")
    assign_firmly(mei, first, because="这段河道不归我们管")
    open_mine(wen, first)
    move(wen, "签收")
    move(wen, "申请延期", hours="24", reason="要等清淤船")
    open_mine(gu, first, asked="要等清淤船")
    move(gu, "同意延期")

    finish(wen, "清了河道")
    look(bo, "没办好", "还有油污")
    wen.reload()
    expect(wen.locator(".timeline")).to_contain_text("还有油污")
    finish(wen, "吸走了油污")
    look(bo, "通过", "水清了")
    call_and_reopen(mei)
    # The same lead has it again.
    open_mine(wen, first)
    finish(wen, "又清了一遍")
    look(bo, "通过", "没有气味了")
    call_and_close(mei)

    the_record_is_whole(mei, first)
    the_reporters_have_their_answers(resident, first, neighbour, second)


def tell(page: Page, text: str, *, another: bool = False, name: str = "", phone: str = "") -> Told:
    """Report it with a photo, as a resident does; `another`: they do not take it for what was told already."""
    page.goto("/")
    page.get_by_role("link", name="我要反映").click()
    page.locator("[name=files]").set_input_files(photo(640, 480))  # type: ignore[arg-type]
    expect(page.locator(".photo [name=photos]")).to_have_count(1)
    page.locator("#id_text").fill(text)
    expect(page.locator("#proposed")).to_have_text("根据描述识别为：河道污染")
    page.get_by_role("button", name="使用照片拍摄的位置").click()
    expect(page.get_by_text("已取得位置：双井街道 井巷社区 井巷第一网格")).to_be_visible()
    if another:
        page.get_by_label("不是，我反映的是另一件事").check()
    if phone:
        page.locator("[name=name]").fill(name)
        page.locator("[name=phone]").fill(phone)
    else:
        page.get_by_label("匿名反映").check()
    page.locator("#send").click()
    page.wait_for_url(re.compile(r"/r/\d{16}\?secret="))
    expect(page.locator(".standing")).to_contain_text("待受理")
    return Told(int(urlsplit(page.url).path.removeprefix("/r/")), page.url)


def merge_and_dispatch(page: Page, duplicate: Told, *, into: Told) -> None:
    """The clerk's inbox: what is the same is merged with one key, what is left is dispatched with another."""
    title = page.locator("#chosen h2")
    page.goto("/inbox")
    page.locator(f"[data-number='{duplicate.number}'] [data-row]").click()
    expect(title).to_have_text(written(duplicate.number))
    expect(page.locator(".alike [name=into]:checked")).to_have_value(written(into.number))
    page.keyboard.press("m")
    expect(page.locator(".note.success")).to_contain_text(f"{written(duplicate.number)} ")
    expect(page.locator(f".rows [data-number='{duplicate.number}']")).to_have_count(0)
    expect(title).to_have_text(written(into.number))
    expect(page.locator(".lead")).to_contain_text("云岭县自来水公司")
    page.keyboard.press("d")
    expect(page.locator(".empty")).to_be_visible()


def open_mine(page: Page, case: Told, *, asked: str = "") -> None:
    """From the list of what waits for somebody to the case itself; `asked`: what they are to decide."""
    page.goto("/mine")
    row = page.locator(f"tr[data-number='{case.number}']")
    expect(row).to_contain_text(asked)
    row.locator("[data-row]").click()
    expect(page.locator(".head .number")).to_be_visible()


def move(page: Page, words: str, **given: str) -> None:
    """Make a move on the case that is open; what is seldom done stands behind "more"."""
    button = page.locator(".moves a").filter(has_text=re.compile(rf"^\s*{words}"))
    expect(button).to_have_count(1)
    if not button.is_visible():
        page.locator(".moves summary").click()
    button.click()
    for name, value in given.items():
        page.locator(f"#move [name={name}]").fill(value)
    page.locator("#move .btn-primary").click()
    expect(page.locator(".note.success")).to_contain_text(f"已完成：{words}")


def assign_firmly(page: Page, case: Told, *, because: str) -> None:
    """It is in the inbox again, with the reason; the clerk decides whose it is."""
    page.goto("/inbox")
    expect(page.locator("#chosen h2")).to_have_text(written(case.number))
    expect(page.locator("#chosen .last-steps")).to_contain_text(because)
    page.locator("#chosen").get_by_role("link", name="打开事件").click()
    expect(page.locator(".state")).to_have_text("待派单")
    move(page, "指定办理", reason="县里定的，河道归自来水公司")
    expect(page.locator(".state")).to_have_text("待签收")


def finish(page: Page, note: str) -> None:
    """The handler says that it is done, with two photos."""
    page.locator(".moves a").filter(has_text=re.compile(r"^\s*办结")).click()
    page.locator("#move [name=note]").fill(note)
    page.locator("#move [name=after]").set_input_files([photo(640, 480), photo(480, 640)])  # type: ignore[arg-type]
    page.locator("#move .btn-primary").click()
    expect(page.locator(".note.success")).to_contain_text("已完成：办结")
    expect(page.locator(".timeline li").filter(has_text=note).locator("img")).to_have_count(2)


def look(page: Page, verdict: str, saw: str) -> None:
    """The grid worker goes there, takes a photo and says what they see."""
    page.goto("/today")
    page.locator(".tabs").get_by_role("link", name="核查").click()
    page.locator(".turn").click()
    expect(page.get_by_role("heading", name="办好了吗？")).to_be_visible()
    shoot(page, "after")
    page.get_by_label("现场情况").fill(saw)
    page.get_by_role("button", name=verdict).click()
    page.wait_for_url(re.compile(r"/today/\d{16}$"))


def call_and_reopen(page: Page) -> None:
    """The reporter is reached and dissatisfied: the clerk has it dealt with once more."""
    page.goto("/calls")
    page.keyboard.press("p")
    expect(page.locator("#phone a")).to_have_text("13857924681")
    page.locator("#words").fill("还有气味")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    expect(page.locator(".note.success")).to_contain_text("已解决但不满意")
    page.locator("#words").fill("反映人说还有气味")
    page.get_by_role("button", name="重办").click()
    expect(page.locator(".note.success")).to_contain_text("已重办")


def call_and_close(page: Page) -> None:
    """The reporter is reached again, and satisfied."""
    page.goto("/calls")
    expect(page.locator(".done-so")).to_contain_text("又清了一遍")
    page.keyboard.press("1")
    expect(page.locator(".note.success")).to_contain_text("满意，已结案")
    expect(page.locator(".empty")).to_be_visible()


def the_record_is_whole(page: Page, case: Told) -> None:
    """Every step stands on the page in the order in which it was done, and the chain of steps has no flaw."""
    page.goto(f"/cases/{written(case.number)}")
    expect(page.locator(".state")).to_have_text("已结案")
    assert page.locator(".timeline li:not(.beside) > div > strong").all_inner_texts() == STEPS
    # Two photos each of three finishings, one of each of three looks.
    expect(page.locator(".timeline img")).to_have_count(9)
    with standing_on(EVERYWHERE):
        assert list(chain_flaws(Which())) == []
        assert set(Case.objects.values_list("state", flat=True)) == {State.CLOSED, State.MERGED}


def the_reporters_have_their_answers(resident: Page, first: Told, neighbour: Page, second: Told) -> None:
    """Both of their own pages say in plain words how it ended."""
    resident.goto(first.address)
    expect(resident.locator(".standing")).to_contain_text("已结案。")
    (answering,) = asked_for(jobs.answer_followers.name)
    jobs.answer_followers(**answering.args)
    neighbour.goto(second.address)
    expect(neighbour.locator(".standing")).to_contain_text("已结案")
    expect(neighbour.locator(".events")).to_contain_text("您反映的问题已与他人反映的同一问题并案办理，现已结案。")
