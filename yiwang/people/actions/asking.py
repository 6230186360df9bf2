"""The questions that administering acts ask before they write, and the line they leave in the trail."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from psycopg.errors import UniqueViolation

from yiwang.people import access
from yiwang.people.models import Person, Role
from yiwang.people.rules import NOT_FOR_LOCAL_ADMINISTRATORS, WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.audit import actions as audit
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused


def code_of(ground: Place | None) -> str:
    """The place's code, or `WHOLE`."""
    return WHOLE if ground is None else ground.code


def administers(by: Person, ground: str, *, today: date) -> None:
    """Refuse unless `by` administers this ground today."""
    access.demand(by, Duty.ADMINISTER, ground, on=today)


def administers_person(by: Person, person: Person, *, today: date) -> None:
    """Refuse unless `by` may have the whole account in hand.

    Whoever sets a password could sign in with it. So it takes every ground on which the person serves now or later,
    and the whole installation where the person opens sealed complaints; and nobody does it to themselves.
    """
    if by.pk == person.pk:
        raise Refused("administering_oneself")
    administers(by, person.ground_id or WHOLE, today=today)
    further = access.all_grounds_of(person.pk, today)
    if not all(access.may(by.pk, Duty.ADMINISTER, ground, on=today) for ground in further):
        raise Refused("account_reaches_further", name=person.name)
    if access.holds(person.pk, NOT_FOR_LOCAL_ADMINISTRATORS, today):
        _whole_installation(by, today=today)


def may_grant(by: Person, role: Role, ground: str, *, today: date) -> None:
    """Refuse a role on ground that `by` does not administer, or one that is not for local administrators to give."""
    administers(by, ground, today=today)
    if role.county_id and not ground.startswith(role.county_id):
        raise Refused("role_of_another_county", role=role.name)
    if not NOT_FOR_LOCAL_ADMINISTRATORS.isdisjoint(role.duties):
        _whole_installation(by, today=today)


def _whole_installation(by: Person, *, today: date) -> None:
    if not access.may(by.pk, Duty.ADMINISTER, WHOLE, on=today):
        raise Refused("only_for_the_whole_installation")


@contextmanager
def unless_taken(refusals: Mapping[str, Refused]) -> Iterator[None]:
    """Refuse what somebody else took in this very moment as if it had been taken before.

    `refusals` by what the name of the broken unique constraint contains.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as taken:
        broken = taken.__cause__
        name = (broken.diag.constraint_name or "") if isinstance(broken, UniqueViolation) else ""
        for column, refusal in refusals.items():
            if column in name:
                raise refusal from taken
        raise


def record(act: str, subject: Model, *, by: Person | None, ground: str, **details: Any) -> None:
    """Write the trail and let every process ask for the grants anew."""
    said_by = "system" if by is None else f"person:{by.pk}"
    audit.note(act, f"{type(subject).__name__.lower()}:{subject.pk}", by=said_by, ground=ground, **details)
    touched(access.TOPIC)
