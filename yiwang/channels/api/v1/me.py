"""Who asks: so that a program can see what its token still allows."""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from yiwang.channels.api.asking import Asker, asker_of
from yiwang.people import access
from yiwang.people.rules import WHOLE, Duty
from yiwang.people.words import DUTIES
from yiwang.places import queries as places

router = Router(tags=["me"])


class DutyOut(Schema):
    """A duty: its code, and its name in the caller's language."""

    code: str
    name: str


class GroundOut(Schema):
    """A ground and the duties held on all of it; a null code is the whole installation."""

    code: str | None
    name: str
    duties: list[DutyOut]


class TokenOut(Schema):
    """The token that was sent."""

    name: str
    expires_at: datetime


class MeOut(Schema):
    """Who asks; for a token, the person it stands for, and what of theirs it may do."""

    kind: Literal["person", "token"]
    login: str
    name: str
    token: TokenOut | None
    grounds: list[GroundOut]


@router.get("", response=MeOut, summary="Who am I?")
def me(request: HttpRequest) -> MeOut:
    """The person or token that asks, with grounds and duties as of today."""
    asker = asker_of(request)
    bearer = asker.bearer
    return MeOut(
        kind="token" if bearer else "person",
        login=asker.person.login,
        name=asker.person.name,
        token=TokenOut(name=bearer.name, expires_at=bearer.expires_at) if bearer else None,
        grounds=[_ground(code, duties) for code, duties in sorted(_held(asker).items())],
    )


def _held(asker: Asker) -> dict[str, frozenset[Duty]]:
    if asker.bearer:
        return {asker.bearer.ground: asker.bearer.duties}
    person, today = asker.person.pk, timezone.localdate()
    held = {code: access.duties_of(person, code, today) for code in access.all_grounds_of(person, today)}
    return {code: duties for code, duties in held.items() if duties}


def _ground(code: str, duties: frozenset[Duty]) -> GroundOut:
    spot = places.tree().get(code)
    named = [DutyOut(code=duty.value, name=str(words)) for duty, words in DUTIES.items() if duty in duties]
    return GroundOut(code=None if code == WHOLE else code, name=spot.name if spot else "", duties=named)
