"""Tokens: what other programs sign in with."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yiwang.people import access, queries
from yiwang.people.actions.asking import code_of, record
from yiwang.people.models import Person, Token
from yiwang.people.rules import LONGEST_TOKEN, NEVER_BY_TOKEN, WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

USE_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def issue_token(
    name: str, *, duties: Collection[Duty], ground: Place | None, expires_at: datetime, by: Person, now: datetime
) -> tuple[Token, str]:
    """A token with some of one's own duties on a ground; gives it and its secret, shown once and kept nowhere.

    Refuses duties that `by` does not have there, those that no program may have, an end in the past, and one more
    than a year ahead.
    """
    own = access.duties_of(by.pk, code_of(ground), timezone.localdate(now))
    if not duties or not own.issuperset(duties):
        raise Refused("token_beyond_its_owner")
    if not NEVER_BY_TOKEN.isdisjoint(duties):
        raise Refused("duty_not_for_programs")
    if not now < expires_at <= now + LONGEST_TOKEN:
        raise Refused("token_lasts_a_year_at_most")
    secret = f"yw_{secrets.token_urlsafe(32)}"
    token = Token(
        name=name, prefix=secret[:9], digest=hashlib.sha256(secret.encode()).hexdigest(), owner=by,
        duties=sorted(duties), ground=ground, issued_at=now, expires_at=expires_at,
    )  # fmt: skip
    token.save(force_insert=True)
    record("issue_token", token, by=by, ground=code_of(ground), duties=token.duties, expires=expires_at.isoformat())
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: Person, now: datetime) -> Token:
    """End a token: one's own, or any on ground that one administers."""
    with standing_on(EVERYWHERE):
        token = Token.objects.select_for_update(of=("self",)).get(pk=token.pk)
        if token.owner_id != by.pk:
            access.demand(by, Duty.ADMINISTER, token.ground_id or WHOLE, on=timezone.localdate(now))
        if token.revoked_at is None:
            token.revoked_at = now
            token.save(update_fields=["revoked_at"])
    record("revoke_token", token, by=by, ground=token.ground_id or WHOLE)
    return token


def note_token_use(token_id: int, *, now: datetime) -> None:
    """Remember roughly when a token was used: at most one write an hour."""
    with standing_on(EVERYWHERE):
        stale = Token.objects.filter(pk=token_id).exclude(last_used_at__gt=now - USE_NOTED_EVERY)
        stale.update(last_used_at=now)
    queries.remember_use(token_id, now)
