"""A reminder waits for a post, is acknowledged by name, and is nobody else's business."""

import pytest

from tests.town import Town
from yiwang.cases.models import Note
from yiwang.cases.tests.make import MONDAY, as_, at, in_hand, make_lamp, refused, reported
from yiwang.catalogue.rules import Secrecy, Urgency
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.refusals import NotYours, Overtaken, Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision import actions, queries
from yiwang.supervision.models import Overrun, Reminder, Watch
from yiwang.supervision.tests.make import passes


@pytest.fixture
def late(town: Town) -> int:
    """A case of the water company that is overdue by far."""
    make_lamp()
    number = in_hand(town)
    passes(at(days=60))
    return number


@pytest.mark.django_db
def test_who_was_reminded_sees_it_until_they_acknowledge_it(town: Town, late: int) -> None:
    (waiting,) = queries.reminders_for(as_(town.wen))
    assert (waiting.case.number, waiting.reminder.percent) == (late, 80)
    actions.acknowledge(waiting.reminder.pk, by=as_(town.wen), now=at(days=61))
    assert queries.reminders_for(as_(town.wen)) == []
    kept = Reminder.objects.get(pk=waiting.reminder.pk)
    assert (kept.acknowledged_by, kept.acknowledged_at) == (f"person:{town.wen.pk}", at(days=61))


@pytest.mark.django_db
def test_acknowledging_twice_is_as_once(town: Town, late: int) -> None:
    assert late
    (waiting,) = queries.reminders_for(as_(town.wen))
    for day in (61, 62):
        actions.acknowledge(waiting.reminder.pk, by=as_(town.wen), now=at(days=day))
    assert Reminder.objects.get(pk=waiting.reminder.pk).acknowledged_at == at(days=61)


@pytest.mark.django_db
def test_an_alarm_is_acknowledged_in_the_history_of_the_case(town: Town) -> None:
    make_item("FIRE", urgency=Urgency.EMERGENCY)
    number = reported(town, item="FIRE")
    passes(MONDAY)
    (waiting,) = queries.reminders_for(as_(town.gu))
    assert waiting.reminder.answer_by is not None
    actions.acknowledge(waiting.reminder.pk, by=as_(town.gu), now=MONDAY)
    said = Note.objects.filter(case=number, author=f"person:{town.gu.pk}")
    assert [note.text for note in said] == ["已知悉提醒。"]


@pytest.mark.django_db
def test_a_reminder_is_for_its_post_alone(town: Town, late: int) -> None:
    waiting = Reminder.objects.get(case=late, level="handler")
    with refused("no_such_reminder", Unseen):
        actions.acknowledge(waiting.pk, by=as_(town.ding), now=at(days=61))
    with refused("reminder_not_yours", NotYours):
        actions.acknowledge(waiting.pk, by=as_(town.gu), now=at(days=61))
    Reminder.objects.update(lapsed_at=at(days=61))
    with refused("reminder_over", Overtaken):
        actions.acknowledge(waiting.pk, by=as_(town.wen), now=at(days=61))


def test_another_street_sees_neither_clock_nor_reminder(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on(EVERYWHERE):
        make_lamp()
        number = in_hand(town)
        passes(at(days=60))
    tables = (Watch, Reminder, Overrun)
    with standing_on([town.two_wells.code]):
        assert all(model.objects.exists() for model in tables)
        assert queries.warnings([number])
    with standing_on([town.stone_bridge.code]):
        assert not any(model.objects.exists() for model in tables)
        assert queries.reminders_for(as_(town.wen)) == []


@pytest.mark.django_db
def test_a_sealed_case_is_not_watched(town: Town) -> None:
    make_item("BRIBE", secrecy=Secrecy.SEALED)
    reported(town, item="BRIBE")
    passes(at(days=60))
    assert not Watch.objects.exists()


@pytest.mark.django_db
def test_what_was_asked_about_a_case_that_is_sealed_since_lapses(town: Town) -> None:
    make_lamp()
    number = in_hand(town)
    passes(at(days=60))
    type(queries.reminders_for(as_(town.wen))[0].case).objects.filter(number=number).update(secrecy="sealed")
    Watch.objects.update(next_at=MONDAY)
    passes(at(days=61))
    assert not Watch.objects.exists()
    assert not Reminder.objects.filter(lapsed_at=None).exists()
