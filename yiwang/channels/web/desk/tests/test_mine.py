"""What waits for my posts, for my decision and for my eyes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions, queries
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, as_, at, dispatched, finished, in_hand, make_lamp
from yiwang.catalogue.rules import Secrecy
from yiwang.channels.web.desk.tests.cases import taken
from yiwang.people.models import Person, Role
from yiwang.people.tests.make import make_holding, make_person, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@pytest.fixture
def wen(town: Town) -> Client:
    return at_the_desk(town.wen)


@pytest.fixture
def head(town: Town) -> Person:
    """The head of the water company, who grants time to its people."""
    post = make_post(role=Role.objects.get(code="department_head"), unit=town.water_company, ground=town.county)
    person = make_person("hai", name="海总", ground=town.county)
    make_holding(person, post)
    return person


def groups(client: Client, address: str = "/mine") -> dict[str, list[int]]:
    page = client.get(address, headers={"Accept-Language": "en"})
    return {group.asks: [turn.case.number for turn in group.turns] for group in page.context["groups"]}


def test_it_does_not_exist_for_whoever_deals_with_nothing(town: Town) -> None:
    ning = at_the_desk(town.ning)
    assert {ning.get(address).status_code for address in ("/mine", "/mine/list")} == {404}
    assert Client().get("/mine")["Location"] == "/sign-in?next=/mine"


def test_what_is_given_to_my_post_waits_to_be_signed_for_and_then_is_in_hand(town: Town, wen: Client) -> None:
    new, old = dispatched(town), in_hand(town)
    assert groups(wen) == {"To sign for": [new], "In hand": [old]}
    ding = at_the_desk(town.ding)
    assert groups(ding) == {}
    assert str(new) not in ding.get("/mine").content.decode()


def test_the_most_pressing_comes_first(town: Town, wen: Client) -> None:
    first, second = dispatched(town), dispatched(town)
    # Signed for first, it has the shorter clock: that of signing for the other is longer than nothing.
    pressing = sorted((first, second), key=lambda n: (Case.objects.get(number=n).next_due_at, n))
    assert groups(wen)["To sign for"] == pressing
    page = wen.get("/mine").content.decode()
    assert 'class="due late"' in page


def test_the_turns_are_sorted_and_narrowed_as_the_address_says(town: Town, wen: Client) -> None:
    first, second = in_hand(town), in_hand(town)
    Case.objects.filter(number=first).update(place=town.well_lane.code)

    def shown(asked: str) -> list[int]:
        return groups(wen, f"/mine?{asked}").get("In hand", [])

    assert shown("sort=newest") == [second, first]
    assert shown("sort=oldest") == [first, second]
    by_place = sorted((first, second), key=lambda number: Case.objects.get(number=number).place)
    assert shown("sort=place") == by_place
    assert shown(f"place={town.lane_grid.code}&sort=newest") == [second]
    assert shown("item=LAMP&sort=oldest") == [first, second]
    page = wen.get("/mine?sort=newest&left=late").content.decode()
    assert 'aria-sort="descending"' in page
    assert 'name="sort" value="newest"' in page
    assert wen.get("/mine?place=nowhere").status_code == 422
    assert wen.get("/mine.csv?place=nowhere").status_code == 404


def test_what_hangs_on_cases_is_sorted_and_narrowed_like_them(town: Town) -> None:
    one, other = (in_hand(town, assisting=(town.bos_post.pk,)) for _ in range(2))
    for number in (one, other):
        actions.whistle(number, posts=[town.bos_post.pk], reason="到场看看", by=as_(town.mei), now=MONDAY)
        actions.ask_more_time(number, hours=8, reason="等配件", by=as_(town.wen), now=at(hours=1))
    bo, gu = at_the_desk(town.bo), at_the_desk(town.gu)
    for asked, expected in (("newest", [other, one]), ("oldest", [one, other])):
        found = groups(bo, f"/mine?sort={asked}")
        assert found == {"Helping": expected, "Whistled for": expected}
        assert groups(gu, f"/mine?sort={asked}")["To decide"] == expected
    assert groups(bo, f"/mine?place={town.upper_lane.code}") == {}
    assert groups(gu, f"/mine?place={town.lane_grid.code}&sort=item")["To decide"] == [one, other]


def test_of_one_kind_more_is_shown_than_of_all(town: Town, wen: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_TURNS", 1)
    first, second = in_hand(town), in_hand(town)
    new = dispatched(town)
    assert groups(wen) == {"To sign for": [new], "In hand": [first]}
    assert "only=in_hand" in wen.get("/mine").content.decode()
    assert groups(wen, "/mine?only=in_hand") == {"In hand": [first, second]}
    assert "1+" in wen.get("/mine").content.decode()


def test_a_helping_part_and_a_whistle_wait_too(town: Town) -> None:
    number = in_hand(town, assisting=(town.bos_post.pk,))
    bo = at_the_desk(town.bo)
    assert groups(bo) == {"Helping": [number]}
    actions.finish_part(number, note="封了路", by=as_(town.bo), now=MONDAY)
    assert groups(bo) == {}
    actions.whistle(number, posts=[town.bos_post.pk], reason="到场看看", by=as_(town.mei), now=MONDAY)
    assert groups(bo) == {"Whistled for": [number]}


def test_the_head_of_a_unit_decides_for_its_people_and_nobody_decides_for_themselves(
    town: Town, wen: Client, head: Person
) -> None:
    number = in_hand(town)
    actions.ask_more_time(number, hours=8, reason="等配件", by=as_(town.wen), now=at(hours=1))
    boss = at_the_desk(head)
    assert groups(boss)["To decide"] == [number]
    assert "等配件" in boss.get("/mine").content.decode()
    assert "To decide" not in groups(wen)
    actions.grant_more_time(number, by=as_(head), now=at(hours=2))
    assert "To decide" not in groups(boss)


def test_the_head_of_another_unit_does_not_decide(town: Town) -> None:
    number = in_hand(town)
    actions.ask_more_time(number, hours=8, reason="等配件", by=as_(town.wen), now=at(hours=1))
    post = make_post(role=Role.objects.get(code="department_head"), ground=town.county)
    stranger = make_person("yuan", name="园林", ground=town.county)
    make_holding(stranger, post)
    assert groups(at_the_desk(stranger)) == {}
    # Whoever looks after the ground decides for all on it.
    assert groups(at_the_desk(town.gu))["To decide"] == [number]


def test_finished_work_waits_for_those_who_check_on_that_ground_but_not_for_who_did_it(town: Town) -> None:
    number = finished(town)
    assert groups(at_the_desk(town.bo)) == {"To check": [number]}
    assert groups(at_the_desk(town.wen)) == {}
    assert groups(at_the_desk(town.ding)) == {}


def test_what_is_sealed_waits_here_for_nobody(town: Town, wen: Client) -> None:
    number = dispatched(town)
    Case.objects.filter(number=number).update(secrecy=Secrecy.SEALED)
    assert groups(wen) == {}


def test_the_list_is_sent_again_only_when_something_changed(town: Town, wen: Client) -> None:
    number = dispatched(town)
    first = wen.get("/mine/list")
    assert wen.get("/mine/list", headers={"If-None-Match": first["ETag"]}).status_code == 304
    actions.sign_for(number, by=as_(town.wen), now=MONDAY)
    assert wen.get("/mine/list", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_page_costs_the_same_for_one_case_and_for_three(town: Town, head: Person) -> None:
    def each() -> None:
        number = in_hand(town, assisting=(town.bos_post.pk,))
        actions.ask_more_time(number, hours=8, reason="等配件", by=as_(town.wen), now=at(hours=1))
        actions.whistle(number, posts=[town.water_post.pk], reason="到场", by=as_(town.mei), now=MONDAY)
        dispatched(town), finished(town)

    clients = [at_the_desk(person) for person in (town.wen, head, town.bo, town.gu)]
    each()
    one = [queries_of(client, "/mine") for client in clients]
    each()
    each()
    assert [queries_of(client, "/mine") for client in clients] == one
    assert max(one) <= MOST_QUERIES


def test_signing_for_nothing_says_what_to_do(wen: Client) -> None:
    assert "没有勾选任何事项" in wen.post("/mine/sign", {}, follow=True).content.decode()


def test_what_was_ticked_is_signed_for_and_what_is_refused_stays_ticked(town: Town, wen: Client) -> None:
    first, second, stale = dispatched(town), dispatched(town), dispatched(town)
    ticked = [f"{first}:3", f"{second}:3", f"{stale}:2", "rubbish"]
    answer = wen.post("/mine/sign", {"ticked": ticked})
    assert answer["Location"] == f"/mine?ticked={stale}"
    assert [Case.objects.get(number=n).state for n in (first, second, stale)] == ["in_hand", "in_hand", "dispatched"]
    assert re.findall(r'value="(\d{16}):\d+" checked', wen.get(answer["Location"]).content.decode()) == [str(stale)]
    assert at_the_desk(town.ning).post("/mine/sign", {"ticked": ticked}).status_code == 404


def test_the_time_that_is_left_narrows_the_page_and_what_is_taken_away(town: Town, wen: Client) -> None:
    late, calm = dispatched(town), in_hand(town)
    Case.objects.filter(number=calm).update(next_due_at=timezone.now() + timedelta(days=3))
    page = wen.get("/mine", {"left": "calm"})
    assert [turn.case.number for group in page.context["groups"] for turn in group.turns] == [calm]
    counted = [(tone.name, tone.n, tone.here) for tone in page.context["tones"]]
    assert counted == [("", 2, False), ("late", 1, False), ("soon", 0, False), ("half", 0, False), ("calm", 1, True)]
    text = taken(wen.get("/mine.csv", {"left": "late"})).decode()
    assert str(late) in text
    assert str(calm) not in text
    assert taken(wen.get("/mine.xlsx"))[:2] == b"PK"
    assert at_the_desk(town.ning).get("/mine.csv").status_code == 404


def test_who_carries_how_much_stands_on_the_units_own_page(town: Town, wen: Client) -> None:
    dispatched(town)
    page = wen.get("/mine").content.decode()
    assert 'href="/unit"' in page
    assert page.count("<table") == 1
