"""A leader with a telephone between two meetings; a clerk of the water company at the desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases.models import Note, Petition
from yiwang.cases.tests.make import case, make_lamp
from yiwang.channels.web.leader.tests.test_leader import LEADER, asked, in_hand
from yiwang.insight.actions import follow
from yiwang.people.models import Person
from yiwang.people.tests.make import give
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def numbers(town_behind_the_wall: Town) -> tuple[Town, int]:
    """Lan leads the street; one case lies long overdue with the water company, for another more time is asked."""
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        give(town.lan, LEADER, ground=town.two_wells)
        late = in_hand(town, ago=timedelta(days=20))
        asked(town)
        follow(now=timezone.now())
    forget()
    return town, late


def test_a_leader_sees_decides_and_instructs_on_one_page(
    *, numbers: tuple[Town, int], page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    sound: Callable[[], None], fits: Callable[[], None],
) -> None:  # fmt: skip
    town, late = numbers
    sit_down(town.lan)
    page.goto(live_server.url)
    expect(page).to_have_url(f"{live_server.url}/leader")
    expect(page.locator("a.figure.bad")).to_contain_text("1")
    sound()
    fits()
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("已审批。")).to_be_visible()
    expect(page.get_by_role("heading", name="待我审批")).to_have_count(0)
    page.get_by_text("写批示").click()
    page.locator("textarea[name=text]").fill("三天内必须修好")
    page.get_by_role("button", name="批示到该事件").click()
    expect(page.get_by_text("批示已写入该事件。")).to_be_visible()
    sound()
    fits()
    with standing_on(EVERYWHERE):
        assert Note.objects.get(case=late).text == "三天内必须修好"
        assert Petition.objects.get().granted
        assert case(late).is_open
    page.locator("a.figure.bad").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_unit_sees_its_load_and_who_carries_it(
    *, numbers: tuple[Town, int], page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    sound: Callable[[], None],
) -> None:  # fmt: skip
    town, _ = numbers
    sit_down(town.wen)
    page.goto(f"{live_server.url}/unit")
    expect(page.get_by_role("heading", name=town.water_company.name)).to_be_visible()
    expect(page.locator(".figure.bad b")).to_contain_text("1")
    expect(page.get_by_role("link", name=town.water_post.title)).to_be_visible()
    sound()
