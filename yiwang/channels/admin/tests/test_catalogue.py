import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk import at_the_desk
from tests.town import Town
from yiwang.catalogue.models import Board, Item, Responsibility
from yiwang.catalogue.tests.make import make_item, make_responsibility
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
ITEMS, GIVEN = "/admin/catalogue/item/", "/admin/catalogue/responsibility/"


@pytest.fixture
def ning(town_behind_the_wall: Town) -> Client:
    return at_the_desk(town_behind_the_wall.ning)


def lamp(**instead: str) -> dict[str, str]:
    return {
        "code": "L1", "county": "990101", "parent": "", "name": "路灯不亮", "name_en": "", "board": "livelihood",
        "level": "grid", "urgency": "routine", "secrecy": "open", "keywords": "路灯\n不亮", "examples": "",
        "opens_when": "", "closes_when": "", "sign_for": "", "handle": "2个工作日", "check_limit": "", "call_back": "",
        "photos": "2", "within_metres": "50", "note": "on", "handlers": "", "regulators": "",
    } | instead  # fmt: skip


def given(town: Town, item: Item, **instead: str) -> dict[str, str]:
    return {
        "item": str(item.pk), "place": town.two_wells.code, "post": str(town.water_post.pk), "since": "2026-03-02",
        "until": "",
    } | instead  # fmt: skip


def test_an_item_is_added_and_a_correction_makes_a_version(ning: Client) -> None:
    assert ning.post(f"{ITEMS}add/", lamp()).status_code == 302
    with standing_on(EVERYWHERE):
        item = Item.objects.get(code="L1")
        assert [(version.handle, version.keywords) for version in item.versions.all()] == [("2天", ["路灯", "不亮"])]
    address = f"{ITEMS}{item.pk}/change/"
    assert "路灯不亮" in ning.get(address).content.decode()
    assert ning.post(address, lamp(handle="2紧急工作时")).status_code == 302
    with standing_on(EVERYWHERE):
        assert [version.handle for version in item.versions.order_by("number")] == ["2天", "2紧急工作时"]
    ning.post(ITEMS, {"action": "retire", "_selected_action": [str(item.pk)]})
    with standing_on(EVERYWHERE):
        assert Item.objects.get(code="L1").valid_to is not None


@pytest.mark.parametrize("instead", [{"handle": "soon"}, {"code": "路灯"}, {"photos": "0"}])
def test_what_cannot_be_is_refused_in_words(ning: Client, instead: dict[str, str]) -> None:
    page = ning.post(f"{ITEMS}add/", lamp(**instead))
    assert page.context["adminform"].form.errors
    with standing_on(EVERYWHERE):
        assert not Item.objects.exists()


def test_a_stranger_and_a_county_change_nothing_that_is_not_theirs(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        common, own = make_item("C1"), make_item("L1", county=town.county)
        answering = make_responsibility(common, town.water_post, place=town.two_wells)
    qiao = at_the_desk(town.qiao)
    for browser, item in ((ning, common), (qiao, own)):
        address = f"{ITEMS}{item.pk}/change/"
        assert browser.get(address).status_code == 200  # everybody may read
        assert browser.post(address, lamp(name="x")).status_code == 403
    assert qiao.get(f"{GIVEN}{answering.pk}/change/").status_code == 404
    assert "温水务" not in qiao.get(GIVEN).content.decode()
    assert at_the_desk(town.mei).get(ITEMS).status_code == 302
    with standing_on(EVERYWHERE):
        assert not Item.objects.filter(versions__name="x").exists()


def test_a_post_is_given_an_item_and_loses_it_again(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        item = make_item("C1")
    assert f"{GIVEN}gaps/" in ning.get(GIVEN).content.decode()
    assert "路灯不亮" in ning.get(f"{GIVEN}gaps/").content.decode()
    assert ning.post(f"{GIVEN}add/", given(town, item)).status_code == 302
    page = ning.post(f"{GIVEN}add/", given(town, item, post=str(town.meis_post.pk), since="2026-03-03"))
    assert page.context["adminform"].form.non_field_errors()
    page = ning.post(f"{GIVEN}add/", given(town, item, place=town.other_town.code))
    assert page.context["adminform"].form.errors
    forget()
    told = ning.get(f"{GIVEN}gaps/").content.decode()
    assert town.stone_bridge.name in told
    assert town.two_wells.name not in told
    assert town.other_town.name not in told
    with standing_on(EVERYWHERE):
        answering = Responsibility.objects.get()
    ning.post(GIVEN, {"action": "end", "_selected_action": [str(answering.pk)]})
    with standing_on(EVERYWHERE):
        assert Responsibility.objects.get().until is not None


def test_one_line_and_three_cost_the_same(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall
    counts = []
    for codes in (["A"], ["B", "C"]):
        with standing_on(EVERYWHERE):
            for code in codes:
                make_responsibility(make_item(code, county=town.county), town.water_post, place=town.two_wells)
        for page in (ITEMS, GIVEN):
            ning.get(page)
        for page in (ITEMS, GIVEN):
            with CaptureQueriesContext(connection) as asked:
                ning.get(page)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_a_county_adds_a_board_and_leaves_the_common_ones(town_behind_the_wall: Town, ning: Client) -> None:
    board = {"code": "emergency", "name": "应急", "name_en": "Emergency", "position": "5", "county": "990101"}
    assert ning.post("/admin/catalogue/board/add/", board).status_code == 302
    with standing_on(EVERYWHERE):
        own, common = Board.objects.get(code="emergency"), Board.objects.get(code="economy")
    address = "/admin/catalogue/board/{}/change/"
    assert ning.post(address.format(own.pk), board | {"name": "应急管理"}).status_code == 302
    assert ning.post(address.format(common.pk), board).status_code == 403
    with standing_on(EVERYWHERE):
        assert Board.objects.get(pk=own.pk).name == "应急管理"


def test_what_the_database_forbids_is_said_in_words_and_not_by_the_names_of_its_rules(
    town_behind_the_wall: Town, ning: Client
) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        item = make_item("C1")
    page = ning.post(f"{GIVEN}add/", given(town, item, until="2026-03-01"))
    assert page.context["adminform"].form.non_field_errors() == ["截止日期早于起始日期。"]
    assert ning.post(f"{GIVEN}add/", given(town, item)).status_code == 302
    said = ning.get(f"{GIVEN}?q=C1").content.decode()
    assert "Responsibility object" not in said
    with standing_on(EVERYWHERE):
        one = Responsibility.objects.get()
    called = f"C1 · {town.two_wells} · {town.water_post}"
    assert called in ning.get(f"{GIVEN}{one.pk}/change/").content.decode()
    done = ning.post(GIVEN, {"action": "end", "_selected_action": [str(one.pk)]}, follow=True)
    assert f"已办理：{called}" in done.content.decode()


def test_a_county_adds_what_is_its_own_and_need_not_say_so(town_behind_the_wall: Town, ning: Client) -> None:
    town = town_behind_the_wall
    for address in (f"{ITEMS}add/", "/admin/catalogue/board/add/"):
        assert ning.get(address).context["adminform"].form.initial["county"] == town.county.code
    operator = at_the_desk(town.operator)
    assert "county" not in operator.get(f"{ITEMS}add/").context["adminform"].form.initial
