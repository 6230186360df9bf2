"""Counting goes on by itself, beside whoever acts at the same moment."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from tests.jobs import asked_for
from tests.town import Town, build_town
from tests.waiting import until
from yiwang.cases import actions as acts
from yiwang.cases.rules import State
from yiwang.cases.tests.make import MONDAY, as_, closed, make_lamp, reported
from yiwang.insight import actions, jobs, stretches
from yiwang.insight.models import Progress, Stretch
from yiwang.insight.tests.make import counted, outcomes, outcomes_anew, recount, tallies
from yiwang.plumbing.walls.certainty import certain_at
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@pytest.mark.django_db
def test_the_jobs_count_and_come_back_until_nothing_waits(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    make_lamp()
    monkeypatch.setattr(actions, "BATCH", 1)
    numbers = sorted(reported(town) for _ in range(3))
    actions.begin_again(now=MONDAY)
    Progress.objects.update(certain_at=datetime(2099, 1, 1, tzinfo=UTC))
    jobs.follow(0)
    assert [job.args["lane"] for job in asked_for("insight.jobs.walk")] == [0, 1]
    asked = len(asked_for("insight.jobs.walk"))
    while len(counted()) < 3:
        jobs.walk(0)
    assert sorted(counted()) == numbers
    assert tallies() == recount()
    jobs.walk(0)
    jobs.follow(0)
    assert len(asked_for("insight.jobs.walk")) == asked, "it was asked for already, and nothing waits any more"


@pytest.mark.django_db(transaction=True)
def test_a_report_that_was_begun_before_and_committed_after_the_counting_is_counted() -> None:
    with standing_on(EVERYWHERE):
        town = build_town()
        make_lamp()
    begun, go_on = threading.Event(), threading.Event()

    def tell_slowly() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT now()")
                begun.set()
                go_on.wait(30)
                reported(town)
        finally:
            connection.close()

    slow = threading.Thread(target=tell_slowly)
    slow.start()
    begun.wait(30)
    with standing_on(EVERYWHERE):
        quick = reported(town)
    for _turn in range(3):
        with standing_on(EVERYWHERE):
            actions.follow(now=MONDAY)
    with standing_on(EVERYWHERE):
        assert list(counted()) == [quick], "what is committed is counted at once, whatever else is open"
        held = Progress.objects.get().certain_at
    go_on.set()
    slow.join()
    with standing_on(EVERYWHERE):
        actions.follow(now=MONDAY)
        assert len(counted()) == 2
        assert tallies() == recount()
    until(lambda: _is_certain_after(held))


def _is_certain_after(held: object) -> bool:
    with standing_on(EVERYWHERE):
        actions.follow(now=MONDAY)
        return bool(Progress.objects.get().certain_at > held)  # type: ignore[operator]


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> tuple[Town, list[int]]:
    """Six cases that wait to be counted anew, each in a stretch of its own."""
    monkeypatch.setattr(actions, "BATCH", 1)
    with standing_on(EVERYWHERE):
        town = build_town()
        make_lamp()
        numbers = sorted(closed(town) for _ in range(6))
    with standing_on(EVERYWHERE):
        actions.begin_again(now=MONDAY)
    # None of their steps was recorded since then: only walking finds them.
    until(_nothing_has_moved)
    return town, numbers


def _nothing_has_moved() -> bool:
    with standing_on(EVERYWHERE):
        Progress.objects.update(certain_at=certain_at())
        return not stretches.moved_since(Progress.objects.get().certain_at, 1)


@contextmanager
def beside(act: Callable[[], object], then: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Somebody else acts in a transaction of their own, and when the `with` ends does the rest and commits."""
    acted, go_on = threading.Event(), threading.Event()

    def run() -> None:
        try:
            with standing_on(EVERYWHERE):
                act()
                acted.set()
                assert go_on.wait(60)
                then()
        finally:
            connection.close()

    other = threading.Thread(target=run)
    other.start()
    assert acted.wait(30)
    try:
        yield
    finally:
        go_on.set()
        other.join()


def begin_to_walk() -> None:
    assert stretches.take(actions.VERSION)


