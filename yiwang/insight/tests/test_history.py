"""What is rebuilt from the steps is what the roll-ups say, whatever happened."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions as acts
from yiwang.cases.access import reporter
from yiwang.cases.tests.make import MONDAY, as_, at, closed, make_lamp, reported
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.tests.make import make_item
from yiwang.insight.history import Rebuilt, rebuilt
from yiwang.insight.models import MEASURES, Tally
from yiwang.insight.queries import Span
from yiwang.insight.tests.test_actions import Walk, follow

EVER = Span(date(2020, 1, 1), date(2040, 1, 1))
OF_POSTS = {"given", "signed_in_time", "handed_back"}


@pytest.fixture(autouse=True)
def _items(town: Town) -> None:
    make_lamp()
    make_item("SPOT", on_the_spot=True)
    make_item("SECRET", secrecy=Secrecy.SEALED)


def from_steps(town: Town, span: Span = EVER) -> Rebuilt:
    return rebuilt(town.county.code, span, as_of=timezone.now() + timedelta(days=1))


def from_rollups(place: str) -> dict[str, int]:
    """The matters' sums of a place over all days, and of its units what was given to them."""
    sums = dict.fromkeys(MEASURES, 0)
    for row in Tally.objects.filter(place=place, facet__in=["board", "unit"]):
        for name in MEASURES:
            if (name in OF_POSTS) == (row.facet == "unit"):
                sums[name] += getattr(row, name)
    return sums


def durations(place: str) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in Tally.objects.filter(place=place, facet="duration", closed__gt=0):
        found[row.key] = found.get(row.key, 0) + row.closed
    return found


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_history_says_what_the_roll_ups_say(town: Town, seed: int) -> None:
    walk = Walk(town, seed)
    for _turn in range(260):
        walk.step()
    follow()
    found = from_steps(town)
    for place in (town.county.code, town.two_wells.code):
        # Who answers for what is no step.
        expected = from_rollups(place) | {"unowned": 0}
        assert found.sums[place] | {"unowned": 0} == expected
        assert found.durations[place] == durations(place)
    assert found.lent == 0, "every moment that counts stands in a step"


def test_what_was_recorded_afterwards_does_not_change_what_was_known_then(town: Town) -> None:
    number = closed(town)
    then = timezone.now()
    acts.reopen(number, reason="又坏了", by=as_(town.gu), now=MONDAY)
    before = rebuilt(town.county.code, EVER, as_of=then).sums[town.two_wells.code]
    after = from_steps(town).sums[town.two_wells.code]
    assert (before["closed"], before["reopened"], after["closed"], after["reopened"]) == (1, 0, 0, 1)


def test_only_the_days_of_the_span_are_counted(town: Town) -> None:
    closed(town)
    told = acts.Report("桥头的路灯不亮了", place=town.bridge_grid.code)
    acts.report(told, by=reporter(), now=at(days=40))
    march = from_steps(town, Span(MONDAY.date().replace(day=1), MONDAY.date() + timedelta(days=20)))
    assert march.sums[town.county.code]["reported"] == 1
    assert town.stone_bridge.code not in march.sums


def test_a_case_sealed_afterwards_was_counted_before(town: Town) -> None:
    number = reported(town)
    then = timezone.now()
    acts.accept(number, item="SECRET", place=town.lane_grid.code, by=as_(town.mei), now=MONDAY)
    assert rebuilt(town.county.code, EVER, as_of=then).sums[town.county.code]["reported"] == 1
    assert from_steps(town).cases == 0
