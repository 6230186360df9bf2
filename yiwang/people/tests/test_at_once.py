"""Two administrators do something at the same moment."""

from datetime import date

import pytest

from tests.same_moment import at_once
from tests.town import Town, build_town
from yiwang.people import actions
from yiwang.people.models import Holding, Person, UnitKind
from yiwang.people.tests.make import make_person, make_unit
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date(2026, 3, 2)


@pytest.fixture
def town_of_all() -> Town:
    with standing_on(EVERYWHERE):
        return build_town()


@pytest.fixture
def hua(town_of_all: Town) -> Person:
    with standing_on(EVERYWHERE):
        return make_person("hua", ground=town_of_all.two_wells)


def test_one_person_is_appointed_to_one_post_once(town_of_all: Town, hua: Person) -> None:
    def appoint() -> None:
        actions.appoint(hua, to=town_of_all.bos_post, since=TODAY, by=town_of_all.ning, today=TODAY)

    assert at_once(appoint, appoint) == ["already_in_post"]
    with standing_on(EVERYWHERE):
        assert Holding.objects.filter(person=hua).count() == 1


def test_nobody_is_appointed_whose_account_is_being_closed(town_of_all: Town, hua: Person) -> None:
    town = town_of_all
    assert at_once(
        lambda: actions.close_account(hua, on=TODAY, by=town.ning),
        lambda: actions.appoint(hua, to=town.bos_post, since=TODAY, by=town.ning, today=TODAY),
    ) == ["account_closed"]
    with standing_on(EVERYWHERE):
        assert not Holding.objects.filter(person=hua).exists()


def test_no_post_is_established_in_a_unit_that_is_being_closed(town_of_all: Town) -> None:
    town = town_of_all
    with standing_on(EVERYWHERE):
        unit = make_unit("清洁队", ground=town.two_wells)
    assert at_once(
        lambda: actions.close_unit(unit, on=TODAY, by=town.ning, today=TODAY),
        lambda: actions.establish_post(
            "队长", unit=unit, role=town.bos_post.role, ground=town.lane_grid, by=town.ning, today=TODAY
        ),
    ) == ["unit_closed"]


def test_one_login_name_is_given_once(town_of_all: Town) -> None:
    town = town_of_all

    def open_account() -> None:
        actions.open_account("fang", name="方", by=town.ning, today=TODAY, ground=town.well_lane)

    assert at_once(open_account, open_account) == ["login_taken"]


def test_one_office_of_a_name_is_set_up_once(town_of_all: Town) -> None:
    town = town_of_all

    def establish() -> None:
        actions.establish_unit("清洁队", kind=UnitKind.TEAM, by=town.ning, today=TODAY, ground=town.two_wells)

    assert at_once(establish, establish) == ["unit_name_taken"]
