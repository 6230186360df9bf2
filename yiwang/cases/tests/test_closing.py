from datetime import timedelta
from uuid import uuid4

import pytest

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.actions import Brought
from yiwang.cases.models import Assignment, Case, Note, Step
from yiwang.cases.rules import State, sent_back_due
from yiwang.cases.tests.make import (
    MONDAY,
    accepted,
    as_,
    at,
    called_back,
    case,
    checked,
    closed,
    dispatched,
    finished,
    in_hand,
    make_file,
    make_lamp,
    refused,
    reported,
)
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.people import access
from yiwang.people.models import Post
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give, make_holding, make_person
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen
from yiwang.plumbing.walls.ground import standing_on
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import Promise, Unit

DONE = Brought("换了灯泡")
LAN = {"name": "蓝晓雨", "phone": "13800000001"}


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def parts(number: int) -> list[Assignment]:
    return list(Assignment.objects.filter(case=number).order_by("pk"))


def abolish(post: Post) -> None:
    post.valid_to = at(days=-1).date()
    post.save()
    forget(access.TOPIC)


# 即办


def test_a_grid_worker_settles_a_small_matter_where_it_was_found(town: Town) -> None:
    make_item("LEAFLET", on_the_spot=True)
    number = reported(town)
    actions.settle(number, evidence=DONE, item="LEAFLET", by=as_(town.bo), now=at(hours=1))
    found, (part,) = case(number), parts(number)
    assert (found.state, found.track, found.lead_id, found.keeper_id) == (
        State.FINISHED, "at_once", town.bos_post.pk, town.bos_post.pk,
    )  # fmt: skip
    assert (found.item.code if found.item else "", found.next_stage) == ("LEAFLET", "check")
    assert (part.part, part.signed_at, part.ended_at, part.ending) == ("lead", at(hours=1), at(hours=1), "done")


def test_nothing_is_settled_on_the_spot_that_needs_more(town: Town) -> None:
    make_item("SECRET", on_the_spot=True, secrecy=Secrecy.SEALED)
    for item in ("LAMP", "SECRET"):
        with refused("not_on_the_spot"):
            actions.settle(reported(town), evidence=DONE, item=item, by=as_(town.bo), now=MONDAY)


def test_whoever_settles_says_what_it_is_unless_the_desk_has_decided(town: Town) -> None:
    make_item("LEAFLET", on_the_spot=True)
    with refused("move_lacks"):
        actions.settle(reported(town, text="啊"), evidence=DONE, by=as_(town.bo), now=MONDAY)
    with refused("item_decided_already"):
        actions.settle(accepted(town), evidence=DONE, item="LEAFLET", by=as_(town.bo), now=MONDAY)


def test_whoever_settled_does_not_check_it_themselves(town: Town) -> None:
    make_item("LEAFLET", on_the_spot=True)
    number = reported(town)
    actions.settle(number, evidence=DONE, item="LEAFLET", by=as_(town.bo), now=MONDAY)
    with refused("own_work_not_checked"):
        actions.confirm(number, by=as_(town.bo), now=MONDAY)
    actions.confirm(number, by=as_(town.mei), now=MONDAY)
    assert case(number).state == State.CHECKED


# 办结


def test_finishing_ends_the_part_and_asks_for_a_check(town: Town) -> None:
    number = in_hand(town)
    actions.finish(number, evidence=DONE, by=as_(town.wen), now=at(hours=3))
    found, (part,) = case(number), parts(number)
    assert (found.state, found.finished_at, found.handler) == (State.FINISHED, at(hours=3), f"person:{town.wen.pk}")
    assert (part.ended_at, part.ending, found.next_stage) == (at(hours=3), "done", "check")


