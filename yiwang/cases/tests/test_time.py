from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases import actions
from yiwang.cases.access import Actor
from yiwang.cases.jobs import resume_by_itself
from yiwang.cases.models import Assignment, Petition, Step
from yiwang.cases.rules import State, Track
from yiwang.cases.tests.make import MONDAY, accepted, as_, at, case, dispatched, in_hand, make_lamp, refused, reported
from yiwang.catalogue.rules import Stage, Urgency, usual_limits
from yiwang.catalogue.tests.make import make_item
from yiwang.people.models import Person, Role
from yiwang.people.tests.make import make_holding, make_post
from yiwang.plumbing.refusals import NotYours, Overtaken
from yiwang.plumbing.walls.ground import standing_on
from yiwang.plumbing.worktime.actions import import_statutory, set_day
from yiwang.plumbing.worktime.rules import DayKind

# Monday the 9th, 9:30: five working days after the Monday of the tests.
DUE = at(days=7)


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def heads_the_company(town: Town, person: Person) -> Actor:
    """The person as head of the water company, besides whatever they are."""
    role = Role.objects.get(code="department_head")
    make_holding(person, make_post(role=role, unit=town.water_company, ground=town.county, title="水务负责人"))
    return as_(person)


def ask_more(town: Town, number: int, hours: float = 8, *, now: datetime = MONDAY) -> None:
    actions.ask_more_time(number, hours=hours, reason="the part is not in store", by=as_(town.wen), now=now)


def give_more(town: Town, number: int, hours: float = 8, *, now: datetime = MONDAY) -> None:
    ask_more(town, number, hours, now=now)
    actions.grant_more_time(number, by=as_(town.gu), now=now)


def ask_pause(town: Town, number: int, until: datetime, *, now: datetime = MONDAY) -> None:
    actions.ask_pause(number, until=until, reason="the ground is frozen", by=as_(town.wen), now=now)


def paused(town: Town, until: datetime, *, now: datetime = MONDAY, **made: Any) -> int:
    number = in_hand(town, **made)
    ask_pause(town, number, until, now=now)
    actions.grant_pause(number, by=as_(town.gu), now=now)
    return number


def dues(number: int) -> list[datetime]:
    """When the parts that are open are due, the lead's first."""
    return list(
        Assignment.objects.filter(case=number, ended_at=None).order_by("pk").values_list("handle_due", flat=True)
    )


def test_more_time_moves_every_part_and_the_promise_by_the_same_working_span(town: Town) -> None:
    number = in_hand(town, assisting=(town.bos_post.pk,))
    give_more(town, number, 12)
    found, later = case(number), at(days=8, hours=5.5)  # Tuesday, four hours of work (and noon) later
    assert dues(number) == [later, later]
    assert (found.due_at, found.next_due_at, found.next_stage, found.extensions) == (later, later, Stage.HANDLE, 1)


def test_more_time_runs_over_a_holiday(town: Town) -> None:
    set_day(date(2026, 3, 10), DayKind.HOLIDAY, by="person:1", name="庙会")
    number = in_hand(town)
    give_more(town, number, 8)
    assert dues(number) == [at(days=9)]


def test_more_time_of_a_running_limit_runs_day_and_night(town: Town) -> None:
    make_item("PIPE", urgency=Urgency.EMERGENCY, limits=usual_limits(Urgency.EMERGENCY))
    number, mei = reported(town), as_(town.mei)
    actions.accept(number, item="PIPE", place=town.lane_grid.code, by=mei, now=MONDAY)
    actions.dispatch(number, lead=town.water_post.pk, by=mei, now=MONDAY)
    with refused("more_than_one_limit"):
        ask_more(town, number, 2.01)
    give_more(town, number, 2)
    assert dues(number) == [at(hours=4)]


def test_what_waits_to_be_signed_for_is_due_next_as_before(town: Town) -> None:
    number = dispatched(town)
    waiting = case(number).next_due_at
    give_more(town, number)
    assert (case(number).next_due_at, case(number).next_stage) == (waiting, Stage.SIGN_FOR)
    actions.sign_for(number, by=as_(town.wen), now=at(hours=1))
    assert case(number).next_due_at == at(days=8)


def test_more_time_is_asked_for_before_the_case_is_overdue(town: Town) -> None:
    number = in_hand(town)
    with refused("overdue_already"):
        ask_more(town, number, now=DUE + timedelta(microseconds=1))
    ask_more(town, number, now=DUE)


