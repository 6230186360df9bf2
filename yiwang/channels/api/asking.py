"""Who asks, for the API: the bearer of a token, or the person of a session (with its CSRF token)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth
from ninja.utils import check_csrf

from yiwang.cases.access import Actor, acting, acting_by_token
from yiwang.channels.api.limiting import count_call
from yiwang.channels.api.problems import CannotTake
from yiwang.channels.api.words import CSRF_FAILED
from yiwang.people import access, queries
from yiwang.people.models import Person
from yiwang.people.rules import ONLY_LOOKING, WHOLE, Duty
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody the API answers: a person, or a program with part of a person's duties."""

    person: Person
    bearer: queries.Bearer | None = None

    @property
    def subject(self) -> str:
        """As the audit trail writes it."""
        return f"token:{self.bearer.token_id}" if self.bearer else f"person:{self.person.pk}"

    def acting(self, *, channel: str = "api") -> Actor:
        """As whom they act upon a case today."""
        today = timezone.localdate()
        actor = acting_by_token(self.bearer, on=today) if self.bearer else acting(self.person, on=today)
        return replace(actor, channel=channel)

    @property
    def grounds(self) -> tuple[str, ...]:
        """Where they stand today, as `standing_on` takes it."""
        if self.bearer:
            return EVERYWHERE if self.bearer.ground == WHOLE else (self.bearer.ground,)
        return access.grounds_of(self.person.pk, timezone.localdate())

    @property
    def home(self) -> str:
        """The ground that what they bring in belongs to: the token's, or the one that looks after the person."""
        return self.bearer.ground if self.bearer else self.person.ground_id or WHOLE

    def may(self, duty: Duty, place: str) -> bool:
        """Whether they have this duty at the place (its code) today."""
        if self.bearer:
            return self.bearer.may(duty, place)
        return access.may(self.person.pk, duty, place, on=timezone.localdate())

    def demand_bringing_in(self) -> None:
        """Refuse a token whose duties only look; every person may bring something in."""
        if self.bearer and self.bearer.duties <= ONLY_LOOKING:
            raise Refused("duty_not_held_there", place=self.home or "*")

    @contextmanager
    def at_home(self) -> Iterator[None]:
        """A transaction on `home`: a resident holds no post and stands nowhere, yet brings in photos."""
        with standing_on((self.home,) if self.home else EVERYWHERE):
            yield


class Reporter:
    """Somebody who brings something in and need not say who they are."""

    subject = "reporter"
    home = WHOLE

    def demand_bringing_in(self) -> None:
        """Everybody may."""

    @contextmanager
    def at_home(self) -> Iterator[None]:
        """A transaction for what belongs to no ground yet."""
        with standing_on(EVERYWHERE):
            yield


class TokenAuth(HttpBearer):
    """The gate has looked the token up already, to stand on its ground."""

    def authenticate(self, request: HttpRequest, token: str) -> Asker | None:
        bearer: queries.Bearer | None = getattr(request, "bearer", None)
        return Asker(bearer.person, bearer) if bearer and bearer.duties else None


class PageAuth(SessionAuth):
    """Our own pages, within their session."""

    def __call__(self, request: HttpRequest) -> Asker | None:
        # Whoever sends a token is judged by it alone: with a wrong one the gate stands nowhere.
        if _sends_token(request) or not isinstance(request.user, Person):
            return None
        if check_csrf(request):
            raise CannotTake(403, "csrf_failed", CSRF_FAILED)
        return Asker(request.user)


class NobodyAuth:
    """Whoever sends neither token nor session, as often as one client may."""

    def __call__(self, request: HttpRequest) -> Reporter | None:
        if _sends_token(request) or isinstance(request.user, Person):
            return None
        count_call(request)
        return Reporter()


OPEN_TO_ALL = [TokenAuth(), PageAuth(csrf=True), NobodyAuth()]
"""For `auth=` of an operation that needs no sign-in; mark it with `documented.OPEN` too."""


def bringer_of(request: HttpRequest) -> Asker | Reporter:
    """Who brings something in, at an operation that needs no sign-in."""
    bringer = getattr(request, "auth", None)
    assert isinstance(bringer, Asker | Reporter)
    return bringer


def asker_of(request: HttpRequest) -> Asker:
    """Who asks; endpoints that need nobody do not call this."""
    asker = getattr(request, "auth", None)
    assert isinstance(asker, Asker)
    return asker


def _sends_token(request: HttpRequest) -> bool:
    return request.headers.get("Authorization", "").partition(" ")[0].lower() == "bearer"
