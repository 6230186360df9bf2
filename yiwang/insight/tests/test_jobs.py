"""Counting goes on by itself, beside whoever acts at the same moment."""

import threading
from functools import partial

import pytest
from django.db import connection, transaction

from tests.jobs import asked_for
from tests.town import Town, build_town
from tests.waiting import until
from yiwang.cases.tests.make import MONDAY, make_lamp, reported
from yiwang.insight import actions, jobs
from yiwang.insight.models import Progress
from yiwang.insight.tests.make import counted, recount, tallies
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@pytest.mark.django_db
def test_the_job_counts_and_comes_back_where_more_waits(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    make_lamp()
    number = reported(town)
    jobs.follow(0)
    assert list(counted()) == [number]
    assert asked_for("insight.jobs.follow") == []
    monkeypatch.setattr(actions, "follow", partial(_more, actions.follow))
    jobs.follow(0)
    jobs.follow(0)
    assert len(asked_for("insight.jobs.follow")) == 1


def _more(_follow: object, **_said: object) -> actions.Followed:
    return actions.Followed(1, more=True)


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


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_once_count_everything_once() -> None:
    with standing_on(EVERYWHERE):
        town = build_town()
        make_lamp()
        for _ in range(6):
            reported(town)
        actions.follow(now=MONDAY, most=1)

    def count() -> None:
        try:
            for _turn in range(4):
                with standing_on(EVERYWHERE):
                    actions.follow(now=MONDAY, most=2)
        finally:
            connection.close()

    both = [threading.Thread(target=count) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with standing_on(EVERYWHERE):
        assert len(counted()) == 6
        assert tallies() == recount()