def test_finishing_needs_a_note_and_the_lead(town: Town) -> None:
    number = in_hand(town)
    with refused("move_lacks"):
        actions.finish(number, evidence=Brought(" "), by=as_(town.wen), now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.finish(number, evidence=DONE, by=as_(town.mei), now=MONDAY)
    with refused("no_such_case", Unseen):
        actions.finish(number, evidence=DONE, by=as_(town.ding), now=MONDAY)


def test_helpers_are_done_before_the_lead_is(town: Town) -> None:
    number = in_hand(town, assisting=(town.bos_post.pk,))
    with pytest.raises(Refused) as refusal:
        actions.finish(number, evidence=DONE, by=as_(town.wen), now=MONDAY)
    assert (refusal.value.code, refusal.value.figures["posts"]) == ("parts_open", town.bos_post.title)


def test_what_was_asked_and_not_decided_lapses_with_the_finishing(town: Town) -> None:
    number, wen = in_hand(town), as_(town.wen)
    actions.ask_more_time(number, hours=4, reason="缺配件", by=wen, now=MONDAY)
    actions.finish(number, evidence=DONE, by=wen, now=MONDAY)
    actions.send_back(number, reason="still dark", by=as_(town.bo), now=MONDAY)
    with refused("nothing_asked"):
        actions.grant_more_time(number, by=as_(town.gu), now=MONDAY)
    actions.ask_more_time(number, hours=4, reason="缺配件", by=wen, now=MONDAY)


# 核查


def test_neither_the_handler_nor_anybody_in_the_same_post_checks(town: Town) -> None:
    number = finished(town)
    give(town.wen, [Duty.CHECK], ground=town.well_lane)
    colleague = make_person("colleague")
    make_holding(colleague, town.water_post)
    give(colleague, [Duty.CHECK], ground=town.well_lane)
    for person in (town.wen, colleague):
        with refused("own_work_not_checked"):
            actions.confirm(number, by=as_(person), now=MONDAY)
        with refused("own_work_not_checked"):
            actions.send_back(number, reason="still dark", by=as_(person), now=MONDAY)


def test_photos_show_what_is_not_done(town: Town) -> None:
    number, photo = finished(town), actions.Photo(make_file().pk, (106.0, 30.0), actions.Moment.AFTER)
    actions.send_back(number, reason="still dark", by=as_(town.bo), now=MONDAY, photos=[photo])
    step = Step.objects.filter(number=number).order_by("-seq")[0]
    assert [one["file"] for one in step.given["photos"]] == [str(photo.file)]
    assert "handle_due" in step.given


def test_photos_that_are_not_kept_are_refused_by_a_checker_too(town: Town) -> None:
    with refused("photo_unknown"):
        actions.send_back(
            finished(town), reason="still dark", by=as_(town.bo), now=MONDAY, photos=[actions.Photo(uuid4())]
        )


def test_a_check_passed_asks_for_the_call_back(town: Town) -> None:
    found = case(checked(town))
    assert (found.state, found.next_stage) == (State.CHECKED, "call_back")


def test_what_is_sent_back_has_the_time_that_was_left(town: Town) -> None:
    number = in_hand(town)
    # Five working days until the next Monday 9:30; one of them is used up, and two days lie with the checker.
    actions.finish(number, evidence=DONE, by=as_(town.wen), now=at(days=1))
    promised = case(number).due_at
    actions.send_back(number, reason="still dark", by=as_(town.bo), now=at(days=3))
    found, (part,) = case(number), parts(number)
    assert (found.state, found.finished_at, found.handler) == (State.IN_HAND, None, "")
    assert (part.ended_at, part.ending, part.handle_due) == (None, "", at(days=9))
    assert (found.next_due_at, found.due_at) == (part.handle_due, promised)
    actions.finish(number, evidence=DONE, by=as_(town.wen), now=at(days=3))
    assert case(number).state == State.FINISHED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("finished_after", "left"),
    [(1, timedelta(hours=39)), (39, timedelta(hours=10)), (41, timedelta(hours=-1))],
)
def test_sent_back_one_has_a_quarter_at_least_and_what_was_overdue_stays_so(
    finished_after: int, left: timedelta
) -> None:
    limit, due = Promise(40, Unit.HOUR, working=False), at(hours=40)
    now = at(hours=60)
    again = sent_back_due(
        now, finished_at=at(hours=finished_after), due=due, promise=limit, calendar=calendar_for("")
    )  # fmt: skip
    assert again - now == left


def test_sending_back_needs_a_reason(town: Town) -> None:
    with refused("move_lacks"):
        actions.send_back(finished(town), reason="", by=as_(town.bo), now=MONDAY)


# 回访


def test_the_reporters_words_are_written_down(town: Town) -> None:
    number = checked(town)
    actions.call_back(
        number, solved=True, satisfied=False, words="修得太慢", way=actions.Way.PHONE, by=as_(town.mei), now=MONDAY
    )
    found, step = case(number), Step.objects.get(number=number, move="call_back")
    assert (found.state, found.reached, found.solved, found.satisfied) == (State.CALLED_BACK, True, True, False)
    assert (step.reason, step.given) == ("修得太慢", {"solved": True, "satisfied": False, "way": "phone"})


def test_the_reporter_says_it_on_their_own_page(town: Town) -> None:
    number = checked(town)
    actions.call_back(number, solved=True, satisfied=True, by=reporter(), now=MONDAY)
    step = Step.objects.get(number=number, move="call_back")
    assert (step.capacity, step.given["way"]) == ("reporter", "page")


def test_nobody_writes_down_the_marks_of_their_own_unit(town: Town) -> None:
    number = checked(town)
    colleague = make_person("colleague")
    make_holding(colleague, town.water_post)
    give(colleague, [Duty.CALL_BACK], ground=town.well_lane)
    with refused("own_unit_not_judged"):
        actions.call_back(number, solved=True, satisfied=True, by=as_(colleague), now=MONDAY)
    with refused("own_unit_not_judged"):
        actions.no_answer(number, words="busy", by=as_(colleague), now=MONDAY)


