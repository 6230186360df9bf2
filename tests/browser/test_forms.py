"""A form from the desk to the telephone and back: asked already, asked nevertheless, filled in, summed up."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.cases.access import acting
from yiwang.forms.models import Form
from yiwang.forms.tests.make import asked
from yiwang.people.models import Person
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_is_asked_with_a_reason_filled_in_and_summed_up(
    *, town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    sound: Callable[[], None], quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    town = town_behind_the_wall
    quiet_about("422")
    now = timezone.now()
    with standing_on(EVERYWHERE):
        asked(town, by=acting(town.gu, on=timezone.localdate(now)), now=now)
    forget()
    sit_down(town.gu)
    page.goto(f"{live_server.url}/forms/new")
    page.locator("#title").fill("水井再核")
    page.locator("#why").fill("冬季防冻")
    page.locator("#due").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.locator("#minutes").fill("10")
    page.locator("[name=text]").first.fill("请填写水井数量")
    page.locator("button[value=look]").click()
    expect(page.locator(".note.warning a")).to_be_visible()
    sound()
    page.locator("button[value=ask]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("#nevertheless").fill("新打了两口井")
    page.locator("button[value=ask]").click()
    with standing_on(EVERYWHERE):
        number = Form.objects.latest("pk").pk
    expect(page).to_have_url(f"{live_server.url}/forms/{number}")
    expect(page.locator(".note.warning")).to_contain_text("新打了两口井")
    sound()

    sit_down(town.bo)
    page.goto(f"{live_server.url}/today")
    page.locator(f"a[href='/today/forms/{number}']").click()
    sound()
    page.locator("input.form-control").fill("五六")
    page.locator(".send button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".wrong")).to_contain_text("“五六”不是数字")
    expect(page.locator("input.form-control")).to_have_value("五六")
    page.locator("input.form-control").fill("5")
    page.locator(".send button").click()
    expect(page).to_have_url(f"{live_server.url}/today")
    expect(page.locator(f"a[href='/today/forms/{number}']")).to_have_count(0)

    sit_down(town.gu)
    page.goto(f"{live_server.url}/forms/{number}")
    expect(page.locator(".numbers table").first.locator("td b")).to_have_text("5")
