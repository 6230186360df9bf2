"""Two people act on the same case in the same moment: one is first, the other is told, nothing happens twice."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from tests.same_moment import at_once
from tests.town import Town, build_town
from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.models import Assignment, Case, Step
from yiwang.cases.rules import State
from yiwang.cases.tests.make import MONDAY, accepted, as_, case, make_lamp, reported
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town_of_all() -> Town:
    with standing_on(EVERYWHERE):
        town = build_town()
        make_lamp()
        return town


def everywhere(make: Callable[[], int]) -> int:
    with standing_on(EVERYWHERE):
        return make()


def test_two_clerks_dispatch_and_one_post_has_it(town_of_all: Town) -> None:
    number = everywhere(partial(accepted, town_of_all))
    water, bo = town_of_all.water_post.pk, town_of_all.bos_post.pk
    refused = at_once(
        lambda: actions.dispatch(number, lead=water, by=as_(town_of_all.mei), now=MONDAY),
        lambda: actions.dispatch(number, lead=bo, by=as_(town_of_all.gu), now=MONDAY),
    )
    assert refused == ["move_too_late"]
    with standing_on(EVERYWHERE):
        assert Assignment.objects.get(case=number).post_id == water
        assert Step.objects.filter(number=number, move="dispatch").count() == 1


def test_two_clerks_merge_crosswise_and_neither_waits_for_ever(town_of_all: Town) -> None:
    one, other = (everywhere(partial(reported, town_of_all)) for _ in range(2))
    refused = at_once(
        lambda: actions.merge(one, into=other, by=as_(town_of_all.mei), now=MONDAY),
        lambda: actions.merge(other, into=one, by=as_(town_of_all.gu), now=MONDAY),
    )
    assert refused == ["merge_into_ended"]
    with standing_on(EVERYWHERE):
        assert (case(one).state, case(other).state) == (State.MERGED, State.REPORTED)


def test_many_send_the_same_report_at_once_and_it_is_kept_once(town_of_all: Town) -> None:
    told = actions.Report("井巷口的路灯不亮了", place=town_of_all.lane_grid.code)
    key = actions.Key(b"k" * 32, b"s" * 32)
    numbers: list[int] = []

    def send() -> None:
        try:
            for _time in range(25):
                numbers.append(  # noqa: PERF401 - what was answered counts, also when the next fails
                    actions.report(told, by=reporter(), now=MONDAY, key=key).number
                )
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    with standing_on(EVERYWHERE):
        assert (len(numbers), set(numbers)) == (100, {Case.objects.get().number})