def test_what_was_asked_for_in_time_may_be_granted_later(town: Town) -> None:
    number = in_hand(town)
    ask_more(town, number, now=DUE)
    actions.grant_more_time(number, by=as_(town.gu), now=DUE + timedelta(days=3))
    assert dues(number) == [at(days=8)]


def test_more_time_is_granted_twice_and_refusals_do_not_count(town: Town) -> None:
    number = in_hand(town)
    for _time in range(3):
        ask_more(town, number)
        actions.refuse_more_time(number, reason="try the other store", by=as_(town.gu), now=MONDAY)
    assert dues(number) == [DUE]
    give_more(town, number)
    give_more(town, number)
    assert dues(number) == [at(days=9)]
    with refused("extended_too_often"):
        ask_more(town, number)


@pytest.mark.parametrize(
    ("hours", "code"),
    [(0, "no_time_asked"), (-8, "no_time_asked"), (float("nan"), "no_time_asked"),
     (40.1, "more_than_one_limit"), (1e300, "more_than_one_limit"), (float("inf"), "more_than_one_limit")],
)  # fmt: skip
def test_at_most_one_original_limit_is_asked_for(town: Town, hours: float, code: str) -> None:
    number = in_hand(town)
    with refused(code):
        ask_more(town, number, hours)


def test_the_approved_limit_of_a_special_track_is_the_original_one(town: Town) -> None:
    number, mei = accepted(town), as_(town.mei)
    actions.propose_track(number, track=Track.SPECIAL, hours=80, reason="a bridge", by=mei, now=MONDAY)
    actions.grant_track(number, by=as_(town.gu), now=MONDAY)
    actions.dispatch(number, lead=town.water_post.pk, by=mei, now=MONDAY)
    with refused("more_than_one_limit"):
        ask_more(town, number, 80.5)
    give_more(town, number, 80)
    assert dues(number) == [at(days=28)]
    assert case(number).due_at == at(days=28)


def test_one_question_of_a_kind_waits_at_a_time(town: Town) -> None:
    number = in_hand(town)
    ask_more(town, number)
    with refused("asked_already"):
        ask_more(town, number)
    ask_pause(town, number, at(days=9))
    with refused("asked_already"):
        ask_pause(town, number, at(days=9))
    assert Petition.objects.filter(case=number).count() == 2


def test_the_database_too_keeps_one_question_of_a_kind(town: Town) -> None:
    number = in_hand(town)
    ask_more(town, number)
    again = Petition.objects.get(case=number)
    again.pk = None
    with pytest.raises(IntegrityError, match="asked_once_at_a_time"), transaction.atomic():
        again.save()


def test_nothing_is_decided_that_was_not_asked(town: Town) -> None:
    number, gu = in_hand(town), as_(town.gu)
    for decide in (actions.grant_more_time, actions.grant_pause):
        with refused("nothing_asked"):
            decide(number, by=gu, now=MONDAY)
    for refuse in (actions.refuse_more_time, actions.refuse_pause):
        with refused("nothing_asked"):
            refuse(number, reason="no", by=gu, now=MONDAY)


def test_who_asked_does_not_decide_in_another_post_of_theirs(town: Town) -> None:
    number, wen = in_hand(town), heads_the_company(town, town.wen)
    ask_more(town, number)
    ask_pause(town, number, at(days=9))
    for decide in (actions.grant_more_time, actions.grant_pause):
        with refused("own_request"):
            decide(number, by=wen, now=MONDAY)
    with refused("own_request"):
        actions.refuse_pause(number, reason="no", by=wen, now=MONDAY)
    assert (case(number).state, dues(number)) == (State.IN_HAND, [DUE])


def test_nor_does_a_program_decide_for_whom_it_acts_or_they_for_it(town: Town) -> None:
    number, wen = in_hand(town), heads_the_company(town, town.wen)
    program = Actor("token:1", "api", wen.grants, identity=wen.identity)
    ask_more(town, number)
    with refused("own_request"):
        actions.grant_more_time(number, by=program, now=MONDAY)
    actions.ask_pause(number, until=at(days=9), reason="frost", by=program, now=MONDAY)
    with refused("own_request"):
        actions.grant_pause(number, by=wen, now=MONDAY)


