from collections.abc import Callable
from typing import Any

import pytest

from tests.town import Town
from yiwang.cases import actions, queries
from yiwang.cases.models import Assignment, Petition
from yiwang.cases.rules import Track
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, case, make_lamp, refused
from yiwang.catalogue.models import Item
from yiwang.catalogue.rules import Urgency, usual_limits
from yiwang.catalogue.tests.make import make_item, make_responsibility
from yiwang.people.models import Role
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import NotYours


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def propose(town: Town, number: int, track: Track = Track.SPECIAL, hours: float | None = 80) -> None:
    actions.propose_track(number, track=track, hours=hours, reason="a whole bridge", by=as_(town.mei), now=MONDAY)


def approved(town: Town, track: Track = Track.SPECIAL) -> int:
    number = accepted(town)
    propose(town, number, track)
    actions.grant_track(number, by=as_(town.gu), now=MONDAY)
    return number


def give(town: Town, number: int, *assisting: int, track: Track | None = None) -> None:
    actions.dispatch(number, lead=town.water_post.pk, assisting=assisting, track=track, by=as_(town.mei), now=MONDAY)


def handle_due(number: int) -> object:
    return Assignment.objects.get(case=number, part="lead", ended_at=None).handle_due


def test_an_approved_track_is_taken_with_its_own_limit(town: Town) -> None:
    number = approved(town)
    give(town, number)
    assert (case(number).track, handle_due(number), case(number).due_at) == (Track.SPECIAL, at(days=14), at(days=14))


def test_a_task_force_has_helpers_and_they_have_its_limit(town: Town) -> None:
    number = approved(town, Track.TASK_FORCE)
    with refused("track_needs_helpers"):
        give(town, number)
    give(town, number, town.bos_post.pk)
    assert set(Assignment.objects.filter(case=number).values_list("handle_due", flat=True)) == {at(days=14)}


def test_whoever_approves_may_give_another_limit(town: Town) -> None:
    number = accepted(town)
    propose(town, number)
    actions.grant_track(number, hours=48, by=as_(town.gu), now=MONDAY)
    give(town, number)
    assert handle_due(number) == at(days=8)


def test_a_limit_of_its_own_runs_on_the_clock_of_the_item(town: Town) -> None:
    make_item("PIPE", urgency=Urgency.EMERGENCY, limits=usual_limits(Urgency.EMERGENCY))
    number, mei = accepted(town), as_(town.mei)
    actions.reclassify(number, item="PIPE", place=town.lane_grid.code, reason="a pipe", by=mei, now=MONDAY)
    propose(town, number, hours=80)
    actions.grant_track(number, by=as_(town.gu), now=MONDAY)
    give(town, number)
    assert handle_due(number) == at(hours=80)


@pytest.mark.parametrize(
    ("hours", "code"),
    [(None, "no_time_asked"), (0, "no_time_asked"), (-1, "no_time_asked"), (float("nan"), "no_time_asked"),
     (3000, "special_limit_too_long"), (float("inf"), "special_limit_too_long")],
)  # fmt: skip
def test_a_special_track_needs_a_limit_that_ends_within_a_year(town: Town, hours: float | None, code: str) -> None:
    number = accepted(town)
    with refused(code):
        propose(town, number, hours=hours)
    propose(town, number)
    if hours is not None:
        with refused(code):
            actions.grant_track(number, hours=hours, by=as_(town.gu), now=MONDAY)


@pytest.mark.parametrize("track", [Track.AT_ONCE, Track.JOINT])
def test_a_track_that_anybody_may_choose_is_not_proposed(town: Town, track: Track) -> None:
    with refused("track_needs_no_approval"):
        propose(town, accepted(town), track)


def test_without_approval_or_after_a_refusal_the_track_is_closed(town: Town) -> None:
    number = accepted(town)
    with refused("track_not_approved"):
        give(town, number, track=Track.SPECIAL)
    propose(town, number)
    with refused("track_not_approved"):
        give(town, number, track=Track.SPECIAL)
    actions.refuse_track(number, reason="five days will do", by=as_(town.gu), now=MONDAY)
    with refused("track_not_approved"):
        give(town, number, track=Track.SPECIAL)
    give(town, number)
    assert (case(number).track, handle_due(number)) == (Track.AT_ONCE, at(days=7))


def test_an_approval_for_one_track_is_none_for_the_other(town: Town) -> None:
    number = approved(town)
    with refused("track_not_approved"):
        give(town, number, town.bos_post.pk, track=Track.TASK_FORCE)


