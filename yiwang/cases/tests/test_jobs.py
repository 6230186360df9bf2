from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases import actions, jobs
from yiwang.cases.access import reporter
from yiwang.cases.models import Assignment, Case, Note, Step, Words
from yiwang.cases.rules import State
from yiwang.cases.tests.make import (
    MONDAY,
    accepted,
    as_,
    at,
    case,
    checked,
    closed,
    dispatched,
    finished,
    in_hand,
    make_lamp,
    refused,
    reported,
)
from yiwang.people import access
from yiwang.people.actions import follow_redrawing as people_follow
from yiwang.people.facts import PostFollowed
from yiwang.people.models import Post
from yiwang.people.rules import Redrawing
from yiwang.people.tests.make import make_post
from yiwang.places.facts import GroundRedrawn
from yiwang.places.models import Place
from yiwang.places.tests.make import box, make_boundary, make_place
from yiwang.plumbing.facts import announce
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

EFFECTIVE = MONDAY.date()


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def ended(number: int) -> dict[str, Any]:
    """What the listeners are told of a case that ended."""
    found = case(number)
    return {"case": number, "county": found.county} | ({"whole": found.part_of} if found.part_of else {})


def new_grid(code: str) -> Place:
    place = make_place(code)
    forget("places")
    return place


def redrawn(old: Place, *new: Place) -> GroundRedrawn:
    """The old place ended on Monday, and these follow it."""
    Place.objects.filter(pk=old.pk).update(valid_to=EFFECTIVE)
    forget("places")
    return GroundRedrawn(1, EFFECTIVE, {old.code: [place.code for place in new]})


def redraw(old: Place, *new: Place) -> None:
    fact = redrawn(old, *new)
    for _time in range(2):
        actions.follow_redrawing(fact, now=at(hours=1))


# The whole, and those who told of the same


def test_the_whole_goes_on_by_itself_when_its_last_part_ends(town: Town) -> None:
    number = reported(town)
    actions.split(
        number, parts=[actions.PartTold("灯坏了"), actions.PartTold("井盖松了")], by=as_(town.mei), now=MONDAY
    )  # fmt: skip
    states = []
    for part in Case.objects.filter(part_of=number).order_by("number"):
        actions.decline(part.number, reason="mended already", by=as_(town.mei), now=MONDAY)
        for _time in range(2):
            jobs.join_up_whole(fact=ended(part.number))
        states.append(case(number).state)
    assert states == [State.SPLIT, State.CHECKED]


def test_the_end_of_a_case_that_concerns_nobody_else_asks_for_no_job(town: Town) -> None:
    closed(town)
    assert not [*asked_for("cases.jobs.join_up_whole"), *asked_for("cases.jobs.answer_followers")]


def test_the_end_of_a_part_and_of_a_followed_case_ask_for_their_jobs(town: Town) -> None:
    whole, known, follower = reported(town), reported(town), reported(town)
    actions.split(whole, parts=[actions.PartTold("灯坏了")] * 2, by=as_(town.mei), now=MONDAY)
    actions.merge(follower, into=known, by=as_(town.mei), now=MONDAY)
    part = Case.objects.filter(part_of=whole).first()
    assert part
    for number in (part.number, known):
        actions.decline(number, reason="mended already", by=as_(town.mei), now=MONDAY)
    (joining,), (answering,) = asked_for("cases.jobs.join_up_whole"), asked_for("cases.jobs.answer_followers")
    assert (joining.args["fact"]["whole"], answering.args["fact"]["case"]) == (whole, known)


def test_everybody_who_told_of_the_same_gets_an_answer_once(town: Town) -> None:
    number, follower, known = checked(town), reported(town), accepted(town)
    actions.merge(follower, into=known, by=as_(town.mei), now=MONDAY)
    actions.close(number, by=as_(town.mei), now=MONDAY)
    jobs.answer_followers(fact=ended(number))
    assert not Note.objects.exists()
    actions.decline(known, reason="属于小区物业", by=as_(town.mei), now=MONDAY)
    for _time in range(2):
        jobs.answer_followers(fact=ended(known))
    note = Note.objects.get()
    assert (note.case_id, note.author, note.reporter_reads) == (follower, "clock", True)
    assert "属于小区物业" in note.text