def test_the_head_of_the_unit_decides_and_a_colleague_of_the_lead_does_not(town: Town) -> None:
    number = in_hand(town)
    ask_more(town, number)
    with refused("move_not_yours", NotYours):
        actions.grant_more_time(number, by=as_(town.mei), now=MONDAY)
    actions.grant_more_time(number, by=heads_the_company(town, town.sun), now=MONDAY)
    assert dues(number) == [at(days=8)]


def test_asking_and_refusing_need_a_reason(town: Town) -> None:
    number = in_hand(town)
    with refused("move_lacks"):
        actions.ask_more_time(number, hours=8, reason=" ", by=as_(town.wen), now=MONDAY)
    with refused("move_lacks"):
        actions.ask_pause(number, until=at(days=9), reason="", by=as_(town.wen), now=MONDAY)
    ask_more(town, number)
    with refused("move_lacks"):
        actions.refuse_more_time(number, reason="", by=as_(town.gu), now=MONDAY)


def test_a_question_lapses_when_the_case_goes_back_to_the_desk(town: Town) -> None:
    number, mei = in_hand(town), as_(town.mei)
    ask_more(town, number)
    actions.hand_back(number, reason="not ours", by=as_(town.wen), now=at(hours=1))
    actions.dispatch(number, lead=town.bos_post.pk, by=mei, now=at(hours=2))
    with refused("nothing_asked"):
        actions.grant_more_time(number, by=as_(town.gu), now=at(hours=2))
    actions.ask_more_time(number, hours=8, reason="night work", by=as_(town.bo), now=at(hours=2))
    lapsed = Petition.objects.filter(case=number).order_by("pk")[0]
    assert (lapsed.granted, lapsed.decided_by, lapsed.decided_at) == (False, "clock", at(hours=1))


def test_a_pause_over_a_weekend_gives_back_what_was_left(town: Town) -> None:
    # Friday 16:00: two hours until closing and one on Monday are left. It goes on on Sunday at noon.
    friday, sunday = at(days=4, hours=6.5), at(days=6, hours=2.5)
    number = paused(town, sunday, now=friday, assisting=(town.bos_post.pk,))
    found = case(number)
    assert (found.state, found.paused_at, found.paused_until) == (State.PAUSED, friday, sunday)
    assert (found.next_due_at, found.next_stage) == (sunday, Stage.HANDLE)
    assert actions.wake(number, now=sunday)
    found, later = case(number), at(days=7, hours=2)  # Monday 11:30
    assert dues(number) == [later, later]
    assert (found.state, found.due_at, found.next_due_at) == (State.IN_HAND, later, later)
    assert (found.paused_at, found.paused_until, found.paused_before) == (None, None, True)


def test_each_part_has_left_what_it_had_left_itself(town: Town) -> None:
    number = in_hand(town)
    actions.call_in(number, post=town.bos_post.pk, reason="a ladder", by=as_(town.mei), now=at(days=1))
    ask_pause(town, number, at(days=9), now=at(days=2))
    actions.grant_pause(number, by=as_(town.gu), now=at(days=2))
    actions.resume(number, by=as_(town.wen), now=at(days=9))
    # Three working days were left to the lead, four to the helper; Wednesday the 11th, and a weekend comes.
    assert dues(number) == [at(days=14), at(days=15)]


def test_a_part_that_waits_to_be_signed_for_waits_no_longer_for_the_pause(town: Town) -> None:
    number = paused(town, at(days=2), now=at(hours=1), assisting=(town.bos_post.pk,))
    actions.resume(number, by=as_(town.wen), now=at(days=1, hours=1))
    assert Assignment.objects.get(case=number, part="assisting").sign_due == at(days=2)
    assert Assignment.objects.get(case=number, part="lead").sign_due == at(days=1)


def test_what_was_overdue_when_it_was_paused_stays_overdue_by_the_same_span(town: Town) -> None:
    saturday = at(days=12)
    number = paused(town, saturday + timedelta(days=30), now=saturday)
    actions.resume(number, by=as_(town.gu), now=saturday + timedelta(days=10))
    assert dues(number) == [DUE + timedelta(days=10)]


def test_a_case_is_paused_once(town: Town) -> None:
    number = paused(town, at(days=2))
    actions.resume(number, by=as_(town.wen), now=at(days=1))
    with refused("paused_once_already"):
        ask_pause(town, number, at(days=9), now=at(days=1))


