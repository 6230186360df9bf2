"""Nobody chooses who is called; who is not, is closed by the clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from tests.town import Town
from yiwang.callbacks import actions, queries
from yiwang.callbacks.models import Draw
from yiwang.callbacks.policy import SAMPLING
from yiwang.callbacks.rules import Sampling, Why, lot_of
from yiwang.cases import actions as cases
from yiwang.cases.access import reporter
from yiwang.cases.models import Case, Step
from yiwang.cases.queries import Filter, to_call
from yiwang.cases.rules import State
from yiwang.cases.tests.make import MONDAY, as_, at, case, checked, finished, in_hand, make_lamp, refused
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import standing_on

LAN: dict[str, Any] = {"name": "蓝居民", "phone": "13800000001"}
LONG_AFTER = at(days=60)


@pytest.fixture(autouse=True)
def _lamp(town: Town) -> None:
    make_lamp()


def ruled(town: Town, sampling: Sampling, *, place: Place | None = None) -> None:
    by = town.operator if place is None else town.ning
    actions.set_sampling(sampling, place=place, by=by, today=MONDAY.date())
    forget(SAMPLING.topic)


def called(town: Town) -> list[int]:
    return sorted(one.number for one in to_call(as_(town.mei), queries.to_be_called(Filter())))


def test_without_a_rule_everybody_is_called_and_nothing_is_drawn(town: Town) -> None:
    number = checked(town, **LAN)
    assert actions.draw(now=MONDAY) == actions.Drawn()
    assert called(town) == [number]


def test_a_draw_is_told_again_from_the_history(town: Town) -> None:
    ruled(town, Sampling(percent=50))
    numbers = [checked(town, **LAN) for _ in range(6)]
    actions.draw(now=MONDAY)
    for number in numbers:
        drawn = Draw.objects.get(number=number)
        sealed = Step.objects.get(number=number, move="confirm")
        assert drawn.lot == lot_of(number, bytes(sealed.hash))
        assert drawn.asked is (drawn.lot < 5000)
    assert called(town) == [number for number in numbers if Draw.objects.get(number=number).asked]


def test_a_case_is_drawn_for_once_in_each_turn(town: Town) -> None:
    ruled(town, Sampling(percent=0))
    number = checked(town, **LAN)
    assert actions.draw(now=MONDAY).cases == 1
    assert actions.draw(now=MONDAY).cases == 0
    cases.call_back(number, solved=False, satisfied=False, by=as_(town.mei), now=MONDAY)
    cases.reopen(number, reason="still dark", by=as_(town.mei), now=MONDAY)
    cases.finish(number, evidence=cases.Brought("done"), by=as_(town.wen), now=MONDAY)
    cases.confirm(number, by=as_(town.bo), now=MONDAY)
    assert called(town) == [number]
    actions.draw(now=MONDAY)
    again = Draw.objects.get(number=number, turn=1)
    assert again.reasons == [Why.BEFORE]
    assert called(town) == [number]


def test_who_is_not_called_has_time_to_speak_and_is_then_closed_by_the_clock(town: Town) -> None:
    ruled(town, Sampling(percent=0))
    number = checked(town, **LAN)
    actions.draw(now=MONDAY)
    until = case(number).next_due_at
    assert until is not None
    assert called(town) == []
    assert actions.close_undrawn(now=until - timedelta(seconds=1)) == 0
    assert actions.close_undrawn(now=until) == 1
    assert actions.close_undrawn(now=until) == 0
    step = Step.objects.get(number=number, move="close")
    assert (case(number).state, step.actor) == (State.CLOSED, "clock")
    assert str(Draw.objects.get(number=number).lot) in step.reason


def test_nobody_else_closes_unasked(town: Town) -> None:
    number = checked(town, **LAN)
    with refused("reporter_not_asked_yet"):
        cases.close(number, by=as_(town.mei), now=MONDAY)


def test_whoever_was_drawn_reads_which_number_it_was(town: Town) -> None:
    ruled(town, Sampling(percent=100))
    number = checked(town, **LAN)
    actions.draw(now=MONDAY)
    lot = Draw.objects.get(number=number).lot
    said = f"drawn by lot (number {lot}; whoever draws one below 10000 of 10000 is called)"
    with translation.override("en"):
        assert queries.whys([case(number)])[number] == [said]


def test_who_is_not_content_on_their_own_page_is_called_whatever_the_lot_said(town: Town) -> None:
    ruled(town, Sampling(percent=0))
    number = checked(town, **LAN)
    actions.draw(now=MONDAY)
    cases.call_back(number, solved=True, satisfied=False, words="mud", by=reporter(), now=MONDAY)
    assert called(town) == [number]
    assert queries.whys([case(number)])[number] != []
    assert actions.close_undrawn(now=LONG_AFTER) == 0
    assert case(number).state == State.CALLED_BACK


def test_who_is_content_on_their_own_page_is_closed_by_the_clock(town: Town) -> None:
    ruled(town, Sampling(percent=0))
    number = checked(town, **LAN)
    actions.draw(now=MONDAY)
    cases.call_back(number, solved=True, satisfied=True, by=reporter(), now=MONDAY)
    assert called(town) == []
    assert actions.close_undrawn(now=LONG_AFTER) == 1


def test_what_was_done_within_minutes_is_always_asked_about(town: Town) -> None:
    ruled(town, Sampling(percent=0, minutes=5))
    number = checked(town, **LAN)
    slow = in_hand(town, **LAN)
    cases.finish(slow, evidence=cases.Brought("done"), by=as_(town.wen), now=at(hours=1))
    cases.confirm(slow, by=as_(town.bo), now=at(hours=1))
    actions.draw(now=at(hours=1))
    assert called(town) == [number]


def test_usual_is_what_at_least_ten_closed_cases_took(town: Town) -> None:
    ruled(town, Sampling(percent=0, of_usual=50))
    for _ in range(10):
        number = in_hand(town, **LAN)
        cases.finish(number, evidence=cases.Brought("done"), by=as_(town.wen), now=at(hours=4))
        cases.confirm(number, by=as_(town.bo), now=at(hours=4))
        cases.call_back(number, solved=True, satisfied=True, by=as_(town.mei), now=at(hours=4))
        cases.close(number, by=as_(town.mei), now=at(hours=4))
    quick = in_hand(town, **LAN)
    cases.finish(quick, evidence=cases.Brought("done"), by=as_(town.wen), now=at(hours=2))
    cases.confirm(quick, by=as_(town.bo), now=at(hours=2))
    actions.draw(now=at(hours=4))
    assert Draw.objects.get(number=quick).reasons == [Why.USUAL]


def test_the_nearest_rule_holds(town: Town) -> None:
    ruled(town, Sampling(percent=0))
    ruled(town, Sampling(percent=100), place=town.two_wells)
    number = checked(town, **LAN)
    actions.draw(now=MONDAY)
    assert Draw.objects.get(number=number).percent == 100


def test_a_rule_of_one_county_leaves_the_others_alone(town: Town) -> None:
    ruled(town, Sampling(percent=0), place=town.stone_bridge)
    number = checked(town, **LAN)
    actions.draw(now=MONDAY)
    assert (Draw.objects.count(), called(town)) == (0, [number])


def test_where_nobody_can_be_reached_nobody_is_called(town: Town) -> None:
    ruled(town, Sampling(percent=100))
    number = checked(town)
    finished(town)
    actions.draw(now=MONDAY)
    assert not Draw.objects.get(number=number).asked
    assert actions.close_undrawn(now=LONG_AFTER) == 1


@pytest.mark.parametrize(
    ("sampling", "code"),
    [(Sampling(101), "sampling_percent_unfit"), (Sampling(items=("NIX",)), "sampling_item_unknown")],
)
def test_a_rule_that_makes_no_sense_is_refused(town: Town, sampling: Sampling, code: str) -> None:
    with refused(code):
        ruled(town, sampling, place=town.county)


def test_who_administers_another_county_sets_no_rule_here(town: Town) -> None:
    with pytest.raises(Refused):
        actions.set_sampling(Sampling(), place=town.county, by=town.qiao, today=MONDAY.date())


def test_a_draw_is_seen_where_its_case_lies(town: Town) -> None:
    ruled(town, Sampling(percent=0))
    checked(town, **LAN)
    actions.draw(now=MONDAY)
    with standing_on((town.stone_bridge.code,)):
        assert Draw.objects.count() == 0
    with standing_on((town.two_wells.code,)):
        assert Draw.objects.count() == 1
    assert Case.objects.count() == 1
