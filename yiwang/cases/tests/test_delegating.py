import pytest

from tests.town import Town
from yiwang.cases import actions, queries
from yiwang.cases.models import Assignment, Petition, Step
from yiwang.cases.rules import State, Track
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, case, dispatched, in_hand, make_lamp, refused
from yiwang.people.models import Person, Post, Role
from yiwang.people.rules import Duty
from yiwang.people.tests.make import make_holding, make_person, make_post
from yiwang.plumbing.refusals import NotYours, Overtaken


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


@pytest.fixture
def colleague(town: Town) -> Post:
    """Another post of the water company, held by nobody yet."""
    return make_post(Duty.HANDLE, unit=town.water_company, ground=town.county)


@pytest.fixture
def hai(town: Town) -> Person:
    """The head of the water company."""
    role = Role.objects.get(code="department_head")
    person = make_person("hai", name="海总", ground=town.county)
    make_holding(person, make_post(role=role, unit=town.water_company, ground=town.county))
    return person


def lead_of(number: int) -> Assignment:
    return Assignment.objects.get(case=number, part="lead", ended_at=None)


def test_the_lead_hands_on_and_no_clock_moves(town: Town, colleague: Post) -> None:
    number = in_hand(town)
    before, due = lead_of(number), case(number).next_due_at
    after = actions.delegate(number, post=colleague.pk, reason="管网科的事", by=as_(town.wen), now=at(hours=3))
    assert (after.lead_id, after.keeper_id, after.state, after.next_due_at) == (
        colleague.pk, colleague.pk, State.IN_HAND, due,
    )  # fmt: skip
    part = lead_of(number)
    assert (part.post_id, part.given_at, part.sign_due, part.handle_due, part.signed_at) == (
        colleague.pk, before.given_at, before.sign_due, before.handle_due, before.signed_at,
    )  # fmt: skip
    before.refresh_from_db()
    assert (before.ending, before.ended_at) == ("delegated", at(hours=3))
    step = Step.objects.filter(number=number).order_by("-seq")[0]
    assert (step.move, step.capacity, step.post_id, step.given, step.reason) == (
        "delegate", "lead", town.water_post.pk, {"lead": colleague.pk}, "管网科的事",
    )  # fmt: skip


def test_what_is_not_signed_for_yet_waits_for_the_other_post_to_sign(town: Town, colleague: Post) -> None:
    number = dispatched(town)
    keeper = case(number).keeper_id
    actions.delegate(number, post=colleague.pk, by=as_(town.wen), now=MONDAY)
    assert (case(number).state, case(number).keeper_id) == (State.DISPATCHED, keeper)
    with refused("move_not_yours", NotYours):
        actions.sign_for(number, by=as_(town.wen), now=MONDAY)
    zhao = make_person("zhao", ground=town.county)
    make_holding(zhao, colleague)
    assert actions.sign_for(number, by=as_(zhao), now=MONDAY).keeper_id == colleague.pk


def test_the_head_of_the_unit_hands_on_and_the_head_of_the_centre_does_not(
    town: Town, colleague: Post, hai: Person
) -> None:
    number = in_hand(town)
    with refused("move_not_yours", NotYours):
        actions.delegate(number, post=colleague.pk, by=as_(town.gu), now=MONDAY)
    assert actions.delegate(number, post=colleague.pk, by=as_(hai), now=MONDAY).lead_id == colleague.pk


def test_a_case_is_handed_on_within_the_unit_only_and_to_who_can_deal_with_it(town: Town, colleague: Post) -> None:
    looks_only = make_post(Duty.SEE_NUMBERS, unit=town.water_company, ground=town.county)
    elsewhere = make_post(Duty.HANDLE, unit=town.water_company, ground=town.stone_bridge)
    number, wen = in_hand(town), as_(town.wen)
    for post, code in (
        (town.water_post, "leads_already"), (town.bos_post, "not_of_the_unit"), (looks_only, "post_not_there"),
        (elsewhere, "post_not_there"),
    ):  # fmt: skip
        with refused(code):
            actions.delegate(number, post=post.pk, by=wen, now=MONDAY)
    actions.call_in(number, post=colleague.pk, reason="x", by=as_(town.mei), now=MONDAY)
    with refused("lead_cannot_assist"):
        actions.delegate(number, post=colleague.pk, by=wen, now=MONDAY)


