"""A holiday is declared after the fact, and every open case's limits follow."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.models import Assignment, Case, Step
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
    reported,
)
from yiwang.catalogue.rules import Stage
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.worktime import actions as worktime
from yiwang.plumbing.worktime.models import Year
from yiwang.plumbing.worktime.queries import calendar_for
from yiwang.plumbing.worktime.rules import DayKind
from yiwang.proof.queries import Which, chain_flaws
from yiwang.retiming import actions
from yiwang.retiming.models import Retiming, Waiting

WEDNESDAY, THURSDAY = date(2026, 3, 4), date(2026, 3, 5)
LATER = at(hours=1)


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()
    actions.notice(now=MONDAY)


def changed(day: date, kind: DayKind = DayKind.HOLIDAY, *, ground: str = "") -> None:
    worktime.set_day(day, kind, ground=ground, by="person:1")
    forget("calendar")  # a test never commits, and is not told


def carried(now: datetime = LATER) -> list[actions.Done]:
    """The change is noticed, has settled, and is carried to the last case."""
    actions.notice(now=now)
    actions.notice(now=now + actions.SETTLED_AFTER)
    done = [actions.time_anew(now=now)]
    while done[-1].more:
        done.append(actions.time_anew(now=now))
    return done


def dues(number: int) -> list[datetime]:
    return [case(number).due_at, case(number).next_due_at, *(  # type: ignore[list-item]
        due for part in Assignment.objects.filter(case=number, ended_at=None).order_by("pk")
        for due in (part.sign_due, part.handle_due)
    )]  # fmt: skip


def told(number: int) -> list[Step]:
    return list(Step.objects.filter(number=number, move="retime").order_by("seq"))


def test_a_holiday_declared_afterwards_gives_the_handler_its_day(town: Town) -> None:
    number = in_hand(town)
    was = case(number).due_at
    assert was == at(days=7)
    changed(WEDNESDAY)
    carried()
    found = case(number)
    assert (found.due_at, found.next_due_at, found.next_stage) == (at(days=8), at(days=8), Stage.HANDLE)
    assert [part.handle_due for part in Assignment.objects.filter(case=number)] == [at(days=8)]
    (step,) = told(number)
    assert (step.actor, step.at, step.given["days"]) == ("clock", LATER, ["2026-03-04"])
    assert step.given["before"]["due_at"].startswith("2026-03-09T01:30")
    assert "2026-03-04" in step.reason
    assert "2026-03-09 09:30 → 2026-03-10 09:30" in step.reason
    assert list(chain_flaws(Which(number=number))) == []


def test_what_is_carried_twice_moves_once(town: Town) -> None:
    number = in_hand(town)
    changed(WEDNESDAY)
    carried()
    carried(at(hours=2))
    assert len(told(number)) == 1
    retiming = Retiming.objects.latest("pk")
    assert (retiming.gathered, retiming.moved, retiming.unexplained) == (1, 1, 0)


def test_a_day_taken_back_moves_them_back(town: Town) -> None:
    number = in_hand(town)
    was = dues(number)
    changed(WEDNESDAY)
    carried()
    worktime.clear_day(WEDNESDAY, by="person:1")
    forget("calendar")
    carried(at(hours=2))
    assert dues(number) == was
    assert len(told(number)) == 2


def test_a_killed_batch_is_gone_on_with(town: Town) -> None:
    numbers = [in_hand(town) for _ in range(3)]
    changed(WEDNESDAY)
    actions.notice(now=LATER)
    actions.notice(now=LATER + actions.SETTLED_AFTER)
    assert actions.time_anew(now=LATER, most=2) == actions.Done(2, 2, more=True)
    assert Waiting.objects.count() == 1
    assert actions.time_anew(now=LATER, most=2) == actions.Done(1, 1, more=True)
    assert actions.time_anew(now=LATER, most=2) == actions.Done(0, 0, more=False)
    assert [case(number).due_at for number in numbers] == [at(days=8)] * 3
    assert Retiming.objects.latest("pk").ended_at == LATER


def test_two_changes_in_a_row_are_carried_as_one(town: Town) -> None:
    number = in_hand(town)
    changed(WEDNESDAY)
    actions.notice(now=LATER)
    changed(THURSDAY)
    carried(LATER)
    assert (len(told(number)), case(number).due_at) == (1, at(days=9))


def test_a_change_of_another_town_concerns_nobody_here(town: Town) -> None:
    number = in_hand(town)
    changed(WEDNESDAY, ground=town.stone_bridge.code)
    carried()
    assert not told(number)
    changed(THURSDAY, ground=town.two_wells.code)
    carried(at(hours=2))
    assert case(number).due_at == at(days=8)


def test_helping_posts_follow_and_are_named(town: Town) -> None:
    number = in_hand(town)
    cases.call_in(number, post=town.bos_post.pk, reason="the cable", by=as_(town.mei), now=at(hours=0.5))
    changed(WEDNESDAY)
    carried()
    assert [part.handle_due for part in Assignment.objects.filter(case=number).order_by("pk")] == [
        at(days=8), at(days=8, hours=0.5),
    ]  # fmt: skip
    (step,) = told(number)
    assert list(step.given["helpers"]) == [str(town.bos_post.pk)]
    assert town.bos_post.title in step.reason


def test_the_clock_that_stands_still_keeps_exactly_what_was_left(town: Town) -> None:
    number = in_hand(town)
    cases.ask_pause(number, until=at(days=10), reason="frost", by=as_(town.wen), now=at(days=1))
    cases.grant_pause(number, by=as_(town.gu), now=at(days=1))
    # The day before the pause turns out to have been none: a day more is left.
    changed(date(2026, 3, 2))
    carried(at(days=2))
    assert case(number).next_due_at == at(days=10)
    cases.resume(number, by=as_(town.wen), now=at(days=3))
    # Monday counted for nothing: all five days are left, from Thursday on.
    assert (case(number).due_at, case(number).next_due_at) == (_five_days_from(at(days=3), town),) * 2
    assert not any(found.unexplained for found in Retiming.objects.all())


def _five_days_from(moment: datetime, town: Town) -> datetime:
    calendar = calendar_for(town.lane_grid.code)
    used = calendar.between(at(days=0), at(days=1))
    return calendar.add(moment, timedelta(hours=40) - used)


def test_closed_cases_stay_as_they_were(town: Town) -> None:
    number = closed(town, phone="13800000000")
    was = case(number).due_at
    changed(WEDNESDAY)
    carried()
    assert (case(number).due_at, told(number)) == (was, [])
    assert Retiming.objects.latest("pk").gathered == 0


def test_what_is_sealed_follows_too(town: Town) -> None:
    number = in_hand(town)
    Case.objects.filter(number=number).update(secrecy="sealed")
    changed(WEDNESDAY)
    carried()
    assert (case(number).due_at, len(told(number))) == (at(days=8), 1)


def test_every_stage_follows(town: Town) -> None:
    found = [reported(town), accepted(town), dispatched(town), finished(town), checked(town)]
    was = {number: case(number).next_due_at for number in found}
    changed(date(2026, 3, 2))
    changed(date(2026, 3, 3))
    carried()
    assert all(case(number).next_due_at > was[number] for number in found)  # type: ignore[operator]
    assert Retiming.objects.latest("pk").unexplained == 0


def test_what_the_history_does_not_explain_is_left_alone_and_counted(town: Town) -> None:
    number = in_hand(town)
    odd = at(days=20)
    Case.objects.filter(number=number).update(due_at=odd)
    changed(WEDNESDAY)
    carried()
    assert (case(number).due_at, case(number).next_due_at) == (odd, at(days=8))
    assert Retiming.objects.latest("pk").unexplained == 1


def test_a_year_that_becomes_known_is_provisional_no_more(town: Town) -> None:
    Year.objects.filter(number=2026).delete()
    forget("calendar")
    carried()
    number = in_hand(town)
    assert case(number).provisional
    worktime.confirm_year(2026, source="a notice", by="person:1")
    forget("calendar")
    carried(at(hours=2))
    assert (case(number).provisional, told(number)) == (False, [])


ACTS = some.lists(
    some.tuples(some.sampled_from(["more", "pause", "resume", "finish", "send_back", "call_in", "recall",
                                   "confirm", "reopen", "wait"]), some.integers(1, 60)), max_size=8,
)  # fmt: skip
DAYS = some.lists(
    some.tuples(some.integers(-1, 30), some.sampled_from([DayKind.HOLIDAY, DayKind.WORKING])), min_size=1, max_size=4
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, days=DAYS)
def test_timed_anew_is_as_if_the_calendar_had_always_been_so(
    town: Town, acts: list[tuple[str, int]], days: list[tuple[int, DayKind]]
) -> None:
    """The same life lived twice: with the change after it, and with the change before it."""
    then = _Life(town)
    then.live(acts)
    for day, kind in days:
        changed(MONDAY.date() + timedelta(days=day), kind)
    carried(then.now)
    now = _Life(town)
    now.live(acts)
    assert Retiming.objects.latest("pk").unexplained == 0
    assert dues(then.number) == dues(now.number)
    assert case(then.number).provisional == case(now.number).provisional
    for day in dict(days):
        worktime.clear_day(MONDAY.date() + timedelta(days=day), by="person:1")
    forget("calendar")
    carried(now.now)


class _Life:
    """One case through what fits of these acts, each some hours after the one before, never twice at one moment."""

    def __init__(self, town: Town) -> None:
        self.town, self.now = town, MONDAY
        self.number = reported(town)
        mei = as_(town.mei)
        cases.accept(self.number, item="LAMP", place=town.lane_grid.code, by=mei, now=self._later(2))
        cases.dispatch(self.number, lead=town.water_post.pk, by=mei, now=self._later(1))
        cases.sign_for(self.number, by=as_(town.wen), now=self._later(1))

    def live(self, acts: list[tuple[str, int]]) -> None:
        for act, hours in acts:
            now = self._later(hours)
            if act != "wait" and self._fits(act):
                getattr(self, f"_{act}")(now)

    def _later(self, hours: float) -> datetime:
        self.now += timedelta(hours=hours, microseconds=1)
        return self.now

    def _fits(self, act: str) -> bool:
        """By what no calendar changes: the same life must be lived twice."""
        found = case(self.number)
        state = {
            "more": "in_hand", "pause": "in_hand", "resume": "paused", "finish": "in_hand", "send_back": "finished",
            "call_in": "in_hand", "recall": "in_hand", "confirm": "finished",
            "reopen": "called_back",
        }[act]  # fmt: skip
        if act == "more":
            return found.state == state and found.extensions == 0 and self.now < at(hours=20)
        if act == "pause":
            return found.state == state and not found.paused_before
        if act == "call_in":
            return found.state == state and not found.assisting
        if act == "finish":
            return found.state == state and not found.assisting
        return found.state == state

    def _more(self, now: datetime) -> None:
        cases.ask_more_time(self.number, hours=8, reason="parts", by=as_(self.town.wen), now=now)
        cases.grant_more_time(self.number, by=as_(self.town.gu), now=self._later(1))

    def _pause(self, now: datetime) -> None:
        cases.ask_pause(self.number, until=now + timedelta(days=9), reason="frost", by=as_(self.town.wen), now=now)
        cases.grant_pause(self.number, by=as_(self.town.gu), now=self._later(1))

    def _resume(self, now: datetime) -> None:
        cases.resume(self.number, by=as_(self.town.wen), now=now)

    def _finish(self, now: datetime) -> None:
        cases.finish(self.number, evidence=cases.Brought("done"), by=as_(self.town.wen), now=now)

    def _send_back(self, now: datetime) -> None:
        cases.send_back(self.number, reason="still dark", by=as_(self.town.bo), now=now)

    def _confirm(self, now: datetime) -> None:
        cases.confirm(self.number, by=as_(self.town.bo), now=now)
        cases.call_back(self.number, solved=False, satisfied=False, by=as_(self.town.mei), now=self._later(1))

    def _reopen(self, now: datetime) -> None:
        cases.reopen(self.number, reason="dark", by=as_(self.town.gu), now=now)

    def _call_in(self, now: datetime) -> None:
        cases.call_in(self.number, post=self.town.bos_post.pk, reason="cable", by=as_(self.town.mei), now=now)

    def _recall(self, now: datetime) -> None:
        cases.recall(self.number, reason="another", by=as_(self.town.gu), now=now)
        cases.dispatch(self.number, lead=self.town.water_post.pk, by=as_(self.town.mei), now=self._later(1))
        cases.sign_for(self.number, by=as_(self.town.wen), now=self._later(1))
