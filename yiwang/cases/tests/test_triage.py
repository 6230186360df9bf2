import pytest

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Assignment, Case, Step
from yiwang.cases.rules import BEGINNING, State
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, case, make_lamp, refused, reported
from yiwang.catalogue.rules import Stage, Urgency, usual_limits
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def test_an_accepted_report_is_promised_from_when_it_was_received(town: Town) -> None:
    number = reported(town)
    actions.accept(number, item="LAMP", place=town.lane_grid.code, by=as_(town.mei), now=at(hours=2))
    found = case(number)
    assert (found.state, found.item.code if found.item else "") == (State.ACCEPTED, "LAMP")
    # Five working days of eight hours from Monday 9:30: the next Monday 9:30.
    assert found.due_at == at(days=7)


def test_a_clerk_of_another_street_finds_no_such_case(town: Town) -> None:
    with refused("no_such_case", Unseen):
        actions.decline(reported(town), reason="not ours", by=as_(town.ding), now=MONDAY)


def test_a_grid_worker_sees_the_case_and_may_not_accept_it(town: Town) -> None:
    with refused("move_not_yours", NotYours):
        actions.accept(reported(town), item="LAMP", place=town.lane_grid.code, by=as_(town.bo), now=MONDAY)


def test_declining_needs_a_reason(town: Town) -> None:
    with refused("move_lacks"):
        actions.decline(reported(town), reason="  ", by=as_(town.mei), now=MONDAY)


def test_whoever_comes_second_is_told_so_and_changes_nothing(town: Town) -> None:
    number = accepted(town)
    before = Step.objects.filter(number=number).count()
    with refused("move_too_late", Overtaken):
        actions.accept(number, item="LAMP", place=town.lane_grid.code, by=as_(town.gu), now=MONDAY)
    with refused("case_changed", Overtaken):
        actions.decline(number, reason="seen too early", by=as_(town.gu), now=MONDAY, seen=1)
    assert Step.objects.filter(number=number).count() == before


def test_each_step_carries_the_hash_of_the_one_before(town: Town) -> None:
    number = accepted(town)
    first, second = Step.objects.filter(number=number).order_by("seq")
    assert (bytes(first.before), bytes(second.before)) == (BEGINNING, bytes(first.hash))
    assert bytes(case(number).head) == bytes(second.hash)


def test_a_merged_report_follows_the_other_and_can_be_undone(town: Town) -> None:
    known, again, third = accepted(town), reported(town), reported(town)
    actions.merge(third, into=again, by=as_(town.mei), now=MONDAY)
    actions.merge(again, into=known, by=as_(town.mei), now=MONDAY)
    assert (case(again).state, case(again).merged_into, case(third).merged_into) == (State.MERGED, known, known)
    actions.separate(again, reason="another lamp", by=as_(town.mei), now=MONDAY)
    assert (case(again).state, case(again).merged_into) == (State.REPORTED, None)


def test_a_case_is_not_merged_into_itself_nor_into_an_ended_one(town: Town) -> None:
    number, ended = reported(town), reported(town)
    actions.decline(ended, reason="a private matter", by=as_(town.mei), now=MONDAY)
    with refused("merge_into_itself"):
        actions.merge(number, into=number, by=as_(town.mei), now=MONDAY)
    with refused("merge_into_ended"):
        actions.merge(number, into=ended, by=as_(town.mei), now=MONDAY)


def test_a_split_report_goes_on_in_its_parts_and_joins_up_when_they_have_ended(town: Town) -> None:
    number = accepted(town)
    told = [actions.PartTold("灯坏了"), actions.PartTold("井盖松了")]
    actions.split(number, parts=told, by=as_(town.mei), now=MONDAY)
    parts = list(Case.objects.filter(part_of=number))
    assert (case(number).state, len(parts)) == (State.SPLIT, 2)
    actions.decline(parts[0].number, reason="mended already", by=as_(town.mei), now=MONDAY)
    assert actions.join_up(number, now=MONDAY) is None
    actions.decline(parts[1].number, reason="mended already", by=as_(town.mei), now=MONDAY)
    actions.join_up(number, now=MONDAY)
    assert actions.join_up(number, now=MONDAY) is None
    assert case(number).state == State.CHECKED


def test_one_part_is_no_split(town: Town) -> None:
    with refused("too_few_parts"):
        actions.split(reported(town), parts=[actions.PartTold("灯坏了")], by=as_(town.mei), now=MONDAY)


def test_a_question_is_passed_up_to_the_county_and_down_again(town: Town) -> None:
    number = reported(town)
    actions.pass_up(number, reason="concerns two streets", by=as_(town.mei), now=MONDAY)
    assert case(number).desk == town.county.code
    with refused("nothing_above"):
        actions.pass_up(number, reason="further", by=as_(town.mei), now=MONDAY)
    actions.pass_down(number, to=town.well_lane.code, reason="the community can", by=as_(town.mei), now=MONDAY)
    assert case(number).desk == town.well_lane.code
    with refused("not_below"):
        actions.pass_down(number, to=town.upper_lane.code, reason="elsewhere", by=as_(town.mei), now=MONDAY)


def test_two_hand_backs_and_the_centre_assigns_firmly(town: Town) -> None:
    number, mei = accepted(town), as_(town.mei)
    posts = [town.water_post.pk, town.bos_post.pk]
    for post, handler in zip(posts, (town.wen, town.bo), strict=True):
        actions.dispatch(number, lead=post, by=mei, now=MONDAY)
        actions.hand_back(number, reason="not ours", by=as_(handler), now=MONDAY)
    with refused("must_assign_firmly"):
        actions.dispatch(number, lead=posts[0], by=mei, now=MONDAY)
    actions.assign_firmly(number, lead=posts[0], reason="the pipe is theirs", by=mei, now=MONDAY)
    with refused("assigned_firmly"):
        actions.hand_back(number, reason="still not ours", by=as_(town.wen), now=MONDAY)
    actions.sign_for(number, by=as_(town.wen), now=MONDAY)
    assert (case(number).state, case(number).keeper_id) == (State.IN_HAND, posts[0])
    assert Assignment.objects.filter(case=number, ending="handed_back").count() == 2


def test_an_emergency_of_the_night_is_due_before_the_office_opens(town: Town) -> None:
    limits = usual_limits(Urgency.EMERGENCY) | {Stage.SIGN_FOR: "2小时"}
    make_item("BURST", name="水管爆裂", urgency=Urgency.EMERGENCY, limits=limits)
    number = actions.report(
        actions.Report("水管爆了", item="BURST", place=town.lane_grid.code), by=reporter(), now=at(hours=12)
    ).number
    assert case(number).next_due_at == case(number).due_at == at(hours=14)
    actions.accept(number, item="BURST", place=town.lane_grid.code, by=as_(town.mei), now=at(hours=13))
    assert case(number).next_due_at == at(hours=14)
