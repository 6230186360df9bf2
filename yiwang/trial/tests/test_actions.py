"""Having a day played: once at a time, in a demonstration only."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as configured
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from tests.jobs import asked_for
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give, make_person
from yiwang.places.tests.make import make_place
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, NOWHERE, standing_on
from yiwang.trial import actions, queries
from yiwang.trial.models import Day
from yiwang.trial.rules import Ending

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
NAME = "demo.jobs.play_day"


@pytest.fixture(autouse=True)
def operator(settings: Settings) -> Iterator[Person]:
    """The demonstration, seen from wherever a visitor stands: nowhere."""
    settings.DEMONSTRATION = True
    with standing_on(EVERYWHERE):
        make_place(configured.DEMONSTRATION_COUNTY, "云岭县")
        operator = make_person("operator")
        give(operator, [Duty.ADMINISTER], ground=None)
    with standing_on(NOWHERE):
        yield operator


def days() -> list[Day]:
    with standing_on(EVERYWHERE):
        return list(Day.objects.order_by("pk"))


def test_starting_twice_does_nothing_twice() -> None:
    first = actions.begin_day(5, by="visitor", now=NOW)
    again = actions.begin_day(60, by="visitor", now=NOW + timedelta(minutes=1))
    assert again == first
    assert [day.minutes for day in days()] == [5]
    assert len(asked_for(NAME)) == 1


def test_the_database_itself_keeps_two_days_from_being_played_at_once() -> None:
    actions.begin_day(5, by="visitor", now=NOW)
    with pytest.raises(IntegrityError, match="one_day"), transaction.atomic(), standing_on(EVERYWHERE):
        Day.objects.create(county=configured.DEMONSTRATION_COUNTY, minutes=5, begun_at=NOW, begun_by="visitor")


def test_after_its_time_another_may_begin_even_where_no_worker_ended_the_first() -> None:
    actions.begin_day(5, by="visitor", now=NOW)
    later = NOW + timedelta(minutes=5)
    played = queries.played(later)
    assert played is not None
    assert (played.is_on, played.ending, played.clock) == (False, Ending.OVER, "22:00")
    actions.begin_day(15, by="visitor", now=later)
    assert [(day.minutes, day.ending) for day in days()] == [(5, "over"), (15, "")]


def test_a_stopped_day_says_so_and_leaves_its_line_in_the_trail() -> None:
    actions.stop_day(by="visitor", now=NOW)  # nothing is played: nothing happens
    actions.begin_day(5, by="person:1", now=NOW)
    actions.stop_day(by="person:1", now=NOW + timedelta(minutes=1))
    played = queries.played(NOW + timedelta(minutes=2))
    assert played is not None
    assert (played.is_on, played.ending) == (False, Ending.STOPPED)
    with standing_on(EVERYWHERE):
        trail = Entry.objects.filter(act__in=["begin_day", "stop_day"]).order_by("pk")
        assert [(line.act, line.actor) for line in trail] == [("begin_day", "person:1"), ("stop_day", "person:1")]


@pytest.mark.parametrize("minutes", [0, 1, 7, 1440])
def test_other_speeds_are_refused(minutes: int) -> None:
    with pytest.raises(Refused) as refused:
        actions.begin_day(minutes, by="visitor", now=NOW)
    assert refused.value.code == "no_such_speed"


@pytest.mark.parametrize("ends", ["the word", "somebody real"])
def test_outside_of_a_demonstration_nothing_of_it_is_done(ends: str, settings: Settings, operator: Person) -> None:
    if ends == "the word":
        settings.DEMONSTRATION = False
    else:
        with standing_on(EVERYWHERE):
            make_person("zhao")
    touched(access.TOPIC)
    assert list(queries.seats()) == []
    for act in (
        lambda: actions.begin_day(5, by="visitor", now=NOW),
        lambda: actions.stop_day(by="visitor", now=NOW),
        lambda: actions.note_seat(operator),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "not_a_demonstration"
    assert days() == []


def test_who_stands_on_one_ground_sees_no_days() -> None:
    actions.begin_day(5, by="visitor", now=NOW)
    with standing_on([configured.DEMONSTRATION_COUNTY]):
        assert not Day.objects.exists()
