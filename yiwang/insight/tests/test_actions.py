"""The tallies are always the sum of what the cases say, whatever happened and whenever somebody counted."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.town import Town
from yiwang.cases import actions as acts
from yiwang.cases.access import CLOCK, reporter
from yiwang.cases.models import Case
from yiwang.cases.rules import State
from yiwang.cases.tests.make import MONDAY, as_, closed, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.insight import actions
from yiwang.insight.models import Counted, Progress, Tally
from yiwang.insight.tests.make import counted, outcomes, outcomes_anew, recount, tallies
from yiwang.plumbing.refusals import Refused

Act = Callable[[], object]


@pytest.fixture(autouse=True)
def _items(town: Town) -> None:
    make_lamp()
    make_item("SPOT", on_the_spot=True)
    make_item("SECRET", secrecy=Secrecy.SEALED)


def follow(most: int = actions.BATCH) -> None:
    while actions.follow(now=MONDAY, most=most).more:
        pass


class Walk:
    """Somebody does anything at all, with any case; most of it is refused."""

    def __init__(self, town: Town, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - nothing secret is drawn
        self.town, self.now = town, MONDAY
        self.mei, self.gu, self.wen, self.bo = (as_(one) for one in (town.mei, town.gu, town.wen, town.bo))
        self.numbers: list[int] = []

    def tell(self) -> None:
        place = self.chance.choice([self.town.lane_grid, self.town.yard, self.town.upper_lane, self.town.two_wells])
        told = acts.Report("井巷口的路灯不亮了", place=place.code, phone=self.chance.choice(["", "13800000001"]))
        self.numbers.append(acts.report(told, by=reporter(), now=self.now).number)

    def step(self) -> None:
        self.now += timedelta(hours=self.chance.choice([1, 1, 5, 30]))
        if not self.numbers or self.chance.random() < 0.15:
            self.tell()
        number = self.chance.choice(self.numbers)
        with suppress(Refused), transaction.atomic():
            self.chance.choice(self.possible(number))()

    def possible(self, number: int) -> list[Act]:
        now, water = self.now, self.town.water_post.pk
        mei, gu, wen, bo = self.mei, self.gu, self.wen, self.bo
        why = "有原因"
        brought = acts.Brought("已处理")
        satisfied, item = self.chance.random() < 0.6, self.chance.choice(["LAMP", "LAMP", "SPOT", "SECRET"])
        place = self.chance.choice([self.town.lane_grid.code, self.town.upper_lane.code])
        onward: list[Act] = [
            lambda: acts.accept(number, item="LAMP", place=place, by=mei, now=now),
            lambda: acts.dispatch(number, lead=water, by=mei, now=now),
            lambda: acts.sign_for(number, by=wen, now=now),
            lambda: acts.finish(number, evidence=brought, by=wen, now=now),
            lambda: acts.confirm(number, by=bo, now=now),
            lambda: acts.call_back(number, solved=satisfied, satisfied=satisfied, by=mei, now=now),
            lambda: acts.close(number, by=mei, now=now),
        ]
        return [
            *onward, *onward, *onward,
            lambda: acts.reclassify(number, item=item, place=place, reason=why, by=mei, now=now),
            lambda: acts.decline(number, reason=why, by=mei, now=now),
            lambda: acts.merge(number, into=self.chance.choice(self.numbers), by=mei, now=now),
            lambda: acts.separate(number, reason=why, by=mei, now=now),
            lambda: self.numbers.extend(self._split(number)),
            lambda: acts.join_up(number, now=now),
            lambda: acts.settle(number, evidence=brought, item="SPOT", by=bo, now=now),
            lambda: acts.hand_back(number, reason=why, by=wen, now=now),
            lambda: acts.recall(number, reason=why, by=gu, now=now),
            lambda: acts.ask_more_time(number, hours=5, reason=why, by=wen, now=now),
            lambda: acts.grant_more_time(number, by=gu, now=now),
            lambda: acts.ask_pause(number, until=now + timedelta(days=2), reason=why, by=wen, now=now),
            lambda: acts.grant_pause(number, by=gu, now=now),
            lambda: acts.resume(number, by=gu, now=now),
            lambda: acts.send_back(number, reason=why, by=bo, now=now),
            lambda: acts.no_answer(number, words=why, by=mei, now=now),
            lambda: acts.reopen(number, reason=why, by=gu, now=now),
            lambda: acts.withdraw(number, by=reporter(), now=now),
            lambda: acts.relocate(number, place=place, by=CLOCK, now=now),
            lambda: acts.call_back(number, solved=True, satisfied=satisfied, by=reporter(), now=now),
        ]  # fmt: skip

    def _split(self, number: int) -> list[int]:
        before = set(Case.objects.values_list("number", flat=True))
        acts.split(number, parts=[acts.PartTold("灯坏了"), acts.PartTold("井盖松了")], by=self.mei, now=self.now)
        return sorted(set(Case.objects.values_list("number", flat=True)) - before)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_tallies_are_what_a_recount_gives(town: Town, seed: int) -> None:
    walk = Walk(town, seed)
    for turn in range(260):
        walk.step()
        if turn % 13 == 0:
            follow(most=walk.chance.choice([1, 3, 500]))
            assert tallies() == recount()
            assert outcomes() == outcomes_anew()
    states = set(Case.objects.values_list("state", flat=True))
    assert len(states) > 5, "the walk has gone somewhere"


def test_the_same_day_counted_from_nothing_is_the_same(town: Town) -> None:
    walk = Walk(town, 7)
    for _turn in range(200):
        walk.step()
        follow()
    bit_by_bit, rows = tallies(), counted()
    actions.count_all(now=MONDAY)
    assert tallies() == bit_by_bit
    assert counted() == rows


def test_what_is_killed_in_the_middle_leaves_no_trace(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    follow()
    closed(town)
    before, at = tallies(), Progress.objects.get().certain_at
    monkeypatch.setattr(Progress, "save", _fail)
    with pytest.raises(RuntimeError):
        actions.follow(now=MONDAY)
    monkeypatch.undo()
    assert tallies() == before
    assert Progress.objects.get().certain_at == at
    follow()
    assert tallies() == recount() != before


def _fail(*_said: object, **_more: object) -> None:
    raise RuntimeError


def test_counting_again_adds_nothing(town: Town) -> None:
    closed(town)
    assert actions.follow(now=MONDAY).cases >= 1
    once = tallies()
    Counted.objects.update(steps=0)
    follow()
    assert tallies() == once


def test_what_is_sealed_is_not_counted_and_no_longer_counted_once_it_is(town: Town) -> None:
    reported(town, item="SECRET")
    number = reported(town)
    follow()
    assert list(counted()) == [number]
    acts.accept(number, item="SECRET", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    follow()
    assert counted() == {}
    assert tallies() == {}


def test_cases_that_were_there_before_counting_began_are_walked_through(town: Town) -> None:
    numbers = sorted(closed(town) for _ in range(5))
    with connection.cursor() as cursor:
        # As if they had been told long ago.
        cursor.execute("SELECT yiwang_certain_at()")
        (at,) = cursor.fetchone()
    Progress.objects.create(version=actions.VERSION, certain_at=at + timedelta(days=1), counted_at=MONDAY)
    # What was certain lies in the future: the clock was set back, and a day is looked through again.
    assert actions.follow(now=MONDAY, most=2) == actions.Followed(1, more=True)
    follow(most=2)
    assert sorted(counted()) == numbers
    assert tallies() == recount()


def test_another_version_of_the_rules_counts_all_anew(town: Town) -> None:
    closed(town)
    follow()
    right = tallies()
    Progress.objects.update(version=actions.VERSION - 1)
    Tally.objects.update(reported=99)
    follow()
    assert tallies() == right


def test_a_case_that_moved_counts_where_and_how_it_stands_now(town: Town) -> None:
    number = closed(town)
    follow()
    row = Counted.objects.get(number=number)
    assert (row.state, row.is_open, row.unit) == (State.CLOSED, False, town.water_company.pk)
    town_row = Tally.objects.get(facet="board", place=town.two_wells.code, day=MONDAY.date())
    assert (town_row.accepted, town_row.closed, town_row.asked) == (1, 1, 1)
    acts.reopen(number, reason="又坏了", by=as_(town.gu), now=MONDAY)
    follow()
    town_row.refresh_from_db()
    assert (town_row.accepted, town_row.closed, town_row.reopened) == (1, 0, 1)