def test_a_pause_that_was_refused_does_not_count(town: Town) -> None:
    number = in_hand(town)
    ask_pause(town, number, at(days=3))
    actions.refuse_pause(number, reason="it can be dug", by=as_(town.gu), now=MONDAY)
    ask_pause(town, number, at(days=2))
    actions.grant_pause(number, by=as_(town.gu), now=MONDAY)
    assert case(number).paused_until == at(days=2)


def test_a_pause_ends_in_the_future_and_within_a_year(town: Town) -> None:
    number = in_hand(town)
    with refused("pause_must_end_later"):
        ask_pause(town, number, MONDAY)
    with refused("pause_too_long"):
        ask_pause(town, number, at(days=366, seconds=1))
    ask_pause(town, number, at(days=366))
    with refused("pause_must_end_later"):
        actions.grant_pause(number, by=as_(town.gu), now=at(days=366))


def test_the_reason_of_a_pause_stands_in_the_step_that_grants_it(town: Town) -> None:
    number = paused(town, at(days=2))
    assert Step.objects.get(number=number, move="grant_pause").reason == "the ground is frozen"


def test_a_pause_into_a_year_without_a_published_calendar_makes_the_promise_provisional(town: Town) -> None:
    import_statutory([2026], by="person:1")
    next_year = datetime(2027, 1, 4, 4, 0, tzinfo=UTC)
    number = paused(town, next_year)
    assert case(number).provisional is False
    actions.wake(number, now=next_year)
    assert case(number).provisional is True


def test_whoever_stands_on_their_own_ground_asks_decides_and_resumes(town: Town) -> None:
    number = in_hand(town, assisting=(town.bos_post.pk,))
    with standing_on((town.two_wells.code,)):
        give_more(town, number)
        ask_pause(town, number, at(days=2))
        actions.grant_pause(number, by=as_(town.gu), now=MONDAY)
        actions.resume(number, by=as_(town.gu), now=at(days=1))
        assert dues(number) == [at(days=9), at(days=9)]


def test_only_the_lead_or_a_supervisor_resumes_and_only_what_is_paused(town: Town) -> None:
    number = paused(town, at(days=2))
    with refused("move_not_yours", NotYours):
        actions.resume(number, by=as_(town.mei), now=at(days=1))
    actions.resume(number, by=as_(town.gu), reason="it thaws", now=at(days=1))
    with refused("move_too_late", Overtaken):
        actions.resume(number, by=as_(town.gu), now=at(days=1))


def test_a_paused_case_wakes_once_and_not_before_its_time(town: Town) -> None:
    number = paused(town, at(days=2))
    assert actions.wake(number, now=at(days=2) - timedelta(microseconds=1)) is None
    assert actions.wake(number, now=at(days=3)) is not None
    steps = case(number).steps
    assert actions.wake(number, now=at(days=3)) is None
    assert (case(number).state, case(number).steps) == (State.IN_HAND, steps)
    # Late by a day: the platform's delay is not the worker's.
    assert dues(number) == [at(days=10)]


def test_a_case_taken_back_while_it_was_paused_does_not_wake(town: Town) -> None:
    number = paused(town, at(days=2))
    actions.recall(number, reason="to another company", by=as_(town.gu), now=at(days=1))
    assert actions.wake(number, now=at(days=2)) is None
    assert case(number).state == State.ACCEPTED


def test_a_pause_that_is_over_ends_by_itself_and_running_twice_changes_nothing(town: Town) -> None:
    number = paused(town, at(days=2))
    (job,) = asked_for(resume_by_itself.name)
    fact = job.args["fact"]
    resume_by_itself(fact=fact)
    woken = case(number)
    resume_by_itself(fact=fact)
    assert (woken.state, case(number).steps) == (State.IN_HAND, woken.steps)
    last = Step.objects.filter(number=number).order_by("-seq")[0]
    assert (last.move, last.actor) == ("resume", "clock")


def test_a_pause_that_is_not_over_is_looked_at_again_when_it_ends(town: Town) -> None:
    now = timezone.now()
    until = now + timedelta(days=2)
    number = paused(town, until, now=now)
    (job,) = asked_for(resume_by_itself.name)
    resume_by_itself(fact=job.args["fact"])
    again = asked_for(resume_by_itself.name)[-1]
    assert (again.scheduled_at, again.args["fact"]) == (until, job.args["fact"])
    assert case(number).state == State.PAUSED
