"""One case, for everybody who works on it."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.desk import MOST_QUERIES, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.models import Note
from yiwang.cases.rules import Told, written
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.desk.tests.case_bench import (
    Bench,
    as_,
    case,
    desk,
    names,
    page,
    prepared,
    refused,
    send,
    shot,
)
from yiwang.people.models import Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> Town:
    """Every page sets its own ground; photos have a shelf of their own."""
    return prepared(town_behind_the_wall, tmp_path, settings)


@pytest.fixture
def bench(town: Town) -> Bench:
    return Bench(town)


def test_the_page_says_what_it_is_where_it_stands_and_who_has_it(town: Town, bench: Bench) -> None:
    number = bench.in_hand(address="井边第三根灯杆")
    said = page(desk(town.mei), number).content.decode()
    for words in (
        "Street lamp out",
        "In hand",
        "井巷口的路灯不亮了",
        "井巷第一网格",
        "井边第三根灯杆",
        "云岭县自来水公司温水务岗",
    ):
        assert words in said
    assert re.search(r'class="due[^"]*"[^>]*title="\d{4}-\d\d-\d\d \d\d:\d\d">.*? \d+ (days|hours) left<', said)


def test_the_timeline_says_who_did_what_in_which_post_and_what_was_given(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    bench.make("hand_back", number, town.wen, reason="不归我们管")
    lines = page(desk(town.gu), number).context["page"].lines
    assert [line.what for line in lines] == ["Reported", "Accept", "Dispatch", "Sign for", "Hand back"]
    dispatch, back = lines[2], lines[4]
    assert (dispatch.who, dispatch.post) == ("梅受理", "双井街道指挥中心梅受理岗")
    assert ("Lead", "云岭县自来水公司温水务岗") in [(said.label, said.text) for said in dispatch.said]
    assert (back.who, back.text) == ("温水务", "不归我们管")


def test_a_stranger_finds_no_such_case(town: Town, bench: Bench) -> None:
    number = bench.accepted()
    ding = desk(town.ding)
    before = case(number).steps
    assert page(ding, number).status_code == 404
    assert ding.get(f"/cases/{written(number)}/decline").status_code == 404
    for name in ("decline", "say", "reveal"):
        assert send(ding, number, name, reason="没有权限").status_code == 404
    assert case(number).steps == before
    assert desk(town.mei).get("/cases/9901012600009999").status_code == 404
    assert desk(town.mei).get("/cases/abc").status_code == 404
    assert Client().get(f"/cases/{written(number)}").status_code == 302


def test_a_sealed_case_is_for_whoever_investigates(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("BRIBE", secrecy=Secrecy.SEALED)
        inspector = make_person("inspector", ground=town.county)
        make_holding(inspector, make_post(role=Role.objects.get(code="discipline_inspector"), ground=town.county))
    number = bench.reported(text="有人收钱", item="BRIBE")
    assert page(desk(town.gu), number).status_code == 404
    assert "Sealed" in page(desk(inspector), number).content.decode()


def test_only_the_moves_that_are_open_to_the_person_are_offered(town: Town, bench: Bench) -> None:
    number = bench.reported()
    with standing_on(EVERYWHERE):
        make_item("SPOT", on_the_spot=True)
    assert names(desk(town.mei), number) == ["accept", "merge", "decline", "split"]
    assert names(desk(town.bo), number) == []
    assert names(desk(town.bo), bench.reported(item="SPOT")) == ["settle"]
    there = bench.dispatched()
    assert names(desk(town.wen), there) == ["sign_for", "hand_back", "ask_more_time", "ask_help"]
    ended = bench.reported()
    bench.make("decline", ended, town.mei, reason="不归本地")
    assert names(desk(town.mei), ended) == []


def test_a_decision_is_offered_where_something_was_asked(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    assert "grant_more_time" not in names(desk(town.gu), number)
    bench.make("ask_more_time", number, town.wen, hours=4, reason="等配件")
    assert "grant_more_time" in names(desk(town.gu), number)
    said = page(desk(town.gu), number).content.decode()
    assert "waits for an answer" in said
    assert "等配件" in said
    assert "4 hours" in said
    in_chinese = desk(town.gu)
    in_chinese.cookies["django_language"] = "zh-hans"
    assert "4 小时" in page(in_chinese, number).content.decode()


def test_merged_reports_and_parts_are_links(town: Town, bench: Bench) -> None:
    kept, gone, whole = bench.accepted(), bench.reported(), bench.reported(text="灯坏了，路也坏了")
    bench.make("merge", gone, town.mei, into=kept)
    bench.make("split", whole, town.mei, parts=[actions.PartTold("灯坏了"), actions.PartTold("路坏了")])
    mei = desk(town.mei)
    assert f'href="/cases/{written(gone)}"' in page(mei, kept).content.decode()
    assert f'href="/cases/{written(kept)}"' in page(mei, gone).content.decode()
    parts = page(mei, whole).context["page"].split_into
    assert len(parts) == 2
    assert f'href="/cases/{written(whole)}"' in mei.get(f"/cases/{parts[0]}").content.decode()


def test_the_form_of_a_move_opens_within_the_page_and_alone(town: Town, bench: Bench) -> None:
    number = bench.reported()
    mei, address = desk(town.mei), f"/cases/{written(number)}/decline"
    whole, part = mei.get(address), mei.get(address, headers={"hx-request": "true"})
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    for answer in (whole, part):
        assert 'name="reason"' in answer.content.decode()
        assert "This ends the case" in answer.content.decode()


def test_a_form_that_is_not_open_leads_back_with_a_sentence(town: Town, bench: Bench) -> None:
    number = bench.dispatched()
    mei = desk(town.mei)
    for name, said in (("close", "too late"), ("sign_for", "not yours")):
        answer = mei.get(f"/cases/{written(number)}/{name}", follow=True)
        assert said in answer.content.decode()
    assert mei.get(f"/cases/{written(number)}/relocate").status_code == 404
    assert mei.get(f"/cases/{written(number)}/withdraw").status_code == 404


def test_whoever_looked_too_long_is_told_so_and_nothing_is_lost(town: Town, bench: Bench) -> None:
    number = bench.reported()
    mei = desk(town.mei)
    bench.make("accept", number, town.mei, item="LAMP", place=town.lane_grid.code)
    text = refused(
        mei, number, "decline", "The case has changed since you looked", 409, reason="写了很久的理由", seen=1
    )
    assert "写了很久的理由" in text
    assert re.search(rf'name="seen" value="{case(number).steps}"', text)


def test_somebody_faster_leaves_a_sentence_and_what_was_typed(town: Town, bench: Bench) -> None:
    number = bench.reported()
    other = written(bench.reported())
    bench.make("decline", number, town.mei, reason="不归本地")
    text = refused(desk(town.mei), number, "merge", "It is too late for", 409, into=other, reason="重复")
    assert other in text


def test_the_page_costs_the_same_for_a_short_case_and_a_long_one(town: Town, bench: Bench) -> None:
    short, long = bench.accepted(), bench.finished()
    for number in (short, long, long, long):
        bench.make("comment", number, town.mei, text="知道了")
        bench.make("merge", bench.reported(), town.mei, into=number)
    mei = desk(town.mei)
    one = queries_of(mei, f"/cases/{written(short)}")
    assert queries_of(mei, f"/cases/{written(long)}") == one
    assert one <= MOST_QUERIES
    assert queries_of(mei, f"/cases/{written(short)}/dispatch") <= MOST_QUERIES


# The reporter


def test_the_reporter_is_masked_and_uncovered_for_a_purpose_that_stays_written(town: Town, bench: Bench) -> None:
    number = bench.reported(name="蓝居民", phone="13800010001")
    mei, address = desk(town.mei), f"/cases/{written(number)}/reveal"
    masked = page(mei, number).content.decode()
    assert "蓝**" in masked
    assert "13800010001" not in masked
    assert mei.post(address, {"purpose": " "}).status_code == 422
    shown = mei.post(address, {"purpose": "回访时联系"})
    assert "13800010001" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    after = page(mei, number).content.decode()
    assert "13800010001" not in after
    assert "回访时联系" in after
    with standing_on(EVERYWHERE):
        assert Entry.objects.filter(act="reveal_reporter", subject=f"case:{number}").count() == 1


def test_without_the_duty_the_reporter_stays_masked(town: Town, bench: Bench) -> None:
    number = bench.dispatched(name="蓝居民", phone="13800010001")
    wen = desk(town.wen)
    assert page(wen, number).context["reveal"] is None
    answer = wen.post(f"/cases/{written(number)}/reveal", {"purpose": "想知道"})
    assert answer.status_code == 403
    assert "13800010001" not in answer.content.decode()


def test_a_resident_who_was_signed_in_is_nobody_by_name(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        report = actions.Report(text="灯坏了", told=Told.RESIDENT, place=town.lane_grid.code, name="蓝居民")
        number = actions.report(report, by=as_(town.lan), now=timezone.now()).number
    said = page(desk(town.mei), number).content.decode()
    assert "蓝居民" not in said
    assert "The reporter" in said


# What is said beside the moves


@pytest.mark.parametrize(
    ("kind", "who"), [("comment", "mei"), ("internal", "wen"), ("urge", "mei"), ("instruction", "gu")]
)
def test_something_is_said_beside_the_moves(town: Town, bench: Bench, kind: str, who: str) -> None:
    number = bench.in_hand()
    client = desk(getattr(town, who))
    assert client.post(f"/cases/{written(number)}/say", {"kind": kind, "text": "请抓紧"}).status_code == 302
    line = page(client, number).context["page"].lines[-1]
    assert (line.kind, line.text) == (kind, "请抓紧")


def test_a_note_without_words_and_an_instruction_without_the_duty_are_refused(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    address = f"/cases/{written(number)}/say"
    for who, kind, text in ((town.mei, "comment", " "), (town.mei, "instruction", "马上办")):
        answer = desk(who).post(address, {"kind": kind, "text": text})
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert text in answer.content.decode()
    with standing_on(EVERYWHERE):
        assert not Note.objects.exists()


def test_a_comment_carries_photos(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    mei = desk(town.mei)
    mei.post(f"/cases/{written(number)}/say", {"kind": "comment", "text": "见照片", "attached": shot()})
    [shown] = page(mei, number).context["page"].lines[-1].files
    assert mei.get(shown.thumbnail).status_code == 200
    assert mei.get(shown.link)["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("page_of_it", ["/cases/{}", "/today/{}"])
def test_no_photo_of_a_note_that_was_refused_is_lost(town: Town, bench: Bench, page_of_it: str) -> None:
    number = bench.in_hand()
    mei, address = desk(town.wen), page_of_it.format(written(number))
    refused = mei.post(f"{address}/say", {"kind": "comment", "text": " ", "attached": shot()}).content.decode()
    (kept,) = re.findall(r'name="kept" value="([^"]+)" checked> lamp.jpg', refused)
    # Somebody else's file cannot be named.
    sent = mei.post(f"{address}/say", {"kind": "comment", "text": "见照片", "kept": [kept, f"{kept}x"]})
    assert sent.status_code == 302
    assert [one.name for one in page(mei, number).context["page"].lines[-1].files] == ["lamp.jpg"]


def test_what_takes_no_photos_does_not_drop_them_without_a_word(town: Town, bench: Bench) -> None:
    number, mei = bench.in_hand(), desk(town.mei)
    refused = mei.post(f"/cases/{written(number)}/say", {"kind": "urge", "text": "请抓紧", "attached": shot()})
    said = refused.content.decode()
    assert refused.status_code == 422
    assert "go with a comment or an internal note" in said
    assert "请抓紧" in said
    assert 'name="kept"' in said
    with standing_on(EVERYWHERE):
        assert not Note.objects.exists()


def test_a_case_of_the_worker_is_told_by_the_worker(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        report = actions.Report(text="灯坏了", told=Told.WORKER, place=town.lane_grid.code)
        number = actions.report(report, by=as_(town.bo), now=timezone.now()).number
    assert page(desk(town.mei), number).context["page"].lines[0].who == "薄网格"


def test_an_internal_note_and_a_comment_are_told_apart(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    bench.make("internal", number, town.mei, text="内部情况")
    bench.make("comment", number, town.mei, text="公开情况")
    kinds = [line.what for line in page(desk(town.wen), number).context["page"].lines if line.beside]
    assert kinds == ["Internal note", "Comment"]


def test_what_others_do_is_asked_for_and_comes_only_when_it_is_news(town: Town, bench: Bench) -> None:
    number = bench.dispatched()
    mei, address = desk(town.mei), f"/cases/{written(number)}/now"
    mark = page(mei, number).context["etag"]
    again = mei.get(address, headers={"If-None-Match": mark})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
    bench.make("sign_for", number, town.wen)
    after = mei.get(address, headers={"If-None-Match": mark})
    assert (after.status_code, after["ETag"] != mark) == (200, True)
    said = after.content.decode()
    assert "In hand" in said
    assert "<form" not in said
    mark = after["ETag"]
    with standing_on(EVERYWHERE):
        actions.urge(number, by=as_(town.gu), now=timezone.now())
    assert "Urged" in mei.get(address, headers={"If-None-Match": mark}).content.decode()


def test_a_stranger_does_not_hear_of_changes(town: Town, bench: Bench) -> None:
    number = bench.dispatched()
    mark = page(desk(town.mei), number).context["etag"]
    answer = desk(town.ding).get(f"/cases/{written(number)}/now", headers={"If-None-Match": mark})
    assert answer.status_code == 404
    assert desk(town.mei).get("/cases/nonsense/now").status_code == 404