def test_an_attempt_in_vain_is_a_note_and_no_move(town: Town) -> None:
    number = checked(town, **LAN)
    steps = case(number).steps
    actions.no_answer(number, words="无人接听", by=as_(town.mei), now=MONDAY)
    found, note = case(number), Note.objects.get(case=number)
    assert (found.state, found.steps, found.attempts, found.reached) == (State.CHECKED, steps, 1, False)
    assert (note.kind, note.text, note.post_id) == ("attempt", "无人接听", town.meis_post.pk)
    with refused("move_not_yours", NotYours):
        actions.no_answer(number, words="", by=reporter(), now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.no_answer(number, words="", by=as_(town.bo), now=MONDAY)


# 结案


def test_a_reporter_who_can_be_reached_is_asked_before_the_closing(town: Town) -> None:
    number = checked(town, **LAN)
    for _attempt in range(3):
        with refused("reporter_not_asked_yet"):
            actions.close(number, by=as_(town.mei), now=MONDAY)
        actions.no_answer(number, words="无人接听", by=as_(town.mei), now=MONDAY)
    actions.close(number, reason="三次未接通", by=as_(town.mei), now=at(days=1))
    found = case(number)
    assert (found.state, found.closed_at, found.next_due_at) == (State.CLOSED, at(days=1), None)


def test_a_case_of_which_nobody_can_be_asked_is_closed_after_the_check(town: Town) -> None:
    number = checked(town)
    actions.close(number, by=as_(town.mei), now=MONDAY)
    assert case(number).state == State.CLOSED


def test_closing_is_the_callers(town: Town) -> None:
    with refused("move_not_yours", NotYours):
        actions.close(called_back(town), by=as_(town.wen), now=MONDAY)


# 重办


def test_a_dissatisfied_reporters_case_goes_back_to_the_same_lead_with_half_of_the_time(town: Town) -> None:
    number = called_back(town, satisfied=False, **LAN)
    promised = case(number).due_at
    actions.reopen(number, reason="灯又灭了", by=reporter(), now=MONDAY)
    found, (_, again) = case(number), parts(number)
    assert (found.state, found.lead_id, found.reopened) == (State.IN_HAND, town.water_post.pk, 1)
    assert promised is not None
    # Half of five days: two working days until Wednesday 9:30, and four hours around the midday break.
    assert again.handle_due == at(days=2, hours=5.5)
    assert (again.signed_at, again.part, found.due_at) == (MONDAY, "lead", again.handle_due)
    assert (found.satisfied, found.reached, found.finished_at, found.attempts) == (None, None, None, 0)
    step = Step.objects.get(number=number, move="reopen")
    assert step.given["promised"] == promised.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    actions.finish(number, evidence=DONE, by=as_(town.wen), now=MONDAY)


def test_once_by_right_and_then_by_a_supervisors_decision(town: Town) -> None:
    number = called_back(town, satisfied=False)
    actions.reopen(number, reason="灯又灭了", by=reporter(), now=MONDAY)
    actions.finish(number, evidence=DONE, by=as_(town.wen), now=MONDAY)
    actions.confirm(number, by=as_(town.bo), now=MONDAY)
    actions.call_back(number, solved=False, satisfied=False, by=reporter(), now=MONDAY)
    for person in (reporter(), as_(town.mei)):
        with refused("reopened_by_right_already"):
            actions.reopen(number, reason="灯又灭了", by=person, now=MONDAY)
    actions.reopen(number, reason="灯又灭了", by=as_(town.gu), now=MONDAY)
    assert (case(number).state, case(number).reopened) == (State.IN_HAND, 2)
    assert Step.objects.filter(number=number, move="reopen").order_by("-seq")[0].capacity == "supervisor"


def test_a_satisfied_reporters_case_is_not_reopened_over_their_head(town: Town) -> None:
    number = called_back(town)
    with refused("reporter_is_satisfied"):
        actions.reopen(number, reason="to be sure", by=as_(town.mei), now=MONDAY)
    with refused("move_lacks"):
        actions.reopen(number, reason=" ", by=reporter(), now=MONDAY)


def test_a_closed_case_is_reopened_by_its_reporter_within_two_weeks(town: Town) -> None:
    number = closed(town)
    with refused("only_the_reporter_reopens"):
        actions.reopen(number, reason="灯又灭了", by=as_(town.mei), now=at(days=1))
    with refused("too_late_to_reopen"):
        actions.reopen(number, reason="灯又灭了", by=reporter(), now=at(days=15))
    actions.reopen(number, reason="灯又灭了", by=reporter(), now=at(days=14))
    assert (case(number).state, case(number).closed_at) == (State.IN_HAND, None)


def test_where_the_lead_is_gone_a_reopened_case_lies_on_the_desk(town: Town) -> None:
    number = called_back(town, satisfied=False)
    abolish(town.water_post)
    actions.reopen(number, reason="灯又灭了", by=reporter(), now=MONDAY)
    found = case(number)
    assert (found.state, found.keeper_id, found.lead_id) == (State.ACCEPTED, town.meis_post.pk, town.meis_post.pk)
    assert [part.ending for part in parts(number)] == ["done", "recalled"]
    actions.dispatch(number, lead=town.bos_post.pk, by=as_(town.mei), now=MONDAY)


def test_a_whole_that_went_on_in_parts_is_reopened_onto_the_desk(town: Town) -> None:
    number = reported(town, text="啊")
    told = [actions.PartTold("灯坏了", item="LAMP"), actions.PartTold("井盖松了")]
    actions.split(number, parts=told, by=as_(town.mei), now=MONDAY)
    for part in Case.objects.filter(part_of=number):
        actions.decline(part.number, reason="mended already", by=as_(town.mei), now=MONDAY)
    actions.join_up(number, now=MONDAY)
    actions.call_back(number, solved=False, satisfied=False, by=reporter(), now=MONDAY)
    actions.reopen(number, reason="still dark", by=reporter(), now=MONDAY)
    found = case(number)
    assert (found.state, found.lead_id) == (State.ACCEPTED, town.meis_post.pk)
    assert found.item is not None
    assert found.item.code == "LAMP"


def test_a_whole_of_which_no_part_was_ever_named_is_not_reopened(town: Town) -> None:
    number = reported(town, text="啊")
    actions.split(number, parts=[actions.PartTold("哦")] * 2, by=as_(town.mei), now=MONDAY)
    for part in Case.objects.filter(part_of=number):
        actions.decline(part.number, reason="not a matter", by=as_(town.mei), now=MONDAY)
    actions.join_up(number, now=MONDAY)
    actions.close(number, by=as_(town.mei), now=MONDAY)
    with refused("reopen_its_parts"):
        actions.reopen(number, reason="still dark", by=reporter(), now=MONDAY)


# 撤回


def test_the_reporter_takes_it_back_until_it_is_signed_for(town: Town) -> None:
    number = dispatched(town, assisting=(town.bos_post.pk,))
    actions.withdraw(number, by=reporter(), now=MONDAY)
    assert (case(number).state, case(number).next_due_at, case(number).lead_id) == (State.WITHDRAWN, None, None)
    assert [part.ending for part in parts(number)] == ["withdrawn", "withdrawn"]
    with refused("move_too_late", Overtaken):
        actions.withdraw(in_hand(town), by=reporter(), now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.withdraw(reported(town), by=as_(town.mei), now=MONDAY)


def test_what_others_told_too_is_not_taken_back(town: Town) -> None:
    number = reported(town)
    actions.merge(reported(town), into=number, by=as_(town.mei), now=MONDAY)
    with refused("others_follow"):
        actions.withdraw(number, by=reporter(), now=MONDAY)


# Each on their own ground


def test_everybody_does_their_part_standing_on_their_own_ground_only(town: Town) -> None:
    make_item("LEAFLET", on_the_spot=True)
    small, number, photo = reported(town), in_hand(town), make_file()
    brought = Brought("换了灯泡", (actions.Photo(photo.pk),))
    with standing_on([town.lane_grid.code]):
        actions.settle(small, evidence=DONE, item="LEAFLET", by=as_(town.bo), now=MONDAY)
    with standing_on([town.county.code]):
        actions.finish(number, evidence=brought, by=as_(town.wen), now=MONDAY)
    with standing_on([town.lane_grid.code]):
        actions.send_back(number, reason="still dark", by=as_(town.bo), now=MONDAY)
    with standing_on([town.county.code]):
        actions.finish(number, evidence=brought, by=as_(town.wen), now=MONDAY)
    with standing_on([town.two_wells.code]):
        actions.confirm(number, by=as_(town.mei), now=MONDAY)
        actions.no_answer(number, words="无人接听", by=as_(town.mei), now=MONDAY)
        actions.call_back(number, solved=False, satisfied=False, by=as_(town.mei), now=MONDAY)
        actions.reopen(number, reason="灯又灭了", by=as_(town.mei), now=MONDAY)
        actions.instruct(number, text="今日办结", by=as_(town.gu), now=MONDAY)
    with standing_on([town.stone_bridge.code]), refused("no_such_case", Unseen):
        actions.finish(number, evidence=DONE, by=as_(town.wen), now=MONDAY)
    assert (case(small).state, case(number).state) == (State.FINISHED, State.IN_HAND)
