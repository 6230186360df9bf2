"""The inbox of a command centre."""

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.models import Step
from yiwang.cases.rules import State
from yiwang.cases.tests.make import MONDAY, as_, make_lamp
from yiwang.catalogue.models import Item
from yiwang.catalogue.tests.make import make_responsibility
from yiwang.channels.web.desk.tests.cases import said_on, sent, stands, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lamp(town: Town) -> Item:
    """The water company mends lamps here."""
    item = make_lamp()
    make_responsibility(item, town.water_post, place=town.county)
    return item


@pytest.fixture
def mei(town: Town) -> Client:
    return at_the_desk(town.mei)


def numbers(page: object) -> list[int]:
    return [case.number for case in page.context["cases"]]  # type: ignore[attr-defined]


def test_it_does_not_exist_for_whoever_classifies_nothing(town: Town) -> None:
    number = told(town)
    wen = at_the_desk(town.wen)
    addresses = ("/inbox", "/inbox/list", f"/inbox/{number}", f"/inbox/{number}/lead")
    assert {wen.get(address).status_code for address in addresses} == {404}
    assert wen.post("/inbox/bulk", {"do": "accept", "ticked": f"{number}:1"}).status_code == 404
    assert Client().get("/inbox")["Location"] == "/sign-in?next=/inbox"


def test_a_clerk_of_another_street_finds_neither_list_nor_case(town: Town) -> None:
    number = told(town)
    ding = at_the_desk(town.ding)
    assert numbers(ding.get("/inbox")) == []
    assert ding.get(f"/inbox?case={number}").status_code == 404
    assert sent(ding, f"/inbox/{number}", number, "accept", item="LAMP", place=town.lane_grid.code).status_code == 404
    assert stands(number).state == State.REPORTED


def test_the_most_pressing_comes_first_and_is_open_beside_with_its_proposal(town: Town, mei: Client) -> None:
    later, first = told(town), told(town, "水管爆了")
    actions.accept(later, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY.replace(hour=6))
    page = mei.get("/inbox")
    assert numbers(page) == [first, later]
    chosen = page.context["chosen"]
    assert (chosen.case.number, chosen.item, chosen.place, chosen.lead) == (
        first, "LAMP", town.lane_grid.code, town.water_post.pk,
    )  # fmt: skip
    body = page.content.decode()
    assert "138****0001" in body
    assert "13800000001" not in body


def test_one_key_accepts_as_proposed_and_goes_on_to_the_next(town: Town, mei: Client) -> None:
    first, second = told(town), told(town)
    done = sent(mei, f"/inbox/{first}", first, "accept", item="LAMP 路灯不亮", place=f"{town.lane_grid.code} 井巷")
    assert done["Location"] == f"/inbox?case={second}"
    assert stands(first).state == State.ACCEPTED


def test_one_key_accepts_and_dispatches_to_the_proposed_lead_in_two_steps(town: Town, mei: Client) -> None:
    number = told(town)
    sent(mei, f"/inbox/{number}", number, "dispatch", item="LAMP", place=town.lane_grid.code)
    case = stands(number)
    assert (case.state, case.lead_id) == (State.DISPATCHED, town.water_post.pk)
    assert list(Step.objects.filter(number=number).order_by("seq").values_list("move", flat=True)) == [
        "report", "accept", "dispatch",
    ]  # fmt: skip


def test_a_refused_decision_says_why_and_keeps_what_was_typed(town: Town, mei: Client) -> None:
    number = told(town)
    page = sent(mei, f"/inbox/{number}", number, "accept", item="NOSUCH", place=town.lane_grid.code)
    assert page.status_code == 422
    assert page.context["chosen"].item == "NOSUCH"
    assert 'value="NOSUCH"' in page.content.decode()
    assert stands(number).state == State.REPORTED
    page = sent(mei, f"/inbox/{number}", number, "decline", reason="  ")
    assert page.status_code == 422


def test_declining_ends_the_case_with_its_reason(town: Town, mei: Client) -> None:
    number = told(town)
    sent(mei, f"/inbox/{number}", number, "decline", reason="属物业内部事务")
    assert stands(number).state == State.DECLINED
    assert Step.objects.get(number=number, move="decline").reason == "属物业内部事务"


