"""The clock goes on by itself, and comes back at once where more waits than one batch."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.jobs import asked_for
from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.access import reporter
from yiwang.cases.tests.make import make_lamp
from yiwang.supervision import actions, jobs
from yiwang.supervision.tests.make import reminded, watch

pytestmark = pytest.mark.django_db


def told_long_ago(town: Town) -> int:
    """A report that nobody has taken up for twenty days."""
    told = cases.Report("井巷口的路灯不亮了", place=town.lane_grid.code, item="LAMP")
    return cases.report(told, by=reporter(), now=timezone.now() - timedelta(days=20)).number


def test_what_is_due_is_read_and_done(town: Town) -> None:
    make_lamp()
    number = told_long_ago(town)
    jobs.follow(0)
    assert watch(number).next_at is not None
    jobs.act(0)
    assert reminded(number)
    assert watch(number).overruns == 1
    assert asked_for("supervision.jobs.act") == []


def test_it_comes_back_where_more_waits_and_is_asked_for_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert town.county
    monkeypatch.setattr(actions, "follow", lambda **_said: actions.Followed(1, more=True))
    monkeypatch.setattr(actions, "act", lambda _county, **_said: actions.Acted(1, more=True))
    for _twice in range(2):
        jobs.follow(0)
        jobs.act(0)
    assert [len(asked_for(f"supervision.jobs.{name}")) for name in ("follow", "act")] == [1, 1]
