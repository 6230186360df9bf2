"""A browser in which somebody is wholly signed in, and what a page costs the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yiwang.people.models import Authenticator, Person
from yiwang.people.tests.test_sign_in import enrolled
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

MOST_QUERIES = 12
_FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET LOCAL")


def at_the_desk(person: Person) -> Client:
    """A browser in which this person is wholly signed in."""
    with standing_on(EVERYWHERE):
        Person.objects.filter(pk=person.pk).update(must_change_password=False)
        if not Authenticator.objects.filter(user=person).exists():
            enrolled(person)
    client = Client()
    client.force_login(person)
    session = client.session
    session["second_factor_passed"] = person.pk
    session.save()
    return client


def with_password(person: Person, password: str, *, must_change: bool = False) -> Person:
    """The person, with a password; one-time when it must be changed."""
    with standing_on(EVERYWHERE):
        person.set_password(password)
        person.must_change_password = must_change
        person.save(update_fields=["password", "must_change_password"])
    return person


def signed_in(person: Person, password: str) -> Client:
    """A browser in which this person has given this password, and nothing more yet."""
    with_password(person, password)
    client = Client()
    assert client.post("/sign-in", {"login": person.login, "password": password}).status_code == 302
    return client


def queries_of(client: Client, address: str) -> int:
    """How many queries the page asks, once the process has its pictures in memory.

    What only frames them, the begin and end of a ground's transaction, is not counted.
    """
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum(not query["sql"].startswith(_FRAMES) for query in asked)
