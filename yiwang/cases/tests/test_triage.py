import pytest

from tests.town import Town
from yiwang.cases import actions, queries
from yiwang.cases.access import Actor, reporter, waits_above
from yiwang.cases.models import Assignment, Case, Step
from yiwang.cases.rules import BEGINNING, State
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, case, make_county_clerk, make_lamp, refused, reported
from yiwang.catalogue.rules import Stage, Urgency, usual_limits
from yiwang.catalogue.tests.make import make_item
from yiwang.people.models import Holding, Post, Role
from yiwang.people.tests.make import make_holding, make_post
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import forget
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
    number, above = reported(town), as_(make_county_clerk(town))
    actions.pass_up(number, reason="concerns two streets", by=as_(town.mei), now=MONDAY)
    assert case(number).desk == town.county.code
    with refused("nothing_above"):
        actions.pass_up(number, reason="further", by=above, now=MONDAY)
    actions.pass_down(number, to=town.well_lane.code, reason="the community can", by=above, now=MONDAY)
    assert case(number).desk == town.well_lane.code
    with refused("not_below"):
        actions.pass_down(number, to=town.upper_lane.code, reason="elsewhere", by=above, now=MONDAY)


def take_on(number: int, place: Place, by: Actor) -> Case:
    return actions.accept(number, item="LAMP", place=place.code, by=by, now=MONDAY)


def test_where_nobody_sits_above_nothing_is_passed_up(town: Town) -> None:
    with refused("nothing_above"):
        actions.pass_up(reported(town), reason="concerns two streets", by=as_(town.mei), now=MONDAY)


def test_once_passed_up_the_desk_above_decides_and_below_it_is_seen(town: Town) -> None:
    number, above = reported(town), as_(make_county_clerk(town))
    mei, gu, bo = as_(town.mei), as_(town.gu), as_(town.bo)
    actions.pass_up(number, reason="concerns two streets", by=mei, now=MONDAY)
    for below in (mei, gu):
        assert queries.case(below, number).number == number, "it stays in sight"
        with refused("move_not_yours", NotYours):
            take_on(number, town.lane_grid, below)
        with refused("move_not_yours", NotYours):
            actions.decline(number, reason="not ours", by=below, now=MONDAY)
        with refused("move_not_yours", NotYours):
            actions.pass_down(number, to=town.two_wells.code, reason="back", by=below, now=MONDAY)
        assert waits_above(below, case(number))
    with refused("move_not_yours", NotYours):
        actions.settle(number, evidence=actions.Brought("done"), by=bo, now=MONDAY)
    assert not waits_above(above, case(number))
    take_on(number, town.lane_grid, above)
    with refused("move_not_yours", NotYours):
        actions.dispatch(number, lead=town.water_post.pk, by=mei, now=MONDAY)
    actions.dispatch(number, lead=town.water_post.pk, by=above, now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.recall(number, reason="give it to another", by=mei, now=MONDAY)
    actions.hand_back(number, reason="not our pipe", by=as_(town.wen), now=MONDAY)
    assert case(number).keeper_id == above.grants[0].post, "it is back on the desk that gave it"
    with refused("move_not_yours", NotYours):
        actions.dispatch(number, lead=town.water_post.pk, by=mei, now=MONDAY)
    actions.pass_down(number, to=town.two_wells.code, reason="the street can", by=above, now=MONDAY)
    assert not waits_above(mei, case(number))
    actions.assign_firmly(number, lead=town.water_post.pk, reason="theirs", by=mei, now=MONDAY)


def test_a_community_sees_what_its_street_decides_and_decides_what_is_passed_down(town: Town) -> None:
    role = Role.objects.get(code="community_branch_secretary")
    make_holding(town.lan, make_post(role=role, unit=town.centre, ground=town.well_lane, title="井巷书记岗"))
    forget()
    number, secretary = reported(town), as_(town.lan)
    with refused("move_not_yours", NotYours):
        take_on(number, town.lane_grid, secretary)
    actions.pass_down(number, to=town.well_lane.code, reason="the community can", by=as_(town.mei), now=MONDAY)
    actions.pass_up(number, reason="we cannot", by=secretary, now=MONDAY)
    with refused("move_not_yours", NotYours):
        take_on(number, town.lane_grid, secretary)
    actions.pass_down(number, to=town.well_lane.code, reason="you can", by=as_(town.mei), now=MONDAY)
    assert take_on(number, town.lane_grid, secretary).state == State.ACCEPTED


def test_a_village_without_a_desk_above_decides_for_itself(town: Town) -> None:
    """One village on a laptop: nobody sits in its town or county."""
    role = Role.objects.get(code="centre_clerk")
    post = make_post(role=role, unit=town.bridge_centre, ground=town.bridge_village, title="桥头受理岗")
    Holding.objects.filter(person=town.ding).update(post=post)
    Post.objects.filter(pk=town.dings_post.pk).delete()
    forget()
    number = reported(town, place=town.bridge_grid.code)
    assert take_on(number, town.bridge_grid, as_(town.ding)).state == State.ACCEPTED


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