def test_nobody_approves_what_they_proposed(town: Town) -> None:
    number, gu = accepted(town), as_(town.gu)
    actions.propose_track(number, track=Track.SPECIAL, hours=80, reason="a bridge", by=gu, now=MONDAY)
    with refused("own_request"):
        actions.grant_track(number, by=gu, now=MONDAY)
    with refused("own_request"):
        actions.refuse_track(number, reason="no", by=gu, now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.grant_track(number, by=as_(town.mei), now=MONDAY)


def test_the_head_of_a_unit_that_is_only_proposed_decides_nothing_about_its_track(town: Town) -> None:
    head = make_person("head", name="水总", ground=town.county)
    role = Role.objects.get(code="department_head")
    make_holding(head, make_post(role=role, unit=town.water_company, ground=town.county, title="水总岗"))
    make_responsibility(Item.objects.get(code="LAMP"), town.water_post, place=town.county)
    forget()
    number = accepted(town)
    assert case(number).lead_id == town.water_post.pk, "proposed, and not dispatched yet"
    propose(town, number)
    assert [turn.petition for turn in queries.to_decide(as_(head))] == []
    with refused("move_not_yours", NotYours):
        actions.grant_track(number, by=as_(head), now=MONDAY)
    actions.grant_track(number, by=as_(town.gu), now=MONDAY)
    give(town, number, track=Track.SPECIAL)
    actions.sign_for(number, by=as_(town.wen), now=MONDAY)
    actions.ask_more_time(number, hours=8, reason="a pump is missing", by=as_(town.wen), now=MONDAY)
    assert [turn.case.number for turn in queries.to_decide(as_(head))] == [number]
    actions.grant_more_time(number, by=as_(head), now=MONDAY)


def test_one_track_is_proposed_at_a_time_and_nothing_else_is_decided(town: Town) -> None:
    number = accepted(town)
    with refused("nothing_asked"):
        actions.grant_track(number, by=as_(town.gu), now=MONDAY)
    propose(town, number)
    with refused("asked_already"):
        propose(town, number)
    with refused("move_lacks"):
        actions.refuse_track(number, reason=" ", by=as_(town.gu), now=MONDAY)
    actions.refuse_track(number, reason="five days will do", by=as_(town.gu), now=MONDAY)
    propose(town, number)


def test_a_proposal_that_nobody_waited_for_lapses(town: Town) -> None:
    number = accepted(town)
    propose(town, number)
    give(town, number)
    assert Petition.objects.get(case=number).granted is False
    actions.recall(number, reason="elsewhere", by=as_(town.gu), now=MONDAY)
    with refused("nothing_asked"):
        actions.grant_track(number, by=as_(town.gu), now=MONDAY)


def hand_back(town: Town, number: int) -> None:
    actions.hand_back(number, reason="not ours", by=as_(town.wen), now=MONDAY)


def recall(town: Town, number: int) -> None:
    actions.recall(number, reason="too slow", by=as_(town.gu), now=MONDAY)


@pytest.mark.parametrize("take_away", [hand_back, recall])
def test_an_approval_ends_when_the_post_hands_back_or_loses_the_case(
    town: Town, take_away: Callable[[Town, int], None]
) -> None:
    number = approved(town)
    again: dict[str, Any] = {"lead": town.water_post.pk, "by": as_(town.mei), "now": MONDAY}
    give(town, number)
    take_away(town, number)
    with refused("track_not_approved"):
        actions.assign_firmly(number, reason="as before", track=Track.SPECIAL, **again)
    actions.assign_firmly(number, reason="as usual", **again)
    assert (case(number).track, handle_due(number)) == (Track.AT_ONCE, at(days=7))


def test_an_approval_ends_when_the_matter_is_said_to_be_another(town: Town) -> None:
    number, mei = approved(town), as_(town.mei)
    actions.reclassify(number, item="LAMP", place=town.lane_grid.code, reason="looked again", by=mei, now=MONDAY)
    with refused("track_not_approved"):
        give(town, number, track=Track.SPECIAL)


def test_after_a_recall_the_track_can_be_approved_once_more(town: Town) -> None:
    number = approved(town)
    give(town, number)
    actions.recall(number, reason="the crane is broken", by=as_(town.gu), now=MONDAY)
    propose(town, number, hours=48)
    actions.grant_track(number, by=as_(town.gu), now=MONDAY)
    give(town, number)
    assert (case(number).track, handle_due(number)) == (Track.SPECIAL, at(days=8))
