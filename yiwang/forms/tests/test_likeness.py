"""When a question is asked already is a figure of the county, set by whoever administers it."""

from datetime import timedelta

import pytest

from tests.town import Town
from yiwang.cases.tests.make import MONDAY, as_, refused
from yiwang.forms import actions, models
from yiwang.forms.policy import LIKENESS, likeness_in
from yiwang.forms.rules import USUAL, Asks, Kind, Likeness
from yiwang.forms.tests.make import asked, wanted
from yiwang.places.models import Place
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import standing_on

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
HYDRANTS = Asks("沿街商铺消防栓是否完好", Kind.YES)
IN_OTHER_WORDS = Asks("请问沿街商铺的消防栓完好吗", Kind.YES)


def holds(town: Town, likeness: Likeness, county: Place | None = None) -> None:
    change = models.Likeness.objects.filter(county=county or town.county).first()
    actions.set_likeness(likeness, county=county or town.county, by=town.ning, today=TODAY, change=change)
    forget(LIKENESS.topic)


def again(town: Town) -> int:
    found = actions.look_at(wanted(town, IN_OTHER_WORDS), by=as_(town.gu), now=MONDAY)
    return len(found.again)


def test_a_county_says_from_which_likeness_on_questions_are_the_same(town: Town) -> None:
    asked(town, HYDRANTS)
    assert likeness_in(town.county.code) == USUAL
    assert again(town) == 1
    holds(town, Likeness(percent=100))
    assert again(town) == 0
    assert likeness_in("110101") == USUAL
    assert Entry.objects.get(act="set_likeness").details["percent"] == 100


def test_a_county_says_how_long_a_question_is_remembered(town: Town) -> None:
    asked(town, HYDRANTS, now=MONDAY - timedelta(days=60))
    assert again(town) == 1
    holds(town, Likeness(days=59))
    assert again(town) == 0
    holds(town, Likeness(days=61))
    assert again(town) == 1


def test_figures_that_make_no_sense_two_of_one_county_and_strangers_are_refused(town: Town) -> None:
    with refused("likeness_unfit"):
        holds(town, Likeness(percent=10))
    for stranger in (town.gu, town.qiao):
        with pytest.raises(Refused):
            actions.set_likeness(USUAL, county=town.county, by=stranger, today=TODAY)
    holds(town, USUAL)
    with refused("likeness_twice"):
        actions.set_likeness(USUAL, county=town.county, by=town.ning, today=TODAY)


def test_the_wall_lets_everybody_read_and_only_the_county_change_it(town_behind_the_wall: Town) -> None:
    town = town_behind_the_wall
    with standing_on([town.county.code]):
        holds(town, USUAL)
    with standing_on([town.bridge_grid.code]):
        assert models.Likeness.objects.count() == 1
        assert models.Likeness.objects.update(days=1) == 0
