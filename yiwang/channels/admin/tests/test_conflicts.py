"""Where departments disagree, and the table mended with one press after it was said what will happen."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.models import Item, Responsibility
from yiwang.catalogue.tests.make import make_item, make_responsibility
from yiwang.people.models import Post
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.triage.models import Handled
from yiwang.triage.tests.test_solving import housing

pytestmark = pytest.mark.django_db
PAGE = "/admin/catalogue/responsibility/conflicts/"


@pytest.fixture
def town(town_behind_the_wall: Town) -> Town:
    return town_behind_the_wall


@pytest.fixture
def ning(town: Town) -> Client:
    return at_the_desk(town.ning)


@pytest.fixture
def post(town: Town) -> Post:
    with standing_on(EVERYWHERE):
        return housing(town)[1]


def disagreed(town: Town, item: Item, post: Post, times: int = 14) -> dict[str, str]:
    """The water company hands an item back to the housing office so often; what its line sends."""
    with standing_on(EVERYWHERE):
        Handled.objects.create(
            county=town.county.code, place=town.two_wells.code, item=item.pk, cases=times,
            month=timezone.localdate().replace(day=1), post=town.water_post.pk, afterwards=post.pk,
        )  # fmt: skip
    return {"item": str(item.pk), "place": town.two_wells.code, "was": str(town.water_post.pk), "takes": str(post.pk)}


@pytest.fixture
def lamp(town: Town) -> Item:
    with standing_on(EVERYWHERE):
        item = make_lamp()
        make_responsibility(item, town.water_post, place=town.county)
        return item


def table() -> list[tuple[str | None, int]]:
    with standing_on(EVERYWHERE):
        return list(Responsibility.objects.order_by("pk").values_list("place_id", "post_id"))


def test_it_is_asked_first_and_then_the_table_is_mended(town: Town, ning: Client, lamp: Item, post: Post) -> None:
    sent = disagreed(town, lamp, post)
    page = ning.get(PAGE).content.decode()
    assert "双井街道" in page
    assert "路灯不亮" in page
    assert ">14<" in page
    asked = ning.get(f"{PAGE}mend/", sent).content.decode()
    assert "会发生什么" in asked
    assert "住建岗" in asked
    assert table() == [(town.county.code, town.water_post.pk)], "looking changes nothing"
    assert ning.post(f"{PAGE}mend/", sent).status_code == 302
    assert table() == [(town.county.code, town.water_post.pk), (town.two_wells.code, post.pk)]
    forget()
    assert f"{PAGE}mend/" not in ning.get(PAGE).content.decode()


def test_what_the_act_refuses_is_said_and_nothing_changes(town: Town, ning: Client, lamp: Item) -> None:
    sent = disagreed(town, lamp, town.meis_post)
    page = ning.post(f"{PAGE}mend/", sent)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert table() == [(town.county.code, town.water_post.pk)]


def test_a_stranger_finds_no_such_page_and_no_such_conflict(town: Town, lamp: Item, post: Post) -> None:
    sent = disagreed(town, lamp, post)
    qiao, mei = at_the_desk(town.qiao), at_the_desk(town.mei)
    assert "路灯不亮" not in qiao.get(PAGE).content.decode()
    assert qiao.get(f"{PAGE}mend/", sent).status_code == 404
    assert qiao.post(f"{PAGE}mend/", sent).status_code == 404
    assert mei.get(PAGE).status_code in {302, 404}
    assert table() == [(town.county.code, town.water_post.pk)]


def test_less_than_three_hand_backs_are_no_conflict(town: Town, ning: Client, lamp: Item, post: Post) -> None:
    sent = disagreed(town, lamp, post, times=2)
    assert "路灯不亮" not in ning.get(PAGE).content.decode()
    assert ning.get(f"{PAGE}mend/", sent).status_code == 404


def test_one_line_and_three_cost_the_same(town: Town, ning: Client, lamp: Item, post: Post) -> None:
    disagreed(town, lamp, post)
    one = queries_of(ning, PAGE)
    with standing_on(EVERYWHERE):
        others = [make_item("A"), make_item("B")]
    for item in others:
        disagreed(town, item, post)
    assert queries_of(ning, PAGE) == one <= MOST_QUERIES
    assert ning.get(PAGE).content.decode().count(">14<") == 3
