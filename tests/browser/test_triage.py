"""What the machine proposes, in front of people: in the inbox, to the resident, among topics, beside a reply."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases.rules import State, written
from yiwang.cases.tests.make import in_hand, make_lamp
from yiwang.catalogue.models import Item
from yiwang.catalogue.tests.make import make_responsibility
from yiwang.channels.web.desk.tests.cases import stands, told
from yiwang.opinions.models import Opinion
from yiwang.people.models import Person
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.topics.actions import gather_in
from yiwang.topics.models import Topic
from yiwang.topics.tests.make import told_by_many

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    """The water company mends lamps in the whole county."""
    with standing_on(EVERYWHERE):
        make_responsibility(make_lamp(), town_behind_the_wall.water_post, place=town_behind_the_wall.county)
    forget()
    return town_behind_the_wall


def test_the_inbox_shows_what_is_proposed_and_a_second_opinion_and_either_fills_the_field(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    accessible: Callable[..., None], fits: Callable[[], None],
) -> None:  # fmt: skip
    number = told(town, "巷口路灯不亮，晚上黑漆漆的", item="")
    with standing_on(EVERYWHERE):
        Opinion.objects.create(
            county=town.county.code, number=number, place=town.lane_grid.code, at=timezone.now(),
            item=Item.objects.get().pk, model="stranger-7b", milliseconds=40,
        )  # fmt: skip
    sit_down(town.mei)
    page.goto(f"{live_server.url}/inbox?case={number}")
    expect(page.locator(".proposals")).to_contain_text("路灯不亮")
    expect(page.locator(".second")).to_contain_text("第二意见")
    accessible()
    fits()
    page.locator("#item").fill("")
    page.locator(".second button").click()
    expect(page.locator("#item")).to_have_value("LAMP 路灯不亮")
    page.locator("#item").fill("")
    page.locator(".proposals button").first.click()
    expect(page.locator("#item")).to_have_value("LAMP 路灯不亮")
    page.locator("article.case button[value=accept]").click()
    expect(page.locator("article.case button[value=accept]")).to_have_count(0)
    assert stands(number).state == State.ACCEPTED


def test_a_handler_is_warned_beside_the_reply_and_may_send_it_all_the_same(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None], sound: Callable[[], None],
) -> None:  # fmt: skip
    with standing_on(EVERYWHERE):
        number = in_hand(town)
    sit_down(town.wen)
    page.goto(f"{live_server.url}/cases/{written(number)}/finish")
    reply = page.locator("#move_note")
    reply.press_sequentially("已转相关部门处理")
    expect(page.locator("#answer")).to_contain_text("请写明做了什么")
    sound()
    reply.fill("")
    reply.press_sequentially("昨晚更换了路灯灯泡，试亮正常")
    expect(page.locator("#answer li")).to_have_count(0)
    reply.fill("已处理完毕")
    page.locator("#move .btn-primary").click()
    expect(page.locator(".note.warning").first).to_contain_text("没有说明做了什么")
    assert stands(number).state == State.FINISHED


def test_a_clerk_goes_from_the_list_of_topics_to_one_and_to_its_cases(
    *, town: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    accessible: Callable[..., None], fits: Callable[[], None],
) -> None:  # fmt: skip
    with standing_on(EVERYWHERE):
        told_by_many(town, until=timezone.now() - timedelta(hours=1))
        gather_in(town.county.code, now=timezone.now())
        topic = Topic.objects.get().pk
    sit_down(town.mei)
    page.goto(f"{live_server.url}/topics")
    accessible()
    fits()
    page.get_by_role("link", name="屠宰场").first.click()
    expect(page).to_have_url(f"{live_server.url}/topics/{topic}?place={town.two_wells.code}")
    accessible()
    fits()
    page.locator(".carried .who a").first.click()
    expect(page.locator("h1")).to_be_visible()
