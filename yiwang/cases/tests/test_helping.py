import pytest

from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.models import Assignment, Step
from yiwang.cases.rules import State, Track
from yiwang.cases.tests.make import MONDAY, as_, at, case, dispatched, in_hand, make_lamp, refused
from yiwang.people.models import Post, Role
from yiwang.people.rules import Duty
from yiwang.people.tests.make import make_holding, make_post
from yiwang.plumbing.refusals import NotYours, Overtaken


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def helped(town: Town, *, post: Post | None = None) -> int:
    """The number of a case in hand to which a post was called in; Bo's unless another is named."""
    number = in_hand(town)
    call(town, number, post or town.bos_post)
    return number


def call(town: Town, number: int, post: Post) -> None:
    actions.call_in(number, post=post.pk, reason="a ladder is needed", by=as_(town.mei), now=at(hours=1))


def second_post(town: Town) -> Post:
    """Another post of Bo's, over the whole street."""
    post = make_post(
        role=Role.objects.get(code="grid_head"), unit=town.centre, ground=town.two_wells, title="双井网格长"
    )
    make_holding(town.bo, post)
    return post


def test_who_is_called_in_has_a_clock_that_begins_then(town: Town) -> None:
    number = helped(town)
    part = Assignment.objects.get(case=number, post=town.bos_post)
    assert (part.part, part.given_at, part.sign_due, part.handle_due) == (
        "assisting", at(hours=1), at(days=1, hours=1), at(days=7, hours=1),
    )  # fmt: skip
    assert case(number).assisting == [town.bos_post.pk]


def test_what_one_post_did_alone_is_joint_when_a_helper_is_called_in(town: Town) -> None:
    number = in_hand(town)
    assert case(number).track == Track.AT_ONCE
    call(town, number, town.bos_post)
    assert case(number).track == Track.JOINT


def test_a_special_track_stays_special_and_its_limit_is_also_the_helpers(town: Town) -> None:
    number = dispatched(town)
    actions.recall(number, reason="a special limit", by=as_(town.gu), now=MONDAY)
    actions.propose_track(number, track=Track.SPECIAL, hours=80, reason="a bridge", by=as_(town.mei), now=MONDAY)
    actions.grant_track(number, by=as_(town.gu), now=MONDAY)
    actions.dispatch(number, lead=town.water_post.pk, by=as_(town.mei), now=MONDAY)
    call(town, number, town.bos_post)
    assert case(number).track == Track.SPECIAL
    assert Assignment.objects.get(case=number, post=town.bos_post).handle_due == at(days=14, hours=1)


def test_a_helper_signs_and_finishes_and_is_not_among_the_helpers_any_more(town: Town) -> None:
    number, bo = helped(town), as_(town.bo)
    actions.sign_part(number, by=bo, now=at(hours=2))
    actions.finish_part(number, note="the ladder stood", by=bo, now=at(hours=3))
    part = Assignment.objects.get(case=number, post=town.bos_post)
    assert (part.signed_at, part.signed_by, part.ended_at, part.ending) == (
        at(hours=2), bo.subject, at(hours=3), "done",
    )  # fmt: skip
    assert (case(number).state, case(number).assisting) == (State.IN_HAND, [])
    last = Step.objects.filter(number=number).order_by("-seq")[0]
    assert (last.move, last.post_id, last.given["note"]) == ("finish_part", town.bos_post.pk, "the ladder stood")


def test_who_finishes_without_having_signed_has_signed_at_the_same_time(town: Town) -> None:
    number = helped(town)
    actions.finish_part(number, note="done", by=as_(town.bo), now=at(hours=3))
    part = Assignment.objects.get(case=number, post=town.bos_post)
    assert part.signed_at == part.ended_at == at(hours=3)


def test_a_part_is_signed_for_once_and_finished_once(town: Town) -> None:
    number, bo = helped(town), as_(town.bo)
    actions.sign_part(number, by=bo, now=at(hours=2))
    with refused("part_signed_already"):
        actions.sign_part(number, by=bo, now=at(hours=3))
    actions.finish_part(number, note="done", by=bo, now=at(hours=3))
    with refused("move_not_yours", NotYours):
        actions.finish_part(number, note="done", by=bo, now=at(hours=3))


