"""Programs and people who call."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from yiwang.channels.api.problems import Problem
from yiwang.people import actions
from yiwang.people.models import Person, Token
from yiwang.people.rules import Duty
from yiwang.people.sessions import SessionStore
from yiwang.places.models import Place
from yiwang.plumbing.problems import MEDIA_TYPE
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


def token(by: Person, ground: Place | None, *duties: Duty) -> tuple[Token, str]:
    now = timezone.now()
    with standing_on(EVERYWHERE):
        return actions.issue_token(
            "hotline", duties=duties, ground=ground, expires_at=now + timedelta(days=3), by=by, now=now
        )


def with_token(secret: str, **headers: str) -> Client:
    return Client(headers={"authorization": f"Bearer {secret}", "accept-language": "en", **headers})


def program(by: Person, ground: Place | None, *duties: Duty) -> Client:
    return with_token(token(by, ground, *duties)[1])


def signed_in(person: Person, **options: Any) -> Client:
    """A browser in which the person is signed in, with what their posts demand."""
    client = Client(headers={"accept-language": "en"}, **options)
    session = SessionStore()
    session.update({
        SESSION_KEY: str(person.pk),
        BACKEND_SESSION_KEY: "yiwang.people.backends.PersonBackend",
        HASH_SESSION_KEY: person.get_session_auth_hash(),
        "second_factor_passed": person.pk,
    })  # fmt: skip
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    return client


def problem_of(answer: Any) -> Problem:
    """What was said, which must be a whole problem document."""
    assert answer["Content-Type"] == MEDIA_TYPE
    said = Problem.model_validate(answer.json())
    assert said.status == answer.status_code
    assert said.request_id == answer["X-Request-ID"]
    return said


def wrong_fields(answer: Any) -> list[tuple[str, str]]:
    return [(field.field, field.code) for field in problem_of(answer).fields]


def codes(answer: Any, key: str) -> Iterable[str]:
    assert answer.status_code == 200, answer.content
    return [line["code"] for line in answer.json()[key]]