def test_nobody_else_hands_on_and_not_what_lies_at_the_desk(town: Town, colleague: Post) -> None:
    number = in_hand(town)
    for stranger in (town.mei, town.bo):
        with refused("move_not_yours", NotYours):
            actions.delegate(number, post=colleague.pk, by=as_(stranger), now=MONDAY)
    with refused("move_too_late", Overtaken):
        actions.delegate(accepted(town), post=colleague.pk, by=as_(town.gu), now=MONDAY)


def test_what_was_assigned_firmly_stays_firm_and_hand_backs_are_counted_on(town: Town, colleague: Post) -> None:
    number = accepted(town)
    actions.assign_firmly(number, lead=town.water_post.pk, reason="最终", by=as_(town.mei), now=MONDAY)
    actions.delegate(number, post=colleague.pk, by=as_(town.wen), now=MONDAY)
    zhao = make_person("zhao", ground=town.county)
    make_holding(zhao, colleague)
    with refused("assigned_firmly"):
        actions.hand_back(number, reason="不归我管", by=as_(zhao), now=MONDAY)


def ask(town: Town, number: int, post: Post | None = None) -> None:
    actions.ask_help(
        number, post=(post or town.bos_post).pk, reason="要登高车", by=as_(town.wen), now=at(hours=1)
    )  # fmt: skip


def test_the_lead_asks_for_another_unit_and_the_centre_calls_it_in(town: Town) -> None:
    number = in_hand(town)
    ask(town, number)
    assert case(number).assisting == []
    (turn,) = queries.mine_now(as_(town.mei)).to_decide
    assert turn.petition is not None
    assert (turn.case.number, turn.petition.helper_id) == (number, town.bos_post.pk)
    after = actions.grant_help(number, by=as_(town.mei), now=at(hours=2))
    assert (after.assisting, after.track) == ([town.bos_post.pk], Track.JOINT)
    assert Assignment.objects.get(case=number, post=town.bos_post).given_at == at(hours=2)
    assert Petition.objects.get(case=number).granted is True
    assert queries.mine_now(as_(town.mei)).to_decide == []


def test_the_centre_says_no_with_a_reason(town: Town) -> None:
    number = in_hand(town)
    ask(town, number)
    with refused("move_lacks"):
        actions.refuse_help(number, reason=" ", by=as_(town.mei), now=MONDAY)
    actions.refuse_help(number, reason="登高车在别处", by=as_(town.mei), now=MONDAY)
    assert (case(number).assisting, Petition.objects.get(case=number).answer) == ([], "登高车在别处")
    with refused("nothing_asked"):
        actions.grant_help(number, by=as_(town.mei), now=MONDAY)


def test_the_head_of_a_unit_does_not_decide_who_of_others_helps(town: Town, hai: Person) -> None:
    number = in_hand(town)
    ask(town, number)
    assert queries.mine_now(as_(hai)).to_decide == []
    for stranger in (hai, town.wen, town.bo):
        with refused("move_not_yours", NotYours):
            actions.grant_help(number, by=as_(stranger), now=MONDAY)


def test_help_that_could_not_be_called_in_is_not_asked_for(town: Town) -> None:
    number = in_hand(town)
    for post, code in ((town.water_post, "lead_cannot_assist"), (town.dings_post, "post_not_there")):
        with refused(code):
            ask(town, number, post)
    ask(town, number)
    with refused("asked_already"):
        ask(town, number)
    actions.call_in(number, post=town.bos_post.pk, reason="同意", by=as_(town.mei), now=MONDAY)
    with refused("helper_twice"):
        actions.grant_help(number, by=as_(town.mei), now=MONDAY)


def test_what_was_asked_lapses_when_the_case_goes_back(town: Town) -> None:
    number = in_hand(town)
    ask(town, number)
    actions.hand_back(number, reason="不归我管", by=as_(town.wen), now=at(hours=2))
    assert Petition.objects.get(case=number).granted is False
