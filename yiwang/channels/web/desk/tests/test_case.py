"""One case, for everybody who works on it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.desk import MOST_QUERIES, at_the_desk, queries_of
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import Actor, acting, reporter
from yiwang.cases.models import Assignment, Case, Note, Petition, Step, Summons
from yiwang.cases.rules import LIFE, Capacity, State, Told, written
from yiwang.cases.tests.make import make_lamp
from yiwang.catalogue.rules import Evidence, Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.desk.case_moves import NO_ANSWER, OFFERS
from yiwang.people.models import Person, Post, Role
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give, make_holding, make_person, make_post
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.files.tests.make import encoded, quarters
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> Town:
    """Every page sets its own ground; photos have a shelf of their own."""
    backend = {"BACKEND": "yiwang.plumbing.files.folder.Folder", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    with standing_on(EVERYWHERE):
        make_lamp()
    return town_behind_the_wall


def desk(person: Person) -> Client:
    client = at_the_desk(person)
    client.cookies["django_language"] = "en"
    return client


def as_(person: Person) -> Actor:
    return acting(person, on=timezone.localdate())


class Bench:
    """Cases brought so far as each test needs them, and looked at from outside."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def reported(self, **told: Any) -> int:
        told = {"text": "井巷口的路灯不亮了", "place": self.town.lane_grid.code, "item": "LAMP"} | told
        with standing_on(EVERYWHERE):
            return actions.report(actions.Report(**told), by=reporter(), now=timezone.now()).number

    def accepted(self, **told: Any) -> int:
        number = self.reported(**told)
        self.make("accept", number, self.town.mei, item="LAMP", place=self.town.lane_grid.code)
        return number

    def dispatched(self, **told: Any) -> int:
        assisting = told.pop("assisting", ())
        number = self.accepted(**told)
        self.make("dispatch", number, self.town.mei, lead=self.town.water_post.pk, assisting=assisting)
        return number

    def in_hand(self, **told: Any) -> int:
        number = self.dispatched(**told)
        self.make("sign_for", number, self.town.wen)
        return number

    def finished(self, **told: Any) -> int:
        number = self.in_hand(**told)
        self.make("finish", number, self.town.wen, evidence=actions.Brought("换了灯泡"))
        return number

    def checked(self, **told: Any) -> int:
        number = self.finished(**told)
        self.make("confirm", number, self.town.bo)
        return number

    def called_back(self, **told: Any) -> int:
        number = self.checked(**told)
        self.make("call_back", number, self.town.mei, solved=False, satisfied=False)
        return number

    def make(self, name: str, number: int, by: Person, **given: Any) -> None:
        with standing_on(EVERYWHERE):
            getattr(actions, name)(number, **given, by=as_(by), now=timezone.now())


@pytest.fixture
def bench(town: Town) -> Bench:
    return Bench(town)


def case(number: int) -> Case:
    with standing_on(EVERYWHERE):
        return Case.objects.get(number=number)


def page(client: Client, number: int) -> Any:
    return client.get(f"/cases/{written(number)}")


def names(client: Client, number: int) -> list[str]:
    return [move.name for move in page(client, number).context["moves"]]


def send(client: Client, number: int, name: str, **given: Any) -> Any:
    given = {"seen": case(number).steps} | given
    return client.post(f"/cases/{written(number)}/{name}", given)


def done(client: Client, number: int, name: str, **given: Any) -> Case:
    """The move is made through its form, and the page comes back with a message."""
    answer = send(client, number, name, **given)
    assert answer.status_code == 302, re.findall('role="alert">([^<]*)<', answer.content.decode())
    assert answer["Location"] == f"/cases/{written(number)}"
    assert "Done:" in client.get(answer["Location"]).content.decode()
    with standing_on(EVERYWHERE):
        assert Step.objects.filter(number=number).order_by("-seq")[0].channel == "web"
    return case(number)


