"""Whoever administers a ground sets its figures; tried on all that counties set, so that none is kept otherwise."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.town import Town
from yiwang.callbacks.actions import set_sampling
from yiwang.callbacks.policy import SAMPLING
from yiwang.callbacks.rules import Sampling
from yiwang.cases.tests.make import MONDAY, refused
from yiwang.figures.policy import Figures
from yiwang.formalism.actions import set_tolerances
from yiwang.formalism.policy import TOLERANCES
from yiwang.formalism.rules import Tolerances
from yiwang.forms.actions import set_likeness
from yiwang.forms.policy import LIKENESS
from yiwang.forms.rules import Likeness
from yiwang.people.models import Person
from yiwang.places.models import Place
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import standing_on
from yiwang.repeats.actions import set_often
from yiwang.repeats.policy import OFTEN
from yiwang.repeats.rules import Often
from yiwang.workload.actions import set_minutes
from yiwang.workload.policy import MINUTES
from yiwang.workload.rules import Minutes

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@dataclass(frozen=True)
class Set:
    """What a county sets: by which act, what it says instead of the usual, and what makes no sense (with its code)."""

    figures: Figures[Any, Any]
    act: Callable[..., models.Model]
    rule: Any
    unfit: Any
    fault: str

    def put(self, by: Person, of: Place | None, *, rule: Any = None, change: models.Model | None = None) -> Any:
        kept = self.act(rule or self.rule, **{self.figures.ground: of}, by=by, today=TODAY, change=change)
        forget(self.figures.topic)
        return kept


ALL = (
    Set(LIKENESS, set_likeness, Likeness(percent=70, days=31), Likeness(percent=29), "likeness_unfit"),
    Set(TOLERANCES, set_tolerances, Tolerances(6, 7, 100, 4, 80, 60), Tolerances(bits=17), "tolerances_unfit"),
    Set(MINUTES, set_minutes, Minutes(6, 16, 46, 7, 17, 900), Minutes(task=481), "minutes_unfit"),
    Set(OFTEN, set_often, Often(times=4, months=7, metres=100), Often(times=1), "often_unfit"),
    Set(SAMPLING, set_sampling, Sampling(20, (), 3, 10, 5), Sampling(percent=101), "sampling_percent_unfit"),
)


@pytest.fixture(params=ALL, ids=lambda one: one.figures.topic)
def one(request: pytest.FixtureRequest) -> Set:
    found = request.param
    assert isinstance(found, Set)
    return found


def test_all_tables_of_figures_are_tried_here() -> None:
    known = {one.figures.table for one in ALL}
    made = {model for model in apps.get_models() if "OfCounty" in {base.__name__ for base in model.__mro__}}
    assert made <= known


def test_what_a_county_sets_holds_there_and_nowhere_else(town: Town, one: Set) -> None:
    assert one.figures.nearest(town.county.code) is None
    one.put(town.ning, town.county)
    assert one.figures.nearest(town.county.code) == one.rule
    assert one.figures.nearest(town.lane_grid.code) == one.rule
    assert one.figures.nearest("110101") is None


def test_what_is_set_for_every_county_holds_where_none_set_its_own(town: Town, one: Set) -> None:
    own = replace(one.rule, **{_last(one): getattr(one.rule, _last(one)) - 1})
    one.put(town.operator, None)
    one.put(town.ning, town.county, rule=own)
    found = [one.figures.nearest(code) for code in (town.county.code, town.other_county.code, "")]
    assert found == [own, one.rule, one.rule]


def test_every_figure_is_written_into_a_column_of_its_own(town: Town, one: Set) -> None:
    kept = one.put(town.ning, town.county)
    kept.refresh_from_db()
    said = {column: getattr(kept, column) for column in one.figures.named.values()}
    assert one.figures.read(said.__getitem__) == one.rule
    assert len(said) == len(fields(one.rule))


def test_it_is_changed_in_its_row_and_each_time_the_trail_says_so(town: Town, one: Set) -> None:
    kept = one.put(town.ning, town.county)
    last = _last(one)
    less = replace(one.rule, **{last: getattr(one.rule, last) - 1})
    assert one.put(town.ning, town.county, rule=less, change=kept).pk == kept.pk
    assert one.figures.nearest(town.county.code) == less
    lines = Entry.objects.filter(subject=f"{one.figures.topic}:{kept.pk}").order_by("pk")
    assert [line.act for line in lines] == [f"set_{one.figures.topic}"] * 2
    assert [line.details[last] for line in lines] == [getattr(one.rule, last), getattr(less, last)]


def test_what_makes_no_sense_and_a_second_setting_are_refused(town: Town, one: Set) -> None:
    with refused(one.fault):
        one.put(town.ning, town.county, rule=one.unfit)
    one.put(town.ning, town.county)
    with refused(one.figures.twice):
        one.put(town.ning, town.county)
    assert one.figures.table._default_manager.count() == 1


def test_nobody_sets_what_holds_on_other_ground(town: Town, one: Set) -> None:
    for stranger, ground in ((town.gu, town.county), (town.qiao, town.county), (town.ning, None)):
        with refused("duty_not_held_there"):
            one.put(stranger, ground)
    assert not one.figures.table._default_manager.exists()


def test_whose_row_is_changed_is_told_by_the_row(town: Town, one: Set) -> None:
    kept = one.put(town.ning, town.county)
    with refused("duty_not_held_there"):
        one.put(town.qiao, town.two_wells, change=kept)


def test_a_grid_has_no_figures_of_its_own(town: Town, one: Set) -> None:
    with refused(one.figures.unfit):
        one.put(town.ning, town.lane_grid)


def test_the_wall_lets_everybody_read_and_only_the_county_change(town_behind_the_wall: Town, one: Set) -> None:
    town = town_behind_the_wall
    with standing_on([town.county.code]):
        one.put(town.ning, town.county)
    table = one.figures.table._default_manager
    with standing_on([town.bridge_grid.code]):
        assert table.count() == 1
        assert table.update(**{one.figures.ground: None}) == 0


def _last(one: Set) -> str:
    """The last of its figures."""
    return [field.name for field in fields(one.rule) if field.type is int][-1]
