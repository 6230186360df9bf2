"""Who really solves what: counted at night, proposed where the table is wrong, shown where departments disagree."""

from datetime import datetime

import pytest
from django.utils import timezone

from tests.town import Town
from yiwang.cases import actions as cases
from yiwang.cases.tests.make import MONDAY, as_, at, closed, dispatched, make_lamp
from yiwang.catalogue.models import Item
from yiwang.catalogue.tests.make import make_responsibility
from yiwang.people.models import Person, Post, Role
from yiwang.people.tests.make import make_holding, make_person, make_post, make_unit
from yiwang.places.models import Place
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.triage import actions
from yiwang.triage.models import Handled
from yiwang.triage.queries import conflicts, solved_at, solver_of
from yiwang.triage.rules import Solver, likely_solver

TODAY = MONDAY.date()
WATER, HOUSING = 1, 2


@pytest.mark.parametrize(
    ("solved", "answers", "found"),
    [
        ({HOUSING: 7, WATER: 2}, WATER, Solver(HOUSING, 7, 9)),
        ({HOUSING: 7, WATER: 2}, HOUSING, None),
        ({HOUSING: 2}, None, None),
        ({HOUSING: 3}, None, None),
        ({HOUSING: 4}, None, Solver(HOUSING, 4, 4)),
        ({HOUSING: 5, WATER: 5}, None, None),
        ({}, None, None),
    ],
)
def test_few_cases_do_not_overrule_the_table_and_many_do(
    solved: dict[int, int], answers: int | None, found: Solver | None
) -> None:
    assert likely_solver(solved, answers=answers) == found


def handled(town: Town, item: Item, post: int, times: int, *, then: int = 0, place: Place | None = None) -> None:
    """So many cases in the month of that Monday, as the night counts them."""
    where = (place or town.two_wells).code
    with standing_on(EVERYWHERE):
        Handled.objects.create(
            county=where[:6], place=where, item=item.pk, month=TODAY.replace(day=1), post=post, afterwards=then,
            cases=times,
        )  # fmt: skip


def housing(town: Town) -> tuple[Person, Post]:
    """Somebody of the housing office who can deal with cases of the county."""
    person = make_person("fang", name="方住建", ground=town.county)
    unit = make_unit("云岭县住建局", ground=town.county)
    post = make_post(role=Role.objects.get(code="department_handler"), unit=unit, ground=town.county, title="住建岗")
    make_holding(person, post)
    return person, post


@pytest.mark.django_db
class TestOfTheTown:
    """With the cast."""

    @pytest.fixture(autouse=True)
    def lamp(self, town: Town) -> Item:
        item = make_lamp()
        make_responsibility(item, town.water_post, place=town.county)
        return item

    def test_what_was_closed_counts_for_whoever_led_it(self, town: Town, lamp: Item) -> None:
        closed(town)
        closed(town)
        assert actions.count_handled(now=at(hours=1)) == 0, "kept today, not in that March"
        assert actions.count_handled(now=_today()) == 1
        counted = Handled.objects.get()
        assert (counted.place, counted.item, counted.post, counted.afterwards, counted.cases) == (
            town.two_wells.code, lamp.pk, town.water_post.pk, 0, 2,
        )  # fmt: skip
        assert actions.count_handled(now=_today()) == 1, "counted anew, not once more"
        assert Handled.objects.get().cases == 2

    def test_a_hand_back_counts_once_another_has_signed_for_it(self, town: Town) -> None:
        fang, post = housing(town)
        number = dispatched(town)
        cases.hand_back(number, reason="属于住建", by=as_(town.wen), now=at(hours=1))
        actions.count_handled(now=_today())
        assert not Handled.objects.exists()
        cases.dispatch(number, lead=post.pk, by=as_(town.mei), now=at(hours=2))
        cases.sign_for(number, by=as_(fang), now=at(hours=3))
        actions.count_handled(now=_today())
        counted = Handled.objects.get()
        assert (counted.post, counted.afterwards, counted.cases) == (town.water_post.pk, post.pk, 1)

    def test_what_was_classified_anew_since_says_nothing_of_the_table(self, town: Town) -> None:
        fang, post = housing(town)
        number = dispatched(town)
        cases.hand_back(number, reason="不是路灯", by=as_(town.wen), now=at(hours=1))
        cases.reclassify(
            number, item="LAMP", place=town.well_lane.code, reason="地点不对", by=as_(town.mei), now=at(hours=2)
        )
        cases.dispatch(number, lead=post.pk, by=as_(town.mei), now=at(hours=2))
        cases.sign_for(number, by=as_(fang), now=at(hours=3))
        actions.count_handled(now=_today())
        assert not Handled.objects.exists()

    def test_the_table_is_corrected_by_who_solves_it_in_that_town_only(self, town: Town, lamp: Item) -> None:
        _fang, post = housing(town)
        handled(town, lamp, post.pk, 7)
        handled(town, lamp, town.water_post.pk, 2)
        assert solver_of(lamp.pk, town.lane_grid.code, on=TODAY) == Solver(post.pk, 7, 9)
        assert solver_of(lamp.pk, town.bridge_grid.code, on=TODAY) is None
        assert solved_at(lamp.pk, town.lane_grid.code, on=TODAY.replace(year=2028)) == {}

    def test_an_administrator_sees_where_two_disagree_on_their_ground(self, town: Town, lamp: Item) -> None:
        _fang, post = housing(town)
        handled(town, lamp, town.water_post.pk, 14, then=post.pk)
        handled(town, lamp, town.water_post.pk, 2, then=post.pk, place=town.stone_bridge)
        [found] = conflicts(town.ning, on=TODAY)
        assert (found.item.name, found.place_name, found.was.id, found.takes.id) == (
            "路灯不亮", "双井街道", town.water_post.pk, post.pk,
        )  # fmt: skip
        assert (found.this_month, found.last_month, found.mended) == (14, 0, False)
        assert conflicts(town.ning, on=TODAY.replace(month=4))[0].last_month == 14
        assert conflicts(town.qiao, on=TODAY) == []

    def test_nobody_reads_the_counts_of_other_ground(self, town: Town, lamp: Item) -> None:
        handled(town, lamp, town.water_post.pk, 5)
        with standing_on([town.stone_bridge.code]):
            assert not Handled.objects.exists()
        with standing_on([town.two_wells.code]):
            assert Handled.objects.count() == 1


def _today() -> datetime:
    """Steps are kept at the database's own time, whatever day they tell of."""
    return timezone.now()