def test_who_follows_a_case_that_ends_twice_is_answered_twice(town: Town) -> None:
    known, follower = accepted(town), reported(town)
    actions.merge(follower, into=known, by=as_(town.mei), now=MONDAY)
    actions.dispatch(known, lead=town.water_post.pk, by=as_(town.mei), now=MONDAY)
    actions.sign_for(known, by=as_(town.wen), now=MONDAY)
    for day in (1, 2):
        actions.finish(known, evidence=actions.Brought("换了灯泡"), by=as_(town.wen), now=at(days=day))
        actions.confirm(known, by=as_(town.bo), now=at(days=day))
        actions.close(known, by=as_(town.mei), now=at(days=day))
        fact = ended(known)
        jobs.answer_followers(fact=fact)
        if day == 1:
            actions.reopen(known, reason="灯又灭了", by=reporter(), now=at(days=day))
            # Told late, when it is open again, it says nothing.
            jobs.answer_followers(fact=fact)
    assert Note.objects.filter(case=follower).count() == 2


# The ground


def test_an_open_case_follows_its_ground_with_all_that_belongs_to_it(town: Town) -> None:
    number, ended_before = in_hand(town), closed(town)
    due = case(number).due_at
    actions.comment(number, text="明天上门", by=as_(town.wen), now=MONDAY)
    new = new_grid("990101001002009")
    redraw(town.lane_grid, new)
    found = case(number)
    assert (found.place, found.desk, found.lead_id, found.due_at) == (
        new.code, town.two_wells.code, town.water_post.pk, due,
    )  # fmt: skip
    assert Assignment.objects.get(case=number).place == new.code
    assert Words.objects.get(case=number).place == new.code
    steps = Step.objects.filter(number=number, move="relocate")
    assert [step.given for step in steps] == [{"from": town.lane_grid.code, "place": new.code}]
    assert case(ended_before).place == town.lane_grid.code


def test_whoever_stands_on_the_new_ground_reads_what_was_noted_on_the_old(town: Town) -> None:
    number = in_hand(town)
    actions.comment(number, text="明天上门", by=as_(town.wen), now=MONDAY)
    new = new_grid("990101001002009")
    redraw(town.lane_grid, new)
    with standing_on([new.code]):
        assert Note.objects.get(case=number).place == town.lane_grid.code
    with standing_on([town.lane_grid.code]):
        assert not Note.objects.exists()
        assert not Case.objects.exists()


def test_what_waits_is_answered_for_anew(town: Town) -> None:
    number = reported(town)
    new = new_grid("990101101001009")
    redraw(town.lane_grid, new)
    found = case(number)
    assert (found.desk, found.keeper_id, found.lead_id) == (
        town.stone_bridge.code, town.dings_post.pk, town.dings_post.pk,
    )  # fmt: skip


def test_of_several_successors_the_position_decides(town: Town) -> None:
    number = in_hand(town)
    Case.objects.filter(number=number).update(lon=106.003, lat=32.001)
    one, other = new_grid("990101001001007"), new_grid("990101001001008")
    make_boundary(one.code, box(0, 0))
    make_boundary(other.code, box(1, 0))
    redraw(town.lane_grid, one, other)
    assert case(number).place == other.code


def test_where_no_position_decides_it_lies_in_what_holds_them_all(town: Town) -> None:
    number, elsewhere = in_hand(town), in_hand(town)
    Case.objects.filter(number=elsewhere).update(lon=120, lat=30)
    one, other = new_grid("990101001001007"), new_grid("990101001002008")
    redraw(town.lane_grid, one, other)
    assert [case(each).place for each in (number, elsewhere)] == [town.two_wells.code] * 2


def test_where_nothing_of_the_county_follows_it_lies_in_what_held_the_old_place(town: Town) -> None:
    number = in_hand(town)
    redraw(town.lane_grid, new_grid("990102101001001"))
    assert case(number).place == town.well_lane.code


def test_a_case_already_there_is_left_alone(town: Town) -> None:
    number = reported(town)
    before = case(number).steps
    actions.relocate(number, place=town.lane_grid.code, now=MONDAY)
    assert case(number).steps == before