def refused(client: Client, number: int, name: str, said: str, status: int = 422, **given: Any) -> str:
    """The move is refused beside its form with this sentence, and nothing has changed."""
    before = case(number).steps
    answer = send(client, number, name, **given)
    text = str(answer.content.decode())
    assert (answer.status_code, case(number).steps) == (status, before)
    assert said in " ".join(re.findall('role="alert">([^<]*)<', text)).replace("&#x27;", "'")
    return text


def shot() -> SimpleUploadedFile:
    return SimpleUploadedFile("lamp.jpg", encoded(quarters()), "image/jpeg")


def approver(town: Town) -> Client:
    return desk(town.gu)


# The table


def test_every_move_that_people_make_has_a_form_and_nothing_else_does() -> None:
    alone = {Capacity.REPORTER, Capacity.CLOCK}
    of_people = {move.name for move in LIFE.moves.values() if not move.by <= alone}
    assert set(OFFERS) == of_people | {NO_ANSWER}


@pytest.mark.parametrize("state", list(State))
def test_no_key_means_two_things_in_one_state(state: State) -> None:
    open_now = {move.name for move in LIFE.open_moves(state, duties=set(Capacity))}
    keys = [offer.key for name, offer in OFFERS.items() if name in open_now and offer.key]
    assert len(keys) == len(set(keys))
    assert not {"j", "k", "/", "?"} & set(keys)


# The page


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
    assert re.search(r'class="clock[^"]*"[^>]*title="\d{4}-\d\d-\d\d \d\d:\d\d">\d+ (days|hours) left<', said)


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
    assert names(desk(town.mei), number) == ["accept", "merge", "decline", "split", "pass_up", "pass_down"]
    assert names(desk(town.bo), number) == []
    assert names(desk(town.bo), bench.reported(item="SPOT")) == ["settle"]
    there = bench.dispatched()
    assert names(desk(town.wen), there) == ["sign_for", "hand_back", "ask_more_time"]
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
    bench.make("pass_up", number, town.mei, reason="归县里")
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


# Every move once done, and once refused


def test_accept(town: Town, bench: Bench) -> None:
    number, mei = bench.reported(item=""), desk(town.mei)
    form = mei.get(f"/cases/{written(number)}/accept").content.decode()
    assert '<option value="LAMP" selected>' in form  # recognised by its words
    refused(mei, number, "accept", "Select a valid choice", item="NONE", place=town.lane_grid.code)
    assert done(mei, number, "accept", item="LAMP", place=town.yard.code).place == town.yard.code


def test_decline(town: Town, bench: Bench) -> None:
    number, mei = bench.reported(), desk(town.mei)
    refused(mei, number, "decline", "This field is required", reason="")
    assert done(mei, number, "decline", reason="不属于受理范围").state == State.DECLINED


def test_merge_and_separate(town: Town, bench: Bench) -> None:
    kept, number, mei = bench.reported(), bench.reported(), desk(town.mei)
    refused(mei, number, "merge", "sixteen digits", into="12")
    refused(mei, number, "merge", "merged into itself", into=written(number))
    refused(mei, number, "merge", "There is no case", into="9901012600009999")
    assert done(mei, number, "merge", into=f" {written(kept)} ").merged_into == kept
    refused(mei, number, "separate", "This field is required", reason="")
    assert done(mei, number, "separate", reason="不是一回事").merged_into is None


def test_split(town: Town, bench: Bench) -> None:
    number, mei = bench.reported(), desk(town.mei)
    refused(mei, number, "split", "at least two parts", parts="只有一件")
    done(mei, number, "split", parts="灯坏了\n\n路坏了\n")
    assert len(page(mei, number).context["page"].split_into) == 2


def test_reclassify(town: Town, bench: Bench) -> None:
    number, mei = bench.accepted(), desk(town.mei)
    given: dict[str, Any] = {"item": "LAMP", "place": town.upper_lane.code}
    refused(mei, number, "reclassify", "This field is required", **given)
    assert done(mei, number, "reclassify", reason="地点有误", **given).place == town.upper_lane.code


