"""Nothing sleeps: what is due is done in time, once, whoever runs and whatever the clock does."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.town import Town, build_town
from yiwang.cases import actions as cases
from yiwang.cases.models import Note
from yiwang.cases.tests.make import MONDAY, as_, at, case, checked, dispatched, finished, in_hand, make_lamp, reported
from yiwang.catalogue.rules import Urgency
from yiwang.catalogue.tests.make import make_item
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.supervision import actions, queries
from yiwang.supervision.actions.following import read_anew
from yiwang.supervision.models import Overrun, Reminder
from yiwang.supervision.rules.clock import Colour
from yiwang.supervision.tests.make import make_county_leader, make_head, make_leader, passes, reminded, watch

A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def posts(town: Town) -> Town:
    """The town with somebody at every level."""
    make_lamp()
    make_head(town)
    make_leader(town)
    make_county_leader(town)
    return town


@pytest.mark.django_db
def test_a_report_has_its_next_moment_at_once_and_nothing_to_do(posts: Town) -> None:
    number = reported(posts, item="LAMP")
    acted = passes(MONDAY)
    assert (acted.cases, reminded(number)) == (0, [])
    kept = watch(number)
    assert kept.next_at == kept.pressing_at
    assert kept.due_at == case(number).next_due_at


@pytest.mark.django_db
def test_the_ladder_is_climbed_rung_by_rung_by_post(posts: Town) -> None:
    number = in_hand(posts)
    passes(MONDAY)
    due, whole = watch(number).due_at, watch(number).due_at
    assert due is not None
    assert whole is not None
    for moment in (watch(number).pressing_at, due, due + A_MOMENT):
        assert moment is not None
        passes(moment)
    assert reminded(number) == [("handler", 80), ("head", 100)]
    for _rung in range(3):
        moment = watch(number).next_at
        assert moment is not None
        passes(moment)
    assert reminded(number) == [("handler", 80), ("head", 100), ("centre", 120), ("leader", 150), ("county", 200)]
    told = [Reminder.objects.get(case=number, level=level).post.title for level in ("handler", "leader", "county")]
    assert told == [posts.water_post.title, "双井街道办事处陆书记岗", "云岭县委办钱县长岗"]
    assert watch(number).next_at is None, "at the top nothing more is to be done"
    assert Overrun.objects.get(case=number).post == posts.water_post.pk


@pytest.mark.django_db
def test_each_rung_is_a_note_on_the_history_and_says_how_late_it_came(posts: Town) -> None:
    number = in_hand(posts)
    passes(MONDAY)
    pressing = watch(number).pressing_at
    assert pressing is not None
    acted = passes(pressing + timedelta(seconds=3))
    assert acted.late == [timedelta(seconds=3)]
    note = Note.objects.get(case=number, kind="reminder")
    assert note.author == "clock"
    assert note.text == f"已提醒{posts.water_post.title}：时限已用80%。"


@pytest.mark.django_db
def test_what_is_done_is_not_done_again_also_when_the_clock_jumps(posts: Town) -> None:
    number = in_hand(posts)
    passes(at(days=60))
    once = reminded(number)
    assert len(once) == 5
    for moment in (MONDAY, at(days=30), at(days=90)):
        passes(moment)
    assert reminded(number) == once
    assert Overrun.objects.filter(case=number).count() == 1
    assert watch(number).overruns == 1


@pytest.mark.django_db
def test_a_new_stage_has_a_clock_of_its_own_and_the_old_reminders_lapse(posts: Town) -> None:
    number = in_hand(posts)
    passes(MONDAY)
    pressing = watch(number).pressing_at
    assert pressing is not None
    passes(pressing)
    assert len(queries.reminders_for(as_(posts.wen))) == 1
    cases.finish(number, evidence=cases.Brought("换了灯泡"), by=as_(posts.wen), now=pressing)
    passes(pressing)
    assert queries.reminders_for(as_(posts.wen)) == []
    assert (watch(number).stage, watch(number).round, watch(number).climbed) == ("check", pressing, [])


@pytest.mark.django_db
def test_who_acts_between_the_tick_and_the_deed_is_not_reminded(posts: Town) -> None:
    number = in_hand(posts)
    passes(MONDAY)
    pressing = watch(number).pressing_at
    assert pressing is not None
    cases.finish(number, evidence=cases.Brought("换了灯泡"), by=as_(posts.wen), now=pressing)
    assert actions.act("990101", now=pressing).cases == 1
    assert reminded(number) == []


@pytest.mark.django_db
def test_who_must_look_is_reminded_to_look_and_not_whose_work_it_is(posts: Town) -> None:
    number = finished(posts)
    passes(at(days=60))
    told = Reminder.objects.get(case=number, level="handler")
    assert (told.stage, told.post) == ("check", posts.bos_post)


@pytest.mark.django_db
def test_a_paused_case_is_calm_and_has_what_was_left_when_it_goes_on(posts: Town) -> None:
    number = in_hand(posts)
    passes(MONDAY)
    before = watch(number)
    cases.ask_pause(number, until=at(days=21), reason="等配件", by=as_(posts.wen), now=MONDAY)
    cases.grant_pause(number, by=as_(posts.gu), now=MONDAY)
    passes(at(days=14))
    assert (watch(number).next_at, watch(number).due_at, reminded(number)) == (None, None, [])
    cases.wake(number, now=at(days=21))
    passes(at(days=21))
    after = watch(number)
    assert (after.round, after.climbed) == (before.round, [])
    assert before.pressing_at is not None
    assert after.pressing_at is not None
    assert after.pressing_at - before.pressing_at == timedelta(days=21)


@pytest.mark.django_db
def test_more_time_moves_every_colour_and_does_not_remind_again(posts: Town) -> None:
    number = in_hand(posts)
    passes(MONDAY)
    pressing = watch(number).pressing_at
    assert pressing is not None
    passes(pressing)
    cases.ask_more_time(number, hours=8, reason="要挖开路面", by=as_(posts.wen), now=pressing)
    cases.grant_more_time(number, by=as_(posts.gu), now=pressing)
    passes(pressing)
    later = watch(number)
    assert later.pressing_at is not None
    assert later.pressing_at > pressing
    assert later.due_at == case(number).next_due_at
    passes(later.pressing_at)
    assert reminded(number) == [("handler", 80)]


@pytest.mark.django_db
def test_what_has_ended_wants_nothing_more(posts: Town) -> None:
    number = checked(posts)
    cases.call_back(number, solved=True, satisfied=True, by=as_(posts.mei), now=MONDAY)
    passes(MONDAY)
    cases.close(number, by=as_(posts.mei), now=MONDAY)
    passes(at(days=90))
    assert (watch(number).next_at, reminded(number)) == (None, [])


@pytest.mark.django_db
def test_what_was_late_long_before_supervision_began_floods_nobody(posts: Town) -> None:
    """Two months late when it is found among what was there before: red, and nobody is told today."""
    old = in_hand(posts)
    read_anew([old], now=at(days=60), walking=True)
    actions.act("990101", now=at(days=60))
    assert reminded(old) == []
    assert queries.warnings([old])[old].colour(at(days=60)) is Colour.LATE


@pytest.mark.django_db
def test_the_oldest_comes_first_and_a_batch_leaves_the_rest(posts: Town) -> None:
    first = in_hand(posts)
    passes(MONDAY)
    second = reported(posts, item="LAMP")
    actions.follow(now=MONDAY)
    acted = actions.act("990101", now=at(days=60), most=1)
    assert (acted.cases, acted.more) == (1, True)
    done = {number for number in (first, second) if reminded(number)}
    assert done == {min((first, second), key=lambda n: case(n).next_due_at or MONDAY)}
    actions.act("990101", now=at(days=60), most=1)
    assert reminded(first)
    assert reminded(second)


@pytest.mark.django_db
def test_an_emergency_alarms_every_level_at_once(posts: Town) -> None:
    make_item("FIRE", urgency=Urgency.EMERGENCY)
    number = reported(posts, item="FIRE")
    passes(MONDAY)
    assert [level for level, percent in reminded(number)] == ["handler", "head", "leader", "county"]
    assert {percent for _level, percent in reminded(number)} == {0}


@pytest.mark.django_db
def test_who_does_not_acknowledge_an_emergency_is_reported_one_level_up_once(posts: Town) -> None:
    make_item("FIRE", urgency=Urgency.EMERGENCY)
    number = reported(posts, item="FIRE")
    passes(MONDAY)
    leader = Reminder.objects.get(case=number, level="leader")
    actions.acknowledge(Reminder.objects.get(case=number, level="head").pk, by=as_(posts.gu), now=MONDAY)
    for _again in range(2):
        passes(MONDAY + timedelta(minutes=16))
    silent = [(one.level, one.silent) for one in Reminder.objects.filter(case=number).exclude(silent="")]
    assert ("county", "leader") in silent
    assert ("centre", "head") not in silent, "who has answered is not told on"
    assert len(silent) == len(set(silent))
    leader.refresh_from_db()
    assert leader.passed_on_at == MONDAY + timedelta(minutes=16)


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_do_everything_once() -> None:
    with standing_on(EVERYWHERE):
        town = build_town()
        make_lamp()
        numbers = [dispatched(town) for _ in range(12)]
        actions.follow(now=MONDAY)

    def work() -> None:
        try:
            for _turn in range(6):
                with standing_on(EVERYWHERE):
                    actions.act("990101", now=at(days=60), most=3)
                with standing_on(EVERYWHERE):
                    actions.follow(now=at(days=60))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(10)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    with standing_on(EVERYWHERE):
        assert {watch(number).next_at for number in numbers} == {None}
        told = [reminded(number) for number in numbers]
        assert all(len(one) == len(set(one)) > 0 for one in told)
        assert Overrun.objects.count() == len(numbers)
        notes = Note.objects.filter(kind="reminder").count()
        assert notes == sum(map(len, told))
