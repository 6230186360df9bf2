"""A holiday is declared after the fact: whoever follows a case follows its new limit."""

from datetime import date

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases.tests.make import MONDAY, at, case, in_hand, make_lamp
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.worktime import actions as worktime
from yiwang.plumbing.worktime.rules import DayKind
from yiwang.retiming import actions
from yiwang.supervision.tests.make import passes, watch


def test_supervision_follows_a_limit_that_a_holiday_has_moved(town: Town) -> None:
    make_lamp()
    actions.notice(now=MONDAY)
    number = in_hand(town)
    passes(at(hours=0.5))
    was = watch(number)
    worktime.set_day(date(2026, 3, 4), DayKind.HOLIDAY, by="person:1")
    forget("calendar")
    now = at(hours=1)
    actions.notice(now=now)
    actions.notice(now=now + actions.SETTLED_AFTER)
    while actions.time_anew(now=now).more:
        pass
    passes(now)
    assert (watch(number).due_at, watch(number).round) == (case(number).due_at, was.round)
    assert watch(number).due_at == at(days=8)
    assert watch(number).next_at > was.next_at  # type: ignore[operator]
    # The colours of what did not move are looked at again, too.
    assert len(asked_for("supervision.jobs.look_again")) == 1
