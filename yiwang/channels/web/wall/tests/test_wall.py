"""The wall: who opens it, what it shows, and above all what it never does."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Case
from yiwang.cases.rules import written
from yiwang.cases.tests.make import MONDAY, as_, at, in_hand, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.wall.showing import gathering, hot
from yiwang.insight.actions import count_all
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give
from yiwang.spots.actions import look_in
from yiwang.spots.models import Spot
from yiwang.spots.tests.make import gathered
from yiwang.supervision import actions as supervision
from yiwang.supervision.models import Order, Watch

pytestmark = pytest.mark.django_db
HERE: dict[str, Any] = {"position": (106.00512, 30.00567)}
LAN: dict[str, Any] = {"name": "蓝居民", "phone": "13800000001", "address": "老井小院3号楼2单元501"}


@pytest.fixture(autouse=True)
def _items(town: Town) -> None:
    make_lamp()
    hot.cache_clear()
    gathering.cache_clear()
    make_item("QUIET", name="家庭暴力", secrecy=Secrecy.CONFIDENTIAL)
    make_item("SEALED", name="干部吃拿卡要", secrecy=Secrecy.SEALED)


@pytest.fixture
def gu(town: Town) -> Client:
    return at_the_desk(town.gu)


def news(client: Client, **asked: str) -> dict[str, Any]:
    answer = client.get("/wall/now", asked)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_it_opens_for_whoever_looks_after_a_ground_and_sees_its_numbers(town: Town) -> None:
    for person, status in ((town.gu, 200), (town.mei, 200), (town.bo, 404), (town.wen, 404), (town.ning, 404)):
        client = at_the_desk(person)
        assert [client.get(at).status_code for at in ("/wall", "/wall/now")] == [status, status], person.login


def test_a_stranger_is_asked_to_sign_in_and_told_nothing() -> None:
    assert Client().get("/wall?place=990101001")["Location"] == "/sign-in?next=/wall%3Fplace%3D990101001"
    assert Client().get("/wall/now").status_code == 404


def test_a_clerk_of_another_street_sees_another_wall(town: Town, gu: Client) -> None:
    number = reported(town, **HERE)
    assert [one["number"] for one in news(gu)["newest"]] == [written(number)]
    ding = at_the_desk(town.ding)
    assert (news(ding)["newest"], news(ding)["points"], news(ding)["hot"]) == ([], [], [])
    assert ding.get("/wall/now", {"place": town.well_lane.code}).status_code == 404


def test_a_part_of_the_ground_can_be_shown_alone(town: Town) -> None:
    give(town.gu, [Duty.SUPERVISE, Duty.SEE_NUMBERS], ground=town.county)
    gu = at_the_desk(town.gu)
    reported(town, **HERE)
    assert len(news(gu)["newest"]) == 1
    assert news(gu, place=town.stone_bridge.code)["newest"] == []
    assert "石桥镇" in gu.get("/wall", {"place": town.stone_bridge.code}).content.decode()


def test_a_case_flows_in_by_number_item_place_and_state(town: Town, gu: Client) -> None:
    number = in_hand(town, **HERE)
    (line,) = news(gu)["newest"]
    assert {key: line[key] for key in ("number", "item", "place", "state")} == {
        "number": written(number), "item": "路灯不亮", "place": "双井街道 井巷社区", "state": "办理中",
    }  # fmt: skip
    assert news(gu)["points"] == [{"number": written(number), "kind": line["kind"], "lon": 106.005, "lat": 30.006}]
    assert news(gu)["hot"] == []  # what came in on that Monday is long over


def test_a_case_full_of_people_is_shown_without_any_of_them(town: Town, gu: Client) -> None:
    number = in_hand(town, text="张三（13900000000，老井小院3号楼）家门口路灯不亮，李四家也是", **HERE, **LAN)
    actions.comment(number, text="问过王五，住在隔壁", by=as_(town.wen), now=MONDAY)
    said = gu.get("/wall").content.decode() + gu.get("/wall/now").content.decode("unicode_escape") + str(news(gu))
    assert written(number) in said
    for person in ("张三", "李四", "王五", "蓝居民", "温水务", "薄网格", "梅受理", "1390000", "1380000"):
        assert person not in said, person
    for household in ("老井小院", "501", "井巷第一网格", "30.00567"):
        assert household not in said, household


def listed_for(town: Town, number: int) -> Order:
    wanted = supervision.WantedOrder(number, "张三家门口，三天修好", town.wen.pk, town.water_post.pk, at(days=3))
    return supervision.list_case(wanted, by=as_(town.gu), now=MONDAY)


def test_what_is_listed_names_the_post_that_answers_and_nobody(town: Town, gu: Client) -> None:
    order = listed_for(town, in_hand(town, **HERE, **LAN))
    (line,) = news(gu)["listed"]
    assert (line["number"], line["item"], line["place"]) == (order.number, "路灯不亮", "双井街道 井巷社区")
    assert line["post"] == "云岭县自来水公司温水务岗"
    assert "超期" in line["left"]
    assert "张三" not in str(news(gu))
    assert "listed" in gu.get("/wall").content.decode()
    assert news(at_the_desk(town.ding))["listed"] == []


def test_what_is_listed_and_confidential_or_struck_off_is_not_on_the_wall(town: Town, gu: Client) -> None:
    number = in_hand(town, **HERE)
    order = listed_for(town, number)
    Case.objects.filter(number=number).update(secrecy=Secrecy.CONFIDENTIAL)
    assert news(gu)["listed"] == []
    Case.objects.filter(number=number).update(secrecy=Secrecy.OPEN)
    assert len(news(gu)["listed"]) == 1
    Order.objects.filter(pk=order.pk).update(state="ended", ended_at=MONDAY)
    assert news(gu)["listed"] == []


def test_a_case_takes_the_colours_of_its_own_limit(town: Town, gu: Client) -> None:
    """Three quarters of a limit of days: half is used, though a day and more is left."""
    number = in_hand(town, **HERE)
    now = timezone.now()
    hours = timedelta(hours=1)
    Case.objects.filter(number=number).update(next_due_at=now + 30 * hours)
    assert [point["kind"] for point in news(gu)["points"]] == ["calm"]
    Watch.objects.create(
        number=number, county="990101", place=town.lane_grid.code, steps=1, since=now, round=now - 200 * hours,
        soon_at=now - 90 * hours, pressing_at=now - hours, due_at=now + 30 * hours,
    )  # fmt: skip
    assert [point["kind"] for point in news(gu)["points"]] == ["soon"]
    Watch.objects.update(pressing_at=now + hours)
    assert [line["kind"] for line in news(gu)["newest"]] == ["half"]


def test_what_is_confidential_or_sealed_is_nowhere_even_for_who_may_open_it(town: Town) -> None:
    give(town.gu, [Duty.INVESTIGATE, Duty.SUPERVISE, Duty.SEE_NUMBERS], ground=town.county)
    gu = at_the_desk(town.gu)
    for item in ("QUIET", "SEALED"):
        reported(town, item=item, **HERE)
    shown = news(gu)
    assert (shown["newest"], shown["points"], shown["hot"]) == ([], [], [])
    assert "家庭暴力" not in str(shown)
    assert "吃拿卡要" not in str(shown)


def test_the_numbers_are_those_of_the_ground(town: Town, gu: Client) -> None:
    now = timezone.now()
    told = actions.Report(text="路灯不亮", place=town.lane_grid.code, item="LAMP")
    for _ in range(2):
        actions.report(told, by=reporter(), now=now)
    count_all(now=now)
    shown = news(gu)
    assert shown["figures"] == {"reported": 2, "closed": 0, "open": 2, "overdue": 0}
    assert {board["name"]: board["cases"] for board in shown["boards"]}["民生服务"] == 2
    assert [(rate["name"], rate["share"]) for rate in shown["rates"]] == [
        ("响应率", None),
        ("解决率", None),
        ("满意率", None),
    ]
    ding = news(at_the_desk(town.ding))
    assert (ding["figures"]["open"], sum(board["cases"] for board in ding["boards"])) == (0, 0)


def test_what_has_not_changed_is_not_sent_again(town: Town, gu: Client) -> None:
    first = gu.get("/wall/now")
    known = {"If-None-Match": first["ETag"]}
    again = gu.get("/wall/now", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    reported(town, **HERE)
    assert gu.get("/wall/now", headers=known).status_code == 200


def test_it_asks_little_of_the_database_and_nothing_more_for_more_cases(town: Town, gu: Client) -> None:
    reported(town, **HERE)
    one = [queries_of(gu, address) for address in ("/wall", "/wall/now")]
    reported(town, **HERE), reported(town, **HERE)
    assert [queries_of(gu, address) for address in ("/wall", "/wall/now")] == one
    assert max(one) <= MOST_QUERIES


def test_a_hot_spot_is_shown_by_community_item_and_number_and_a_sealed_case_is_never_counted(
    town: Town, gu: Client
) -> None:
    now = timezone.now()
    numbers = gathered(town, until=now - timedelta(hours=1), **LAN)
    look_in(town.county.code, now=now)
    [shown] = news(gu)["spots"]
    spot = Spot.objects.get()
    assert (shown["item"], shown["place"]) == ("路灯不亮", "双井街道 井巷社区")
    assert shown["told"].startswith(f"28 天 {spot.cases} 件，平常 ")
    [sign] = [one for one in news(gu)["points"] if one["kind"] == "hot"]
    assert (sign["lon"], sign["lat"]) == (round(spot.lon, 3), round(spot.lat, 3))
    Case.objects.filter(number=numbers[0]).update(secrecy=Secrecy.SEALED)
    gathering.cache_clear()
    assert news(gu)["spots"][0]["told"].startswith(f"28 天 {spot.cases - 1} 件")
    assert "老井小院" not in str(news(gu))
    assert news(at_the_desk(town.ding))["spots"] == []
