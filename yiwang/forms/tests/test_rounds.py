"""A form comes round each week or each month: asked once as a series, each round a form of its own, until it ends."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.town import Town
from yiwang.cases.tests.make import MONDAY, as_, refused
from yiwang.forms import actions, queries
from yiwang.forms.models import Addressee, Form, Question, Series
from yiwang.forms.rules import Asks, Every, Kind, Rounds, State
from yiwang.forms.tests.make import WELLS, answers, asked, hear, wanted
from yiwang.notices.tests.make import COUNTY, told
from yiwang.people.models import Holding
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.workload import actions as workload
from yiwang.workload.models import Asked

pytestmark = pytest.mark.django_db
FIRST = timezone.localdate(MONDAY)
FOUR_WEEKS = Rounds(Every.WEEK, FIRST + timedelta(days=27))


def on(week: int, *, days: int = 0, at: time = time(8, 10)) -> datetime:
    """In the morning of a week after the first, and so many days later."""
    return timezone.make_aware(datetime.combine(FIRST + timedelta(weeks=week, days=days), at))


def weekly(town: Town, **said: Any) -> Form:
    return asked(town, rounds=FOUR_WEEKS, **said)


def opened(now: datetime) -> list[Form]:
    return actions.open_rounds(COUNTY, now=now)


def test_the_first_round_is_asked_at_once_and_closes_before_the_next(town: Town) -> None:
    form = asked(town, rounds=FOUR_WEEKS, due_at=MONDAY + timedelta(days=6))
    series = Series.objects.get()
    assert (form.series, form.round, series.next_on) == (series, 1, FIRST + timedelta(weeks=1))
    assert form.closes_at == on(1, at=time(8))
    assert opened(on(0)) == []


def test_each_round_opens_in_the_morning_of_its_day_once_and_is_a_form_of_its_own(town: Town) -> None:
    first = weekly(town)
    assert opened(on(1, at=time(7, 50))) == []
    (second,) = opened(on(1))
    assert opened(on(1)) == opened(on(1, days=3)) == []
    assert (second.round, second.title, second.unit, second.minutes) == (2, first.title, first.unit, first.minutes)
    assert second.due_at == first.due_at + timedelta(weeks=1)
    assert [one.asks for one in Question.objects.filter(form=second)] == [WELLS]
    assert Addressee.objects.get(form=second).person == town.bo.pk
    assert Entry.objects.get(act="open_round").actor == "clock"
    actions.send_in(second.pk, answers(second, "3"), by=as_(town.bo), now=on(1, days=1))
    assert queries.standing(as_(town.gu), first.pk).returns == {}
    rounds = queries.rounds_of(as_(town.gu), first)
    assert [(one.form.round, one.people, one.returned) for one in rounds] == [(2, 1, 1), (1, 1, 0)]
    assert queries.rounds_of(as_(town.ding), first) == []


def test_it_ends_with_its_last_round(town: Town) -> None:
    weekly(town)
    for week in (1, 2, 3, 4, 5):
        opened(on(week))
    assert list(Form.objects.order_by("pk").values_list("round", flat=True)) == [1, 2, 3, 4]
    series = Series.objects.get()
    assert (series.next_on, series.state) == (None, State.ASKED)


def test_what_was_missed_is_not_asked_late_but_what_still_runs_is(town: Town) -> None:
    weekly(town)
    assert opened(on(1, days=5)) == []  # the platform stood still, and the second round is over
    assert Series.objects.get().next_on == FIRST + timedelta(weeks=2)
    (third,) = opened(on(2, days=1))
    assert (third.round, third.due_at) == (3, on(2, days=2, at=timezone.localtime(MONDAY).time()))


def test_each_round_is_asked_of_whoever_works_there_then(town: Town) -> None:
    weekly(town)
    Holding.objects.filter(person=town.bo).update(until=FIRST + timedelta(days=3))
    forget()
    assert opened(on(1)) == []
    Holding.objects.filter(person=town.bo).update(until=None)
    forget()
    assert [one.round for one in opened(on(2))] == [3]


def test_withdrawing_a_round_ends_the_series_and_what_is_open_of_it(town: Town) -> None:
    first = weekly(town)
    (second,) = opened(on(1))
    hear(now=on(1))
    actions.withdraw(first.pk, because="不再需要", by=as_(town.gu), now=on(1, days=1))
    hear(now=on(1, days=1))
    first.refresh_from_db()
    second.refresh_from_db()
    series = Series.objects.get()
    # The first had closed, and stays as it was answered.
    assert (first.state, second.state, series.state) == (State.ASKED, State.WITHDRAWN, State.WITHDRAWN)
    assert (second.because, series.because, series.next_on) == ("不再需要", "不再需要", None)
    assert told(town.bo) == ["form_asked", "form_ended"]
    assert opened(on(2)) == []


def test_whoever_supervises_stops_it(town: Town) -> None:
    first = weekly(town)
    actions.stop(first.pk, because="重复", by=as_(town.gu), now=MONDAY + timedelta(hours=1))
    assert Series.objects.get().state == State.STOPPED
    assert opened(on(1)) == []


def test_after_its_last_round_was_asked_that_one_alone_is_withdrawn(town: Town) -> None:
    weekly(town)
    for week in (1, 2, 3):
        opened(on(week))
    last = Form.objects.get(round=4)
    actions.withdraw(last.pk, because="不再需要", by=as_(town.gu), now=on(3, days=1))
    assert Series.objects.get().state == State.ASKED
    assert list(Form.objects.order_by("pk").values_list("state", flat=True)) == ["asked"] * 3 + ["withdrawn"]


@pytest.mark.parametrize(
    ("rounds", "due", "code"),
    [
        (Rounds(Every.WEEK, FIRST + timedelta(days=6)), 2, "series_end_unfit"),
        (Rounds(Every.MONTH, FIRST + timedelta(days=400)), 2, "series_end_unfit"),
        (Rounds(Every.WEEK, FIRST + timedelta(days=27)), 7, "series_overlaps"),
    ],
)
def test_what_cannot_come_round_is_refused(town: Town, rounds: Rounds, due: int, code: str) -> None:
    with refused(code):
        asked(town, rounds=rounds, due_at=MONDAY + timedelta(days=due))
    assert not Form.objects.exists()
    assert not Series.objects.exists()


def test_what_all_rounds_cost_is_known_before(town: Town) -> None:
    found = actions.look_at(wanted(town, rounds=FOUR_WEEKS), by=as_(town.gu), now=MONDAY)
    assert (len(found.rounds), len(found.people), found.minutes) == (4, 1, 80)


def test_asked_already_knows_of_a_series(town: Town) -> None:
    asked(town, rounds=Rounds(Every.MONTH, FIRST + timedelta(days=300)))
    long_ago = MONDAY - timedelta(days=150)
    Form.objects.update(asked_at=long_ago, due_at=long_ago, closes_at=long_ago)
    again = wanted(town, Asks("请填写水井数量", Kind.NUMBER, "口"))
    with refused("form_asked_already"):
        actions.ask(again, by=as_(town.gu), now=MONDAY)
    Series.objects.update(next_on=None)
    assert actions.ask(again, by=as_(town.gu), now=MONDAY)


def test_a_series_that_was_asked_already_keeps_its_reason_in_each_round(town: Town) -> None:
    asked(town)
    weekly(town, nevertheless="每周都要")
    (second,) = opened(on(1))
    assert second.nevertheless == "每周都要"
    week = FIRST + timedelta(weeks=1)
    assert queries.asked_again(as_(town.gu), week=week) == [second]


def test_the_load_counts_each_round_in_its_week(town: Town) -> None:
    weekly(town)
    opened(on(1))
    for week in (0, 1):
        monday = FIRST + timedelta(weeks=week)
        workload.reckon(COUNTY, week=monday, today=monday)
        assert list(Asked.objects.filter(week=monday).values_list("times", "minutes")) == [(1, 20)]


def test_the_walls_hold_and_a_round_is_asked_once(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        form = weekly(town)
    with standing_on([town.lane_grid.code]):
        assert Series.objects.get().pk == form.series_id
        assert Series.objects.update(last=date(2030, 1, 1)) == 0
    with standing_on([town.bridge_grid.code]):
        assert not Series.objects.exists()
    with standing_on(EVERYWHERE):
        for wrong in ({"round": 1}, {"round": None}):
            form.pk = None
            form.round = wrong["round"]
            with pytest.raises(IntegrityError), transaction.atomic():
                form.save(force_insert=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Series.objects.update(state="stopped")
