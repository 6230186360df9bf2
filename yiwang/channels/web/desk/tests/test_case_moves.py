"""Every move of a case through its form: once done, and once refused."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.models import Assignment, Case, Petition, Summons
from yiwang.cases.rules import LIFE, Capacity, State, written
from yiwang.cases.tests.make import make_county_clerk
from yiwang.catalogue.rules import Evidence, Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.channels.web.case.moves import NO_ANSWER, OFFERS
from yiwang.channels.web.desk.tests.case_bench import (
    Bench,
    approver,
    as_,
    case,
    desk,
    done,
    names,
    page,
    prepared,
    refused,
    send,
    shot,
)
from yiwang.people.models import Post, Role
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give, make_holding, make_post
from yiwang.plumbing.files.models import StoredFile
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(town_behind_the_wall: Town, tmp_path: Path, settings: Settings) -> Town:
    """Every page sets its own ground; photos have a shelf of their own."""
    return prepared(town_behind_the_wall, tmp_path, settings)


@pytest.fixture
def bench(town: Town) -> Bench:
    return Bench(town)


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
    assert "pass_up" not in names(mei, number), "nobody sits at the county's desk"
    refused(mei, number, "pass_up", "nobody above", reason="归县里")
    with standing_on(EVERYWHERE):
        above = desk(make_county_clerk(town))
    refused(mei, number, "pass_up", "This field is required", reason="")
    assert done(mei, number, "pass_up", reason="归县里").desk == town.county.code
    assert names(mei, number) == [], "the county decides now"
    assert f"The desk of {town.county.name} decides about it now" in page(mei, number).content.decode()
    refused(above, number, "pass_up", "nobody above", reason="再往上")
    refused(above, number, "pass_down", "Select a valid choice", to=town.upper_lane.code, reason="归社区")
    assert done(above, number, "pass_down", to=town.two_wells.code, reason="归街道").desk == town.two_wells.code
    assert "data-above" not in page(mei, number).content.decode()
    assert "accept" in names(mei, number)


def test_a_desk_is_offered_only_where_somebody_sits(town: Town, bench: Bench) -> None:
    secretary = Role.objects.get(code="community_branch_secretary")
    with standing_on(EVERYWHERE):
        make_holding(town.lan, make_post(role=secretary, unit=town.centre, ground=town.well_lane))
    forget()
    number, mei = bench.reported(), desk(town.mei)
    form = mei.get(f"/cases/{written(number)}/pass_down").context["opened"]["form"]
    assert [place for place, _name in form.fields["to"].choices] == [town.well_lane.code]
    done(mei, number, "pass_down", to=town.well_lane.code, reason="归社区")
    assert "pass_down" not in names(mei, number), "nobody classifies further inside"
    done(mei, number, "pass_up", reason="归街道")
    with standing_on(EVERYWHERE):
        above = desk(make_county_clerk(town))
    done(mei, number, "pass_up", reason="归县里")
    assert "pass_up" not in names(above, number), "nothing lies above the county"


def test_who_decides_reads_what_was_asked(town: Town, bench: Bench) -> None:
    number, mei, gu = bench.accepted(), desk(town.mei), desk(town.gu)
    tracks = mei.get(f"/cases/{written(number)}/dispatch").context["opened"]["form"].fields["track"].choices
    assert [track for track, _words in tracks] == ["", "at_once", "joint"]
    done(mei, number, "propose_track", track="special", hours="40", reason="涉及三个部门")
    for name in ("grant_track", "refuse_track"):
        form = gu.get(f"/cases/{written(number)}/{name}").content.decode()
        assert "Special handling 40 hours" in form
        assert "涉及三个部门" in form
    done(gu, number, "grant_track", hours="30")
    tracks = mei.get(f"/cases/{written(number)}/dispatch").context["opened"]["form"].fields["track"].choices
    assert [track for track, _words in tracks] == ["", "at_once", "joint", "special"]


def test_settle_with_photos_before_and_after(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("SPOT", on_the_spot=True, evidence=Evidence(photos=2, before_and_after=True))
    number, bo = bench.reported(item="SPOT"), desk(town.bo)
    refused(bo, number, "settle", "photos before and after", note="清理了", after=shot())
    assert done(bo, number, "settle", note="清理了", before=shot(), after=[shot(), shot()]).state == State.FINISHED
    shown = page(bo, number).context["page"].lines[-1].files
    assert [one.moment for one in shown] == ["Before", "After", "After"]


def test_a_form_that_finishes_says_what_is_to_be_shown(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("PIT", evidence=Evidence(photos=2, within_metres=50))
    forget()
    number = bench.reported(item="PIT")
    bench.make("accept", number, town.mei, item="PIT", place=town.lane_grid.code)
    bench.make("dispatch", number, town.mei, lead=town.water_post.pk)
    bench.make("sign_for", number, town.wen)
    wen = desk(town.wen)
    said = wen.get(f"/cases/{written(number)}/finish").content.decode()
    assert "<b>To be shown</b> 2 photos · one taken within 50 metres" in said
    assert "To be shown" not in wen.get(f"/cases/{written(number)}/hand_back").content.decode()


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


def test_photos_are_kept_also_where_something_else_is_wanting(town: Town, bench: Bench) -> None:
    with standing_on(EVERYWHERE):
        make_item("SPOT", on_the_spot=True, evidence=Evidence(photos=1))
    number, bo = bench.reported(item="SPOT"), desk(town.bo)
    text = refused(bo, number, "settle", "required", note="", after=shot())
    (kept,) = re.findall('name="kept" value="([^"]+)"', text)
    assert done(bo, number, "settle", note="清理了", kept=kept).state == "finished"


def test_a_wrong_number_is_told_what_would_be_right(town: Town, bench: Bench) -> None:
    number, wen = bench.in_hand(), desk(town.wen)
    for hours in ("三天", "0", "100001"):
        text = refused(wen, number, "ask_more_time", "from 0.1 to 100,000", hours=hours, reason="等配件")
        assert "等配件" in text


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


def test_what_the_time_has_run_out_for_is_not_offered(town: Town, bench: Bench) -> None:
    long_ago = timezone.now() - timedelta(days=20)
    number = bench.reported()
    with standing_on(EVERYWHERE):
        mei, wen = as_(town.mei), as_(town.wen)
        actions.accept(number, item="LAMP", place=town.lane_grid.code, by=mei, now=long_ago)
        actions.dispatch(number, lead=town.water_post.pk, by=mei, now=long_ago)
        actions.sign_for(number, by=wen, now=long_ago)
    offered = names(desk(town.wen), number)
    assert not {"hand_back", "ask_more_time"} & set(offered)
    assert {"finish", "ask_pause"} <= set(offered)


def test_who_paused_once_is_not_offered_another_pause(town: Town, bench: Bench) -> None:
    number, wen, gu = bench.in_hand(), desk(town.wen), approver(town)
    typed = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    done(wen, number, "ask_pause", until=typed, reason="等天晴")
    done(gu, number, "grant_pause")
    done(wen, number, "resume")
    assert "ask_pause" not in names(wen, number)


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
    refused(wen, number, "report_in", "from -90 to 90", lat=99, lon=106)
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
