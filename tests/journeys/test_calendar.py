"""A holiday is declared after the fact: whoever follows a case follows its new limit."""

from datetime import date

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases.models import Assignment, Step
from yiwang.cases.tests.make import MONDAY, at, case, in_hand, make_lamp
from yiwang.insight.rules.replay import Beside, Line, retold
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.worktime import actions as worktime
from yiwang.plumbing.worktime.rules import DayKind
from yiwang.retiming import actions
from yiwang.supervision.tests.make import passes, watch

LATER = at(hours=1)


def wednesday_is_off() -> None:
    """A holiday is declared, and carried to every open case."""
    worktime.set_day(date(2026, 3, 4), DayKind.HOLIDAY, by="person:1")
    forget("calendar")
    actions.notice(now=LATER)
    actions.notice(now=LATER + actions.SETTLED_AFTER)
    while actions.time_anew(now=LATER).more:
        pass


def test_supervision_follows_a_limit_that_a_holiday_has_moved(town: Town) -> None:
    make_lamp()
    actions.notice(now=MONDAY)
    number = in_hand(town)
    passes(at(hours=0.5))
    was = watch(number)
    wednesday_is_off()
    passes(LATER)
    assert (watch(number).due_at, watch(number).round) == (case(number).due_at, was.round)
    assert watch(number).due_at == at(days=8)
    assert watch(number).next_at > was.next_at  # type: ignore[operator]
    # The colours of what did not move are looked at again, too.
    assert len(asked_for("supervision.jobs.look_again")) == 1


def test_a_month_is_told_again_with_the_limits_that_hold_now(town: Town) -> None:
    make_lamp()
    actions.notice(now=MONDAY)
    number = in_hand(town)
    wednesday_is_off()
    steps = Step.objects.filter(number=number).order_by("seq")
    again = retold([Line(one.at, one.move, one.state, one.post_id or 0, one.given) for one in steps], Beside())
    (part,) = again.matter.parts
    kept = Assignment.objects.get(case=number)
    assert again.matter.due_at == case(number).due_at == at(days=8)
    assert (part.sign_due, part.handle_due) == (kept.sign_due, kept.handle_due)
    assert not again.lent
