"""The inbox of a command centre."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.models import Case, Step
from yiwang.cases.queries import Count, Load
from yiwang.cases.rules import State
from yiwang.cases.tests.make import MONDAY, as_, dispatched, make_lamp
from yiwang.catalogue.models import Item
from yiwang.catalogue.tests.make import make_responsibility
from yiwang.channels.web.desk import beside
from yiwang.channels.web.desk.tests.cases import said_on, sent, stands, taken, told
from yiwang.opinions.models import Opinion
from yiwang.plumbing.audit.models import Entry

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
    pane = page.context["pane"]
    assert (pane.case.number, pane.given, pane.leads.answers.id) == (
        first, {"item": "LAMP", "place": town.lane_grid.code}, town.water_post.pk,
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
    assert page.context["pane"].given["item"] == "NOSUCH"
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
    assert "2" in page.context["pane"].wrong
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
    # What was refused is ticked still.
    kept = re.findall(r'value="(\d{16}):\d+" checked', page.content.decode())
    assert kept == [str(nameless), str(stale)]
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


def _answers(answer: Any) -> int | None:
    line = answer.context["leads"].answers
    return line.id if line else None


def test_the_proposed_lead_follows_what_is_typed(town: Town, mei: Client, lamp: Item) -> None:
    number = told(town)
    make_responsibility(lamp, town.bos_post, place=town.lane_grid)
    address = f"/inbox/{number}/lead"
    assert _answers(mei.get(address, {"item": "LAMP x", "place": town.lane_grid.code})) == town.bos_post.pk
    assert _answers(mei.get(address, {"item": "LAMP", "place": town.upper_lane.code})) == town.water_post.pk
    assert _answers(mei.get(address, {"item": "NOSUCH", "place": town.lane_grid.code})) is None


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


def test_the_inbox_is_sorted_as_the_address_says_and_keeps_to_it(
    town: Town, mei: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "MOST", 2)
    numbered = [told(town) for _ in range(3)]
    page = mei.get("/inbox?sort=newest")
    assert [case.number for case in page.context["cases"]] == numbered[:0:-1]
    assert [one.name for one in page.context["sorts"] if one.here] == ["newest"]
    rest = mei.get("/inbox", {"sort": "newest", "after": page.context["more"]})
    assert [case.number for case in rest.context["cases"]] == numbered[:1]
    # Whoever has dealt with the newest goes on with the one before it.
    answer = mei.post(f"/inbox/{numbered[2]}?sort=newest", {"do": "decline", "reason": "不属受理范围", "seen": "1"})
    assert answer["Location"] == f"/inbox?case={numbered[1]}&sort=newest"
    text = taken(mei.get("/inbox.csv?sort=newest")).decode()
    assert text.index(str(numbered[1])) < text.index(str(numbered[0]))
    # A cursor of another order, or of none, begins at the beginning and breaks nothing.
    for after in ("99999999999999999-9901012600000017", "rubbish", page.context["more"]):
        for sort in ("", "oldest", "place", "item"):
            assert mei.get("/inbox", {"sort": sort, "after": after}).status_code == 200


def test_the_filter_narrows_list_count_and_what_is_taken_away(town: Town, mei: Client) -> None:
    lamp, nameless = told(town), told(town, "啊", item="")
    upper = told(town, place=town.upper_lane.code)
    actions.accept(lamp, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    assert numbers(mei.get("/inbox", {"state": "accepted"})) == [lamp]
    assert set(numbers(mei.get("/inbox", {"place": town.well_lane.code}))) == {lamp, nameless}
    page = mei.get("/inbox", {"place": town.upper_lane.code})
    assert (numbers(page), page.context["count"].n) == ([upper], 1)
    assert set(numbers(mei.get("/inbox/list", {"item": "LAMP"}))) == {upper, lamp}
    text = taken(mei.get("/inbox.csv", {"place": town.upper_lane.code})).decode()
    assert [line[:16] for line in text.splitlines()[1:]] == [str(upper)]
    assert Entry.objects.get(act="export_cases").details["of"] == "inbox"
    assert mei.get("/inbox.csv", {"place": "nowhere"}).status_code == 404
    assert mei.get("/inbox", {"place": "nowhere"}).status_code == 422
    assert at_the_desk(town.wen).get("/inbox.csv").status_code == 404
    assert taken(mei.get("/inbox.xlsx"))[:2] == b"PK"
    # Who decides goes on within what is wanted.
    done = mei.post(
        f"/inbox/{upper}?place={town.upper_lane.code}",
        {"do": "accept", "seen": 1, "item": "LAMP", "place": town.upper_lane.code},
    )
    assert done["Location"] == f"/inbox?case={upper}&place={town.upper_lane.code}"


def test_a_long_inbox_is_counted_up_to_a_bound(town: Town, mei: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yiwang.channels.web.desk.beside.MOST", 1)
    told(town), told(town), told(town)
    assert mei.get("/inbox").context["count"] == Count(3)
    monkeypatch.setattr("yiwang.cases.queries.listing.MOST_COUNTED", 2)
    assert mei.get("/inbox").context["count"] == Count(2, more=True)


def test_what_may_be_the_same_is_merged_with_one_key_and_that_can_be_undone(town: Town, mei: Client) -> None:
    first = told(town, position=(106.05, 30.05))
    second = told(town, "井巷口路灯又不亮了", position=(106.0501, 30.05))
    assert f'hx-get="/inbox/{second}/alike"' in mei.get("/inbox", {"case": second}).content.decode()
    alike = mei.get(f"/inbox/{second}/alike").context["alike"]
    (like,) = alike.cases
    assert (like.number, like.metres, alike.into) == (first, 10, first)
    answer = sent(mei, f"/inbox/{second}", second, "merge", into=str(first))
    case = stands(second)
    assert (case.state, case.merged_into) == (State.MERGED, first)
    said = mei.get(answer["Location"]).content.decode()
    assert f'<a href="/cases/{second}/separate">' in said
    mei.post(f"/cases/{second}/separate", {"seen": 2, "reason": "不是同一盏"})
    assert stands(second).state == State.REPORTED


def test_merging_into_nothing_is_refused_beside_the_case(town: Town, mei: Client) -> None:
    number = told(town)
    for into in ("", "nonsense", str(number)):
        assert sent(mei, f"/inbox/{number}", number, "merge", into=into).status_code == 422
    assert stands(number).state == State.REPORTED


def test_what_was_chosen_stays_chosen_where_merging_is_refused(town: Town, mei: Client) -> None:
    first, second, third = (told(town, "井巷口路灯又不亮了") for _n in range(3))
    refused = mei.post(f"/inbox/{third}", {"do": "merge", "seen": 9, "into": str(first)})
    assert refused.status_code == 422
    alike = refused.context["pane"].alike
    assert (alike.into, {one.number for one in alike.cases}) == (first, {first, second})


def test_what_may_be_the_same_is_shown_to_the_desk_alone_and_while_the_case_waits(town: Town, mei: Client) -> None:
    _first, second = told(town), told(town, "井巷口路灯又不亮了")
    assert at_the_desk(town.wen).get(f"/inbox/{second}/alike").status_code == 404
    sent(mei, f"/inbox/{second}", second, "decline", reason="已修好")
    assert mei.get(f"/inbox/{second}/alike").content.strip() == b""


def test_a_clerk_may_choose_another_lead_and_sees_what_each_has(town: Town, mei: Client) -> None:
    dispatched(town)
    number = told(town)
    leads = mei.get("/inbox", {"case": number}).context["pane"].leads
    assert leads.loads[town.water_post.pk] == Load(1, 1)
    assert {line.id for _unit, lines in leads.others for line in lines} == {town.bos_post.pk}
    sent(
        mei, f"/inbox/{number}", number, "dispatch", item="LAMP", place=town.lane_grid.code, lead=str(town.bos_post.pk)
    )
    case = stands(number)
    assert (case.state, case.lead_id) == (State.DISPATCHED, town.bos_post.pk)


def test_a_report_is_split_into_its_lines(town: Town, mei: Client) -> None:
    number = told(town)
    assert sent(mei, f"/inbox/{number}", number, "split", parts="只有一件").status_code == 422
    sent(mei, f"/inbox/{number}", number, "split", parts="路灯不亮\n\n  井盖松了 ")
    assert stands(number).state == State.SPLIT
    assert set(Case.objects.filter(part_of=number).values_list("text", flat=True)) == {"路灯不亮", "井盖松了"}


def test_more_parts_than_can_be_taken_are_refused_and_none_is_lost(town: Town, mei: Client) -> None:
    number = told(town)
    parts = "\n".join(f"第{n}处" for n in range(1, 22))
    page = sent(mei, f"/inbox/{number}", number, "split", parts=parts)
    assert (page.status_code, stands(number).state) == (422, State.REPORTED)
    assert page.context["pane"].given["parts"] == parts


def test_it_says_which_decision_was_made(town: Town, mei: Client) -> None:
    first, second, third = told(town), told(town), told(town)
    where = {"item": "LAMP", "place": town.lane_grid.code}
    decided = [
        (first, "accept", where, "受理"), (second, "decline", {"reason": "属物业内部事务"}, "不予受理"),
        (third, "dispatch", where, "受理、派单"), (first, "dispatch", {}, "派单"),
    ]  # fmt: skip
    for number, do, given, words in decided:
        sent(mei, f"/inbox/{number}", number, do, **given)
        assert said_on(mei.get("/inbox"))[0] == f"{number}：已完成：{words}。"
    fourth = told(town)
    page = mei.post("/inbox/bulk", {"do": "accept", "ticked": [f"{fourth}:1"]}, follow=True)
    assert said_on(page)[0] == "已受理 1 件。"


def test_a_refused_whistle_says_what_is_missing_in_words_and_stands_open(town: Town, mei: Client) -> None:
    number = told(town)
    actions.accept(number, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    page = sent(mei, f"/inbox/{number}", number, "whistle", why="")
    assert page.context["pane"].wrong == "“吹哨”还需要：岗位、原因。"
    assert '<details open><summary data-key="w"' in page.content.decode()


def test_several_posts_are_whistled_for_from_the_inbox(town: Town, mei: Client) -> None:
    number = told(town)
    posts = [town.bos_post.pk, town.water_post.pk]
    page = mei.get("/inbox", {"case": number})
    assert {line.id for _unit, lines in page.context["pane"].callable for line in lines} >= set(posts)
    where = {"item": "LAMP", "place": town.lane_grid.code}
    refused = mei.post(f"/inbox/{number}", {"do": "whistle", "seen": 1, "posts": posts, "why": " ", **where})
    assert (refused.status_code, stands(number).state) == (422, State.REPORTED)
    assert refused.context["pane"].given["posts"] == list(map(str, posts))
    answer = mei.post(f"/inbox/{number}", {"do": "whistle", "seen": 1, "posts": posts, "why": "井喷", **where})
    assert answer["Location"] == f"/inbox?case={number}"
    case = stands(number)
    assert (case.state, sorted(case.summoned)) == (State.ACCEPTED, sorted(posts))
    mei.post(f"/inbox/{number}", {"do": "dispatch", "seen": case.steps})
    assert stands(number).state == State.DISPATCHED


def test_the_last_steps_are_told(town: Town, mei: Client) -> None:
    number = told(town)
    actions.accept(number, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    lines = mei.get("/inbox", {"case": number}).context["pane"].lines
    assert [line.who for line in lines] == ["反映人", "梅受理"]


def test_the_page_costs_the_same_for_two_cases_and_for_five(town: Town, mei: Client) -> None:
    told(town), told(town)
    one = queries_of(mei, "/inbox"), queries_of(mei, "/inbox/list")
    told(town), told(town), told(town)
    assert (queries_of(mei, "/inbox"), queries_of(mei, "/inbox/list")) == one
    assert max(one) <= MOST_QUERIES


def test_a_second_opinion_stands_beside_the_houses_own_and_only_fills_the_field(
    town: Town, mei: Client, lamp: Item
) -> None:
    number = told(town)
    Opinion.objects.create(
        county=town.county.code, number=number, place=town.lane_grid.code, at=MONDAY, item=lamp.pk,
        model="stranger-7b", milliseconds=40,
    )  # fmt: skip
    page = mei.get(f"/inbox?case={number}").content.decode()
    assert "第二意见" in page
    assert "stranger-7b" in page
    assert f'data-fills="item" value="{lamp.code} ' in page