def test_ground_of_a_later_day_is_followed_on_that_day(town: Town) -> None:
    number, tomorrow = reported(town), timezone.localdate() + timedelta(days=1)
    new = new_grid("990101001002009")
    announce(GroundRedrawn(1, tomorrow, {town.lane_grid.code: [new.code]}))
    (asked,) = asked_for("cases.jobs.follow_redrawing")
    jobs.follow_redrawing(fact=asked.args["fact"])
    assert case(number).place == town.lane_grid.code
    _, later = asked_for("cases.jobs.follow_redrawing")
    assert later.scheduled_at is not None
    assert timezone.localdate(later.scheduled_at) == tomorrow


# The posts


def gone(post: Post) -> None:
    post.valid_to = EFFECTIVE
    post.save()
    forget(access.TOPIC)


def test_a_case_goes_on_in_the_post_that_stands_in_anothers_stead(town: Town) -> None:
    number = in_hand(town, assisting=(town.bos_post.pk,))
    stead = make_post(role=town.bos_post.role, unit=town.centre, ground=town.lane_grid)
    leads = make_post(role=town.water_post.role, unit=town.water_company, ground=town.county)
    forget(access.TOPIC)
    for was, now in ((town.bos_post, stead), (town.water_post, leads)):
        for _time in range(2):
            actions.follow_post(PostFollowed(was.pk, now.pk, EFFECTIVE), now=at(hours=1))
    found = case(number)
    assert (found.lead_id, found.keeper_id, found.assisting) == (leads.pk, leads.pk, [stead.pk])
    assert {part.post_id for part in Assignment.objects.filter(case=number)} == {leads.pk, stead.pk}
    assert Step.objects.filter(number=number, move="relocate").count() == 2


def test_a_redrawn_grids_case_stays_with_its_worker(town: Town) -> None:
    number = accepted(town)
    actions.dispatch(number, lead=town.bos_post.pk, by=as_(town.mei), now=MONDAY)
    new = new_grid("990101001002009")
    redrawing = Redrawing(1, EFFECTIVE, {town.lane_grid.code: [new.code]})
    people_follow(redrawing, today=EFFECTIVE)
    redraw(town.lane_grid, new)
    forget(access.TOPIC)
    (asked,) = asked_for("cases.jobs.follow_post")
    jobs.follow_post(fact=asked.args["fact"])
    assert actions.take_back_from_gone_posts(now=at(hours=1)) == []
    actions.sign_for(number, by=as_(town.bo), now=at(hours=1))
    assert case(number).state == State.IN_HAND


@pytest.mark.parametrize("make", [dispatched, in_hand])
def test_a_case_whose_post_was_abolished_is_back_on_the_desk(town: Town, make: Any) -> None:
    number, safe = make(town), accepted(town)
    actions.dispatch(safe, lead=town.bos_post.pk, by=as_(town.mei), now=MONDAY)
    gone(town.water_post)
    assert actions.take_back_from_gone_posts(now=at(hours=1)) == [number]
    found = case(number)
    assert (found.state, found.lead_id, found.keeper_id) == (State.ACCEPTED, town.meis_post.pk, town.meis_post.pk)
    assert Assignment.objects.get(case=number).ending == "recalled"
    assert actions.take_back_from_gone_posts(now=at(hours=2)) == []
    with refused("post_not_there"):
        actions.dispatch(number, lead=town.water_post.pk, by=as_(town.mei), now=at(hours=2))
    actions.dispatch(number, lead=town.bos_post.pk, by=as_(town.mei), now=at(hours=2))


def test_what_is_finished_is_proven_without_the_post(town: Town) -> None:
    number = finished(town)
    gone(town.water_post)
    assert actions.take_back_from_gone_posts(now=at(hours=1)) == []
    actions.confirm(number, by=as_(town.bo), now=at(hours=1))
    assert case(number).state == State.CHECKED


def test_the_hourly_job_does_the_same(town: Town) -> None:
    number = in_hand(town)
    gone(town.water_post)
    with standing_on(EVERYWHERE):
        jobs.take_back_from_gone_posts(timestamp=0)
    assert case(number).state == State.ACCEPTED