def test_a_helping_post_is_called_in_again_only_when_it_is_done(town: Town) -> None:
    number = helped(town)
    with refused("helper_twice"):
        call(town, number, town.bos_post)
    actions.finish_part(number, note="the ladder stood", by=as_(town.bo), now=at(hours=2))
    call(town, number, town.bos_post)
    actions.finish_part(number, note="the ladder is away", by=as_(town.bo), now=at(hours=3))
    parts = Assignment.objects.filter(case=number, post=town.bos_post)
    assert sorted(parts.values_list("ending", "ended_at")) == [("done", at(hours=2)), ("done", at(hours=3))]
    assert case(number).assisting == []


def test_the_lead_does_not_help_itself(town: Town) -> None:
    with refused("lead_cannot_assist"):
        call(town, in_hand(town), town.water_post)


def test_who_is_not_there_or_cannot_handle_or_is_elsewhere_is_not_called_in(town: Town) -> None:
    number = in_hand(town)
    ended = make_post(Duty.HANDLE, ground=town.county, valid_to=MONDAY.date())
    for post in (town.dings_post, town.meis_post, ended):
        with refused("post_not_there"):
            call(town, number, post)
    with refused("post_not_there"):
        actions.call_in(number, post=10**9, reason="help", by=as_(town.mei), now=MONDAY)


def test_only_the_desk_calls_in_and_says_why(town: Town) -> None:
    number = in_hand(town)
    with refused("move_not_yours", NotYours):
        actions.call_in(number, post=town.bos_post.pk, reason="help", by=as_(town.wen), now=MONDAY)
    with refused("move_lacks"):
        actions.call_in(number, post=town.bos_post.pk, reason=" ", by=as_(town.mei), now=MONDAY)
    with refused("move_lacks"):
        actions.finish_part(helped(town), note=" ", by=as_(town.bo), now=MONDAY)


def test_of_two_posts_that_help_the_inner_one_acts_unless_the_other_is_named(town: Town) -> None:
    outer = second_post(town)
    number, bo = helped(town), as_(town.bo)
    call(town, number, outer)
    actions.sign_part(number, post=outer.pk, by=bo, now=at(hours=2))
    assert Step.objects.filter(number=number).order_by("-seq")[0].post_id == outer.pk
    actions.sign_part(number, by=bo, now=at(hours=3))
    signed = Assignment.objects.filter(case=number, part="assisting").values_list("post_id", "signed_at")
    assert set(signed) == {(outer.pk, at(hours=2)), (town.bos_post.pk, at(hours=3))}
    actions.finish_part(number, post=outer.pk, note="done", by=bo, now=at(hours=4))
    assert case(number).assisting == [town.bos_post.pk]
    actions.finish_part(number, note="done", by=bo, now=at(hours=4))
    assert case(number).assisting == []


def test_nobody_acts_for_a_post_that_is_not_theirs_or_does_not_help(town: Town) -> None:
    outer = second_post(town)
    number, bo = in_hand(town, assisting=(town.bos_post.pk,)), as_(town.bo)
    for post in (town.water_post.pk, outer.pk):
        with refused("no_such_part"):
            actions.sign_part(number, post=post, by=bo, now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.sign_part(number, by=as_(town.wen), now=MONDAY)


@pytest.mark.parametrize("who", ["wen", "mei"])
def test_the_lead_or_the_desk_lets_a_helper_go(town: Town, who: str) -> None:
    number = helped(town)
    by = as_(getattr(town, who))
    actions.release_part(number, post=town.bos_post.pk, reason="not needed after all", by=by, now=at(hours=2))
    part = Assignment.objects.get(case=number, post=town.bos_post)
    assert (part.ending, part.ended_at, case(number).assisting) == ("released", at(hours=2), [])
    with refused("no_such_part"):
        actions.release_part(number, post=town.bos_post.pk, reason="again", by=by, now=at(hours=2))


def test_the_lead_is_not_released_as_a_helper_nor_by_one(town: Town) -> None:
    number = helped(town)
    with refused("no_such_part"):
        actions.release_part(number, post=town.water_post.pk, reason="enough", by=as_(town.mei), now=MONDAY)
    with refused("move_not_yours", NotYours):
        actions.release_part(number, post=town.bos_post.pk, reason="enough", by=as_(town.bo), now=MONDAY)


def test_when_the_case_is_taken_back_its_helpers_are_free(town: Town) -> None:
    number = helped(town)
    actions.hand_back(number, reason="not ours", by=as_(town.wen), now=at(hours=2))
    assert Assignment.objects.get(case=number, post=town.bos_post).ending == "released"
    with refused("move_too_late", Overtaken):
        actions.sign_part(number, by=as_(town.bo), now=at(hours=3))
