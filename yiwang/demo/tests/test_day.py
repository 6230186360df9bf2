"""A day that plays itself, beat by beat, by the real acts."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.jobs import asked_for
from yiwang import demo
from yiwang.cases.models import Case, Step
from yiwang.demo import jobs
from yiwang.demo.day import play
from yiwang.people import access
from yiwang.people.tests.make import make_person
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.proof.queries import Which, chain_flaws
from yiwang.trial import actions
from yiwang.trial.models import Day
from yiwang.trial.rules import Ending

pytestmark = pytest.mark.django_db
NAME = "demo.jobs.play_day"


def silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


@pytest.fixture(autouse=True)
def begun(settings: Settings) -> Iterator[Day]:
    """The demonstration with some cases, and a day of five minutes that began a moment ago."""
    settings.DEMONSTRATION = True
    demo.load(silent, cases=20)
    with standing_on(EVERYWHERE):
        yield actions.begin_day(5, by="visitor", now=timezone.now())


def beat(at: datetime, day: Day) -> tuple[int, int]:
    """One beat at this moment."""
    taken = actions.take_beat(day.pk, beat=Day.objects.get(pk=day.pk).beats, now=at)
    assert taken is not None
    reports, moves = play(taken, now=at)
    actions.keep_beat(taken, reports=reports, moves=moves)
    return reports, moves


def test_reports_come_in_and_are_dealt_with_by_the_acts_that_everybody_uses(begun: Day) -> None:
    before = Case.objects.count()
    for seconds in range(0, 300, 15):
        beat(begun.begun_at + timedelta(seconds=seconds), begun)
    day = Day.objects.get(pk=begun.pk)
    new = Case.objects.filter(opened_at__gte=begun.begun_at)
    assert Case.objects.count() == before + new.count()
    assert 30 < day.reports <= 60
    assert new.count() >= day.reports  # who tells of the same again comes on top
    steps = Step.objects.filter(number__in=new.values("number"))
    moves = set(steps.values_list("move", flat=True))
    assert {"report", "accept", "dispatch", "sign_for", "finish", "confirm"} <= moves
    assert steps.count() > day.reports + 50
    assert new.exclude(photos=[]).exists()
    assert list(chain_flaws(Which())) == []


def test_a_beat_asks_for_the_next_and_one_played_already_does_nothing(begun: Day) -> None:
    [first] = asked_for(NAME)
    jobs.play_day(fact=first.args["fact"])
    jobs.play_day(fact=first.args["fact"])  # its worker died after the commit: it is taken up again
    assert Day.objects.get(pk=begun.pk).beats == 1
    _, second = asked_for(NAME)
    assert second.args["beat"] == 1
    assert first.scheduled_at is None
    assert second.scheduled_at is not None


def test_a_stopped_day_has_no_further_beat(begun: Day) -> None:
    [first] = asked_for(NAME)
    actions.stop_day(by="visitor", now=timezone.now())
    jobs.play_day(fact=first.args["fact"])
    assert len(asked_for(NAME)) == 1
    assert Day.objects.get(pk=begun.pk).beats == 0


def test_a_day_whose_worker_was_away_until_its_end_is_over_and_tells_of_nothing_more(begun: Day) -> None:
    before = Case.objects.count()
    assert actions.take_beat(begun.pk, beat=0, now=begun.begun_at + timedelta(hours=2)) is None
    assert Day.objects.get(pk=begun.pk).ending == Ending.OVER
    assert Case.objects.count() == before


def test_with_the_first_real_person_the_day_ends(begun: Day) -> None:
    make_person("zhao")
    touched(access.TOPIC)
    [first] = asked_for(NAME)
    before = Case.objects.count()
    jobs.play_day(fact=first.args["fact"])
    assert Day.objects.get(pk=begun.pk).ending == Ending.REAL
    assert Case.objects.count() == before
    assert len(asked_for(NAME)) == 1