def finish() -> None:
    more = True
    while more:
        with standing_on(EVERYWHERE):
            more = actions.follow(now=MONDAY, most=500).more
    with standing_on(EVERYWHERE):
        assert tallies() == recount()
        assert outcomes() == outcomes_anew()


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_count_everything_once(waiting: tuple[Town, list[int]]) -> None:
    _town, numbers = waiting

    def go_through() -> None:
        try:
            for _turn in range(8):
                with standing_on(EVERYWHERE):
                    actions.walk()
        finally:
            connection.close()

    both = [threading.Thread(target=go_through) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with standing_on(EVERYWHERE):
        assert not actions.is_behind()
        assert sorted(counted()) == numbers
    finish()


@pytest.mark.django_db(transaction=True)
def test_who_counts_a_stretch_leaves_it_to_nobody_and_hinders_nobody(waiting: tuple[Town, list[int]]) -> None:
    _town, numbers = waiting
    with beside(begin_to_walk, actions.walk):
        with standing_on(EVERYWHERE):
            assert actions.walk().cases == 1
        with standing_on(EVERYWHERE):
            assert list(counted()) == [numbers[-2]], "the newest is in other hands"
            assert stretches.alone_in(0)
    finish()


@pytest.mark.django_db(transaction=True)
def test_what_moves_is_counted_at_once_while_others_count_what_waits(waiting: tuple[Town, list[int]]) -> None:
    town, numbers = waiting
    with beside(begin_to_walk, actions.walk):
        with standing_on(EVERYWHERE):
            fresh = reported(town)
            acts.reopen(numbers[0], reason="又坏了", by=as_(town.gu), now=MONDAY)
        with standing_on(EVERYWHERE):
            assert actions.keep_up(now=MONDAY, most=500).more
        with standing_on(EVERYWHERE):
            assert sorted(counted()) == [numbers[0], fresh], "also one that waits still"
    finish()


@pytest.mark.django_db(transaction=True)
def test_what_moves_while_it_is_counted_is_counted_afterwards(waiting: tuple[Town, list[int]]) -> None:
    town, numbers = waiting

    def keep_up() -> None:
        try:
            with standing_on(EVERYWHERE):
                actions.keep_up(now=MONDAY, most=500)
        finally:
            connection.close()

    follower = threading.Thread(target=keep_up)
    with beside(actions.walk):
        with standing_on(EVERYWHERE):
            acts.reopen(numbers[-1], reason="又坏了", by=as_(town.gu), now=MONDAY)
        follower.start()
        until(_somebody_waits)
    follower.join()
    with standing_on(EVERYWHERE):
        assert counted()[numbers[-1]][0] == State.IN_HAND
    finish()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_who_is_killed_in_a_stretch_leaves_it_to_the_next(waiting: tuple[Town, list[int]]) -> None:
    with suppress(ZeroDivisionError), standing_on(EVERYWHERE):
        assert actions.walk().cases == 1
        raise ZeroDivisionError
    with standing_on(EVERYWHERE):
        assert (counted(), tallies(), outcomes()) == ({}, {}, {})
        assert Stretch.objects.count() == 6
    finish()


@pytest.mark.django_db(transaction=True)
def test_who_counts_by_other_rules_takes_no_stretch_of_these(waiting: tuple[Town, list[int]]) -> None:
    with standing_on(EVERYWHERE):
        Stretch.objects.update(version=actions.VERSION + 1)
        assert actions.walk() == actions.Followed(0, more=True)
        Stretch.objects.update(version=actions.VERSION)
    finish()


@pytest.mark.django_db(transaction=True)
def test_one_lane_has_one_who_walks(waiting: tuple[Town, list[int]]) -> None:
    with beside(lambda: stretches.alone_in(0)):
        with standing_on(EVERYWHERE):
            assert not stretches.alone_in(0)
            assert stretches.alone_in(1)
        jobs.walk(0)
        with standing_on(EVERYWHERE):
            assert counted() == {}
    jobs.walk(0)
    with standing_on(EVERYWHERE):
        assert len(counted()) == 1