def test_whoever_comes_second_is_told_so(town: Town, mei: Client) -> None:
    number = told(town)
    seen = stands(number).steps
    actions.accept(number, item="LAMP", place=town.lane_grid.code, by=as_(town.gu), now=MONDAY)
    page = mei.post(f"/inbox/{number}", {"do": "decline", "seen": seen, "reason": "重复"})
    assert page.status_code == 422
    assert "2" in page.context["chosen"].wrong
    assert stands(number).state == State.ACCEPTED


def test_what_was_ticked_is_dispatched_and_each_refusal_is_told_by_its_number(town: Town, mei: Client) -> None:
    plain, accepted, nameless, stale = told(town), told(town), told(town, "啊", item=""), told(town)
    actions.accept(accepted, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    ticked = [f"{n}:{stands(n).steps}" for n in (plain, accepted, nameless)] + [f"{stale}:7", "rubbish", "1:x"]
    page = mei.post("/inbox/bulk", {"do": "dispatch", "ticked": ticked}, follow=True)
    assert [stands(n).state for n in (plain, accepted, nameless, stale)] == [
        State.DISPATCHED, State.DISPATCHED, State.REPORTED, State.REPORTED,
    ]  # fmt: skip
    refused = [one for one in said_on(page) if one[:16].isdigit()]
    assert {one[:16] for one in refused} == {str(nameless), str(stale)}
    assert mei.post("/inbox/bulk", {"do": "burn", "ticked": ticked}).status_code == 404


def test_ticked_cases_are_accepted_as_proposed(town: Town, mei: Client) -> None:
    both = [told(town), told(town)]
    mei.post("/inbox/bulk", {"do": "accept", "ticked": [f"{n}:1" for n in both]})
    assert {stands(n).state for n in both} == {State.ACCEPTED}


def test_the_list_is_sent_again_only_when_something_changed(town: Town, mei: Client) -> None:
    number = told(town)
    first = mei.get("/inbox/list")
    again = mei.get("/inbox/list", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    actions.decline(number, reason="重复", by=as_(town.gu), now=MONDAY)
    after = mei.get("/inbox/list", headers={"If-None-Match": first["ETag"]})
    assert (after.status_code, str(number) in after.content.decode()) == (200, False)


def test_the_proposed_lead_follows_what_is_typed(town: Town, mei: Client, lamp: Item) -> None:
    number = told(town)
    make_responsibility(lamp, town.bos_post, place=town.lane_grid)
    address = f"/inbox/{number}/lead"
    assert "薄网格岗" in mei.get(address, {"item": "LAMP x", "place": town.lane_grid.code}).content.decode()
    assert "温水务岗" in mei.get(address, {"item": "LAMP", "place": town.upper_lane.code}).content.decode()
    assert mei.get(address, {"item": "NOSUCH", "place": town.lane_grid.code}).context["lead"] is None


def test_a_case_comes_alone_to_the_script_and_with_the_list_to_a_browser_without_one(town: Town, mei: Client) -> None:
    number = told(town)
    assert "<html" not in mei.get(f"/inbox/{number}", headers={"HX-Request": "true"}).content.decode()
    assert mei.get(f"/inbox/{number}")["Location"] == f"/inbox?case={number}"


def test_a_long_inbox_goes_on_where_it_stopped(town: Town, mei: Client) -> None:
    all_of_them = [told(town) for _ in range(52)]
    first = mei.get("/inbox")
    rest = mei.get("/inbox", {"after": first.context["more"]})
    assert (len(numbers(first)), len(numbers(rest)), rest.context["more"]) == (50, 2, "")
    assert numbers(first) + numbers(rest) == sorted(all_of_them)
    assert numbers(mei.get("/inbox", {"after": "nonsense"})) == numbers(first)


def test_what_is_told_is_text_and_nothing_else(town: Town, mei: Client) -> None:
    told(town, "<script>alert(1)</script>")
    assert "<script>alert" not in mei.get("/inbox").content.decode()


def test_the_page_costs_the_same_for_one_case_and_for_three(town: Town, mei: Client) -> None:
    told(town)
    one = queries_of(mei, "/inbox"), queries_of(mei, "/inbox/list")
    told(town), told(town)
    assert (queries_of(mei, "/inbox"), queries_of(mei, "/inbox/list")) == one
    assert max(one) <= MOST_QUERIES