def test_pass_up_and_down(town: Town, bench: Bench) -> None:
    number, mei = bench.reported(), desk(town.mei)
    refused(mei, number, "pass_up", "This field is required", reason="")
    assert done(mei, number, "pass_up", reason="归县里").desk == town.county.code
    refused(mei, number, "pass_up", "nobody above", reason="再往上")
    refused(mei, number, "pass_down", "Select a valid choice", to=town.upper_lane.code, reason="归社区")
    assert done(mei, number, "pass_down", to=town.two_wells.code, reason="归街道").desk == town.two_wells.code


def test_settle_with_photos_before_and_after(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("SPOT", on_the_spot=True, evidence=Evidence(photos=2, before_and_after=True))
    number, bo = bench.reported(item="SPOT"), desk(town.bo)
    refused(bo, number, "settle", "photos before and after", note="清理了", after=shot())
    assert done(bo, number, "settle", note="清理了", before=shot(), after=[shot(), shot()]).state == State.FINISHED
    shown = page(bo, number).context["page"].lines[-1].files
    assert [one.moment for one in shown] == ["Before", "After", "After"]


def test_what_was_sent_with_a_refused_form_need_not_be_sent_again(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("SPOT", on_the_spot=True, evidence=Evidence(photos=2))
    number, bo = bench.reported(item="SPOT"), desk(town.bo)
    text = refused(bo, number, "settle", "Still missing", note="清理了", before=shot())
    kept = re.search('name="kept" value="([^"]+)"', text)
    assert kept
    assert "清理了" in text
    done(bo, number, "settle", note="清理了", after=shot(), kept=kept[1])
    assert len(page(bo, number).context["page"].lines[-1].files) == 2


def test_photos_that_somebody_else_claims_to_have_kept_count_for_nothing(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("SPOT", on_the_spot=True, evidence=Evidence(photos=1))
    number = bench.reported(item="SPOT")
    refused(desk(town.bo), number, "settle", "Still missing", note="清理了", kept="W10:forged:signature")


def test_what_is_no_photo_is_refused_beside_its_field(town: Town, bench: Bench) -> None:
    number = bench.in_hand()
    page_of_script = SimpleUploadedFile("lamp.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg")
    refused(desk(town.wen), number, "finish", "not taken", note="修好了", after=page_of_script)
    with standing_on(EVERYWHERE):
        assert not StoredFile.objects.exists()


def test_dispatch(town: Town, bench: Bench) -> None:
    number, mei = bench.accepted(), desk(town.mei)
    refused(mei, number, "dispatch", "Select a valid choice", lead=town.dings_post.pk)
    refused(mei, number, "dispatch", "needs at least one helping post", lead=town.water_post.pk, track="joint")
    case_ = done(mei, number, "dispatch", lead=town.water_post.pk, assisting=[town.bos_post.pk])
    assert (case_.lead_id, case_.assisting) == (town.water_post.pk, [town.bos_post.pk])


def test_only_posts_that_serve_the_place_and_can_handle_are_offered(town: Town, bench: Bench) -> None:
    number = bench.accepted()
    form = desk(town.mei).get(f"/cases/{written(number)}/dispatch").context["opened"]["form"]
    offered = {post for post, _words in form.fields["assisting"].choices}
    assert offered == {town.water_post.pk, town.bos_post.pk}


def test_assign_firmly(town: Town, bench: Bench) -> None:
    number, mei = bench.accepted(), desk(town.mei)
    refused(mei, number, "assign_firmly", "This field is required", lead=town.water_post.pk)
    assert done(mei, number, "assign_firmly", lead=town.water_post.pk, reason="不得再退").firm
    assert "hand_back" not in names(desk(town.wen), number)


def test_sign_for_and_hand_back(town: Town, bench: Bench) -> None:
    number, wen = bench.dispatched(), desk(town.wen)
    refused(desk(town.bo), number, "sign_for", "is not yours", 403)
    assert done(wen, number, "sign_for").state == State.IN_HAND
    refused(wen, number, "hand_back", "This field is required", reason="")
    assert done(wen, number, "hand_back", reason="不归我们管").state == State.ACCEPTED


def test_recall(town: Town, bench: Bench) -> None:
    number = bench.dispatched()
    refused(desk(town.mei), number, "recall", "still there", reason="换一家")
    assert done(desk(town.gu), number, "recall", reason="换一家").state == State.ACCEPTED


def test_call_in_release_and_parts(town: Town, bench: Bench) -> None:
    number, mei, bo = bench.in_hand(), desk(town.mei), desk(town.bo)
    refused(mei, number, "call_in", "This field is required", reason="需要现场配合")
    assert done(mei, number, "call_in", post=town.bos_post.pk, reason="需要现场配合").assisting
    assert done(bo, number, "sign_part").assisting
    refused(bo, number, "sign_part", "has signed for its part already")
    refused(bo, number, "finish_part", "This field is required", note="")
    assert not done(bo, number, "finish_part", note="扶了梯子").assisting
    done(mei, number, "call_in", post=town.bos_post.pk, reason="再来一次")
    refused(desk(town.wen), number, "release_part", "Select a valid choice", post=town.water_post.pk, reason="不用了")
    assert not done(desk(town.wen), number, "release_part", post=town.bos_post.pk, reason="不用了").assisting


def test_whistle_report_in_and_appraise(town: Town, bench: Bench) -> None:
    number, mei, wen = bench.accepted(), desk(town.mei), desk(town.wen)
    refused(mei, number, "whistle", "This field is required", reason="到现场")
    assert done(mei, number, "whistle", posts=[town.water_post.pk], reason="到现场").summoned
    refused(mei, number, "appraise", "may still report in", post=town.water_post.pk, score=5)
    refused(wen, number, "report_in", "less than or equal to 90", lat=99, lon=106)
    assert not done(wen, number, "report_in", lat=30.05, lon=106.05).summoned
    done(mei, number, "appraise", post=town.water_post.pk, score=4, words="来得快")
    with standing_on(EVERYWHERE):
        summons = Summons.objects.get()
    assert (summons.lon, summons.lat, summons.score) == (106.05, 30.05, 4)
    assert "Score 4 of 5" in page(mei, number).content.decode()


def test_whoever_was_called_in_two_posts_says_in_which_they_come(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        second = give(town.wen, [Duty.HANDLE], ground=town.two_wells)
    number, wen = bench.accepted(), desk(town.wen)
    bench.make("whistle", number, town.mei, posts=[town.water_post.pk, second.pk], reason="到现场")
    done(wen, number, "report_in", lat=30, lon=106, post=second.pk)
    assert case(number).summoned == [town.water_post.pk]


def test_more_time_is_asked_and_decided(town: Town, bench: Bench) -> None:
    number, wen, gu = bench.in_hand(), desk(town.wen), approver(town)
    refused(wen, number, "ask_more_time", "At most one original limit", hours=500, reason="等配件")
    done(wen, number, "ask_more_time", hours=2.5, reason="等配件")
    refused(gu, number, "refuse_more_time", "This field is required", reason="")
    done(gu, number, "refuse_more_time", reason="来得及")
    refused(gu, number, "grant_more_time", "Nothing was asked")
    done(wen, number, "ask_more_time", hours=2.5, reason="还是来不及")
    assert done(gu, number, "grant_more_time").extensions == 1


def test_a_pause_is_asked_in_the_installations_zone_decided_and_ended(town: Town, bench: Bench) -> None:
    number, wen, gu = bench.in_hand(), desk(town.wen), approver(town)
    until = timezone.localtime() + timedelta(days=3)
    typed = until.strftime("%Y-%m-%dT%H:%M")
    refused(wen, number, "ask_pause", "ends in the future", until="2020-01-01T08:00", reason="等天晴")
    done(wen, number, "ask_pause", until=typed, reason="等天晴")
    with standing_on(EVERYWHERE):
        assert Petition.objects.get().until == until.replace(second=0, microsecond=0)
    done(gu, number, "refuse_pause", reason="不能停")
    done(wen, number, "ask_pause", until=typed, reason="真的下雨")
    refused(desk(town.mei), number, "grant_pause", "is not yours", 403)
    assert done(gu, number, "grant_pause").paused_until == until.replace(second=0, microsecond=0)
    refused(wen, number, "finish", "It is too late", 409, note="修好了")
    assert done(wen, number, "resume").state == State.IN_HAND


def test_a_track_is_proposed_and_decided(town: Town, bench: Bench) -> None:
    number, mei, gu = bench.accepted(), desk(town.mei), approver(town)
    refused(mei, number, "propose_track", "ends within a year", track="special", hours=99_000, reason="难")
    done(mei, number, "propose_track", track="special", hours=80, reason="难")
    done(gu, number, "refuse_track", reason="不难")
    refused(gu, number, "grant_track", "Nothing was asked")
    done(mei, number, "propose_track", track="special", hours=80, reason="真的难")
    done(gu, number, "grant_track", hours=40)
    done(mei, number, "dispatch", lead=town.water_post.pk)
    with standing_on(EVERYWHERE):
        assert Assignment.objects.get().hours == 40


def test_finish_with_a_photo_from_where_one_stands(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("NEAR", evidence=Evidence(photos=1, within_metres=50))
        number = bench.reported(item="NEAR", position=(106.05, 30.05))
    bench.make("accept", number, town.mei, item="NEAR", place=town.lane_grid.code)
    bench.make("dispatch", number, town.mei, lead=town.water_post.pk)
    bench.make("sign_for", number, town.wen)
    wen = desk(town.wen)
    refused(wen, number, "finish", "a photo taken nearby", note="修好了", after=shot())
    assert done(wen, number, "finish", note="修好了", after=shot(), lat=30.05, lon=106.05).state == State.FINISHED
    assert {"kind": "photo", "lon": 106.05, "lat": 30.05} in page(wen, number).context["page"].spots


def test_confirm_and_send_back(town: Town, bench: Bench) -> None:
    number, bo = bench.finished(), desk(town.bo)
    with standing_on(EVERYWHERE):
        give(town.wen, [Duty.CHECK], ground=town.county)
    refused(desk(town.wen), number, "confirm", "own work is checked by somebody else")
    refused(bo, number, "send_back", "This field is required", reason="")
    assert done(bo, number, "send_back", reason="灯还是不亮").state == State.IN_HAND
    bench.make("finish", number, town.wen, evidence=actions.Brought("又换了灯泡"))
    assert done(bo, number, "confirm", note="亮了", after=shot()).state == State.CHECKED
    assert len(page(bo, number).context["page"].lines[-1].files) == 1


def test_call_back_close_and_reopen(town: Town, bench: Bench) -> None:
    number, mei = bench.checked(phone="13800010001"), desk(town.mei)
    refused(mei, number, "close", "has not been asked yet")
    assert done_beside(mei, number, "no_answer", words="无人接听").attempts == 1
    refused(mei, number, "call_back", "This field is required", solved="yes", way="phone")
    done(mei, number, "call_back", solved="no", satisfied="no", words="还是不亮", way="phone")
    refused(mei, number, "reopen", "This field is required", reason="")
    assert done(mei, number, "reopen", reason="群众不满意").state == State.IN_HAND
    ended = bench.checked()
    assert done(mei, ended, "close").state == State.CLOSED


def done_beside(client: Client, number: int, name: str, **given: Any) -> Case:
    """What leaves no step is done all the same."""
    assert send(client, number, name, **given).status_code == 302
    return case(number)


def test_somebody_who_dealt_with_it_does_not_say_that_they_tried_in_vain(town: Town, bench: Bench) -> None:
    number = bench.checked(phone="13800010001")
    with standing_on(EVERYWHERE):
        make_holding(town.wen, _second_post(town))
        forget()
    refused(desk(town.wen), number, "no_answer", "asked by another unit", words="无人接听")


def _second_post(town: Town) -> Post:
    return make_post(Duty.CALL_BACK, ground=town.county, unit=town.water_company)


def test_what_one_finds_to_be_sealed_leads_home_with_a_word(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("BRIBE", secrecy=Secrecy.SEALED)
    number, mei = bench.reported(), desk(town.mei)
    answer = send(mei, number, "accept", item="BRIBE", place=town.lane_grid.code)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert page(mei, number).status_code == 404


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
