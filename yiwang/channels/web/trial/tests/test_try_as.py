"""Trying the platform as each of its people: with one tap in a demonstration, and nowhere else."""

import pytest
from django.conf import settings as configured
from django.test import Client
from pytest_django.fixtures import Settings

from tests.desk import MOST_QUERIES, queries_of
from yiwang import demo
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.tests.make import make_person
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
from yiwang.trial.models import Day

pytestmark = pytest.mark.django_db


def silent(_done: int, _total: int | None) -> None:
    """Nobody watches."""


@pytest.fixture(autouse=True)
def county(settings: Settings) -> None:
    """The demonstration as `yiwang run` leaves it."""
    settings.DEMONSTRATION, settings.DEMONSTRATION_SIGN_INS = True, demo.SEATS
    demo.load(silent)


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"})


def test_every_seat_can_be_taken_and_has_a_desk(visitor: Client) -> None:
    said = visitor.get("/try").content.decode()
    for seat in demo.SEATS:
        assert str(seat.morning) in said
        assert visitor.post("/try/seat", {"seat": seat.name})["Location"] == "/"
        first = visitor.get("/", follow=True)
        assert first.status_code == 200, seat.name
        assert first.wsgi_request.user.login == seat.name  # type: ignore[union-attr]
        assert "/try" in first.content.decode()  # the way to somebody else's seat
    with standing_on(EVERYWHERE):
        taken = Entry.objects.filter(act="try_as", actor="visitor")
        people = dict(Person.objects.values_list("login", "pk"))
        assert {line.subject for line in taken} == {f"person:{people[seat.name]}" for seat in demo.SEATS}


def test_the_resident_has_no_account_and_whoever_sat_there_gets_up(visitor: Client) -> None:
    visitor.post("/try/seat", {"seat": "centre"})
    visitor.post("/try/seat", {"seat": "visitor"})
    assert "/report" in visitor.get("/").content.decode()
    assert visitor.get("/inbox").status_code == 302


@pytest.mark.parametrize("seat", ["", "nobody", "demo001"])
def test_who_is_no_seat_cannot_be_taken(visitor: Client, seat: str) -> None:
    assert visitor.post("/try/seat", {"seat": seat}).status_code == 404


def test_a_seat_with_a_password_of_its_own_asks_for_it(visitor: Client) -> None:
    with standing_on(EVERYWHERE):
        person = Person.objects.get(login="centre")
        person.set_password("well-lane-lamp-7")
        person.save(update_fields=["password"])
    assert visitor.post("/try/seat", {"seat": "centre"})["Location"] == "/sign-in"
    assert "_auth_user_id" not in visitor.session


@pytest.mark.parametrize("ends", ["the word", "somebody real", "another county"])
def test_outside_of_a_demonstration_there_is_no_such_page(visitor: Client, settings: Settings, ends: str) -> None:
    if ends == "the word":
        settings.DEMONSTRATION = False
    elif ends == "somebody real":
        with standing_on(EVERYWHERE):
            make_person("zhao")
    else:
        settings.DEMONSTRATION_COUNTY = "990109"
    touched(access.TOPIC)
    assert visitor.get("/try").status_code == 404
    assert visitor.get("/try/day").status_code == 404
    for seat in ("visitor", "centre", "operator"):
        assert visitor.post("/try/seat", {"seat": seat}).status_code == 404
    assert visitor.post("/try/day/begin", {"minutes": "5"}).status_code == 404
    assert visitor.post("/try/day/stop").status_code == 404
    assert "_auth_user_id" not in visitor.session
    assert "/try" not in visitor.get("/").content.decode()
    with standing_on(EVERYWHERE):
        assert not Day.objects.exists()


def test_a_day_is_begun_watched_and_stopped(visitor: Client) -> None:
    assert "No day has been played yet." in visitor.get("/try").content.decode()
    visitor.post("/try/day/begin", {"minutes": "15"})
    watched = visitor.get("/try/day")
    assert "A day is being played in 15 minutes, 15 of them are left." in watched.content.decode()
    assert visitor.get("/try/day", headers={"if-none-match": watched["ETag"]}).status_code == 304
    visitor.post("/try/day/stop")
    assert "somebody stopped it" in visitor.get("/try").content.decode()


def test_a_day_at_no_known_speed_is_not_begun(visitor: Client) -> None:
    for minutes in ("", "1", "99999999999"):
        assert visitor.post("/try/day/begin", {"minutes": minutes}).status_code == 404
    with standing_on(EVERYWHERE):
        assert not Day.objects.exists()


def test_the_page_asks_little(visitor: Client) -> None:
    visitor.post("/try/seat", {"seat": "operator"})
    assert configured.DEMONSTRATION_COUNTY
    assert queries_of(visitor, "/try") <= MOST_QUERIES
