"""What is waived for a demonstration is waived for nothing else."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings as configured
from django.contrib.auth import authenticate
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from yiwang.people import access, actions, demonstration
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.people.tests.make import give, make_person
from yiwang.places.models import Place
from yiwang.places.tests.make import make_place
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db
COUNTY, PASSWORD = configured.DEMONSTRATION_COUNTY, configured.DEMONSTRATION_PASSWORD
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def county(settings: Settings) -> Iterator[Place]:
    """The demonstration as `yiwang run` leaves it: the county, its operator, and the operator's word."""
    settings.DEMONSTRATION = True
    with standing_on(EVERYWHERE):
        county = make_place(COUNTY, "云岭县")
        give(make_person("operator", password=PASSWORD), [Duty.ADMINISTER], ground=None)
        make_person("clerk", ground=county, password=PASSWORD)
        yield county


def enters(login: str, password: str) -> bool:
    return authenticate(RequestFactory().post("/sign-in"), username=login, password=password) is not None


def a_real_county_comes() -> Place:
    return make_place("110101", "东城区")


def test_everybody_may_look_around_while_nobody_real_works_here(county: Place) -> None:
    a_real_county_comes()
    make_person("visitor", ground=county)
    assert demonstration.waives_second_factor()
    assert enters("operator", PASSWORD)


def test_from_the_first_real_account_on_nothing_is_waived_and_the_public_password_opens_nothing() -> None:
    real = a_real_county_comes()
    operator = Person.objects.get(login="operator")
    with pytest.raises(Refused) as refused:
        actions.open_account("zhao", name="赵", by=operator, today=TODAY, ground=real)
    assert refused.value.code == "own_password_first"
    operator = actions.choose_password(operator, old=PASSWORD, new="well-lane-lamp-7")
    _, password = actions.open_account("zhao", name="赵", by=operator, today=TODAY, ground=real)
    forget(access.TOPIC)
    assert not demonstration.waives_second_factor()
    assert not enters("operator", PASSWORD)
    assert not enters("clerk", PASSWORD)
    assert enters("zhao", password)
    assert enters("operator", "well-lane-lamp-7")


def test_a_second_account_over_the_whole_installation_is_a_real_one() -> None:
    make_person("director")
    assert not demonstration.waives_second_factor()


def test_an_account_that_is_closed_again_ends_no_demonstration() -> None:
    make_person("director", is_active=False)
    assert demonstration.waives_second_factor()


def test_the_word_alone_makes_no_demonstration(settings: Settings) -> None:
    settings.DEMONSTRATION_COUNTY = "990109"
    assert not demonstration.waives_second_factor()
    settings.DEMONSTRATION, settings.DEMONSTRATION_COUNTY = False, COUNTY
    forget(access.TOPIC)
    assert not demonstration.waives_second_factor()
    assert enters("operator", PASSWORD)


def test_nobody_real_chooses_the_password_that_everybody_knows() -> None:
    zhao = make_person("zhao", ground=a_real_county_comes(), password="well-lane-lamp-7")
    with pytest.raises(Refused) as refused:
        actions.choose_password(zhao, old="well-lane-lamp-7", new=PASSWORD)
    assert refused.value.code == "password_everybody_knows"
