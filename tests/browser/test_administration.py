"""The administration: a county sets up its own units, posts and people, and nobody else's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.town import Town
from yiwang.people.models import Holding, Person
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "", "people/person/", "people/person/add/", "people/unit/", "people/unit/add/", "people/post/", "people/post/add/",
    "people/holding/", "people/holding/add/", "people/role/", "people/role/add/", "people/token/",
    "people/openquestion/", "worktime/hours/", "worktime/hours/add/", "worktime/day/", "worktime/day/add/",
    "worktime/year/", "places/place/", "places/alias/", "places/alias/add/", "catalogue/responsibility/conflicts/",
    "catalogue/responsibility/", "catalogue/item/add/", "audit/entry/",
]  # fmt: skip

# The library lays its pages out in plain boxes, without the landmarks that our own pages have, and its scroll bars and
# its fields that search bear no names of their own.
LIBRARY = ("landmark-one-main", "region", "landmark-unique", "aria-input-field-name")
# Login names, a time zone, and what the library's scroll bar calls itself to a screen reader.
NAMES = (
    "operator", "bo", "ding", "gu", "lan", "mei", "ning", "qiao", "sun", "wen", "Asia", "Shanghai",
    "scrollable", "content",
)  # fmt: skip


def choose(page: Page, field: str, name: str) -> None:
    """Take one of those that the field finds by its name."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").last.fill(name)
    page.locator(".select2-results__option", has_text=name).first.click()


def test_a_unit_a_post_and_a_holder_are_set_up(
    town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None]
) -> None:
    town = town_behind_the_wall
    sit_down(town.ning)
    admin = f"{live_server.url}/admin/people"
    page.goto(f"{admin}/unit/add/")
    page.locator("[name=name]").fill("平安法治办")
    page.locator("[name=kind]").select_option("board")
    choose(page, "ground", "双井街道")
    page.locator("[name=_save]").click()
    expect(page.get_by_text("平安法治办").first).to_be_visible()

    page.goto(f"{admin}/post/add/")
    page.locator("[name=title]").fill("平安岗")
    choose(page, "unit", "平安法治办")
    choose(page, "role", "平安法治")
    choose(page, "ground", "双井街道")
    page.locator("[name=_save]").click()
    expect(page).to_have_url(f"{admin}/post/")

    page.goto(f"{admin}/holding/add/")
    choose(page, "person", "蓝居民")
    choose(page, "post", "平安岗")
    page.locator("[name=since]").fill("2099-01-01")
    page.locator("[name=_save]").click()
    expect(page).to_have_url(f"{admin}/holding/")
    with standing_on(EVERYWHERE):
        assert Holding.objects.filter(person=town.lan, post__title="平安岗").exists()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_fits_is_accessible_and_speaks_chinese(
    *, town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    fits: Callable[[], None], accessible: Callable[..., None], in_chinese: Callable[..., None], address: str,
) -> None:  # fmt: skip
    sit_down(town_behind_the_wall.operator)
    page.goto(f"{live_server.url}/admin/{address}")
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    fits()
    in_chinese(*NAMES)
    accessible(*LIBRARY)


def test_anothers_pages_do_not_exist(
    *, town_behind_the_wall: Town, page: Page, live_server: LiveServer, sit_down: Callable[[Person], None],
    quiet_about: Callable[[str], None],
) -> None:  # fmt: skip
    town = town_behind_the_wall
    quiet_about("404")
    sit_down(town.qiao)
    for address in (
        f"people/person/{town.mei.pk}",
        f"people/unit/{town.centre.pk}",
        f"people/post/{town.meis_post.pk}",
    ):
        answer = page.goto(f"{live_server.url}/admin/{address}/change/")
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("main")).to_contain_text("没有此页")
