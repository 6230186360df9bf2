"""Who asks, for the API: the bearer of a token, or the person of a session (with its CSRF token)."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from yiwang.people import access, queries
from yiwang.people.models import Person
from yiwang.people.rules import Duty


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody the API answers: a person, or a program with part of a person's duties."""

    person: Person
    bearer: queries.Bearer | None = None

    @property
    def subject(self) -> str:
        """As the audit trail writes it."""
        return f"token:{self.bearer.token_id}" if self.bearer else f"person:{self.person.pk}"

    @property
    def home(self) -> str:
        """The ground that what they bring in belongs to: the token's, or the person's own."""
        return self.bearer.ground if self.bearer else self.person.ground_id or ""

    def may(self, duty: Duty, place: str) -> bool:
        """Whether they have this duty at the place (its code) today."""
        if self.bearer:
            return self.bearer.may(duty, place)
        return access.may(self.person.pk, duty, place, on=timezone.localdate())


class TokenAuth(HttpBearer):
    """The gate has looked the token up already, to stand on its ground."""

    def authenticate(self, request: HttpRequest, token: str) -> Asker | None:
        bearer: queries.Bearer | None = getattr(request, "bearer", None)
        return Asker(bearer.person, bearer) if bearer and bearer.duties else None


class PageAuth(SessionAuth):
    """Our own pages, within their session."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Asker | None:
        return Asker(request.user) if isinstance(request.user, Person) else None


def asker_of(request: HttpRequest) -> Asker:
    """Who asks; endpoints that need nobody do not call this."""
    asker = getattr(request, "auth", None)
    assert isinstance(asker, Asker)
    return asker
