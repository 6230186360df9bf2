"""Accounts: opened, looked after and closed by administrators; the password is the person's own."""

import secrets
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from yiwang.people import demonstration
from yiwang.people.actions.asking import administers, administers_person, code_of, record, unless_taken
from yiwang.people.actions.holdings import end_all_holdings
from yiwang.people.actions.sessions import end_sessions
from yiwang.people.models import Person, Token
from yiwang.people.rules import WHOLE
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

# Letters that nobody mistakes for one another on paper or over the telephone.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def open_account(
    login: str, *, name: str, by: Person, today: date, ground: Place | None, phone: str = ""
) -> tuple[Person, str]:
    """Open an account on a ground; gives the person and a one-time password, shown once and kept nowhere.

    Refuses ground that `by` does not administer, and a login name or phone number that somebody has.
    """
    administers(by, code_of(ground), today=today)
    demonstration.demand_own_password(by, code_of(ground))
    return open_unasked(login, name=name, ground=ground, phone=phone, by=by)


@transaction.atomic
def change_account(
    person: Person, *, by: Person, today: date, login: str, name: str, phone: str, ground: Place | None
) -> Person:
    """Correct what an account says, or give it into the care of another ground of `by`."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    administers_person(by, person, today=today)
    administers(by, code_of(ground), today=today)
    demonstration.demand_own_password(by, code_of(ground))
    _refuse_taken(login, phone, besides=person.pk)
    changed = [
        field
        for field, value in (("login", login), ("name", name), ("phone", phone or None), ("ground", ground))
        if getattr(person, field) != value
    ]
    person.login, person.name, person.phone, person.ground = login, name, phone or None, ground
    with unless_taken(_taken(login, phone)):
        person.save(update_fields=["login", "name", "phone", "ground"])
    record("change_account", person, by=by, ground=code_of(ground), fields=changed)
    return person


@transaction.atomic
def close_account(person: Person, *, on: date, by: Person) -> Person:
    """Close an account for good or for now: nobody signs in with it, its posts and tokens end, sessions too."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    administers_person(by, person, today=on)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_all_holdings(person, on=on)
    end_sessions(person)
    with standing_on(EVERYWHERE):
        Token.objects.filter(owner=person, revoked_at=None).update(revoked_at=Now())
    record("close_account", person, by=by, ground=person.ground_id or WHOLE)
    return person


@transaction.atomic
def reopen_account(person: Person, *, by: Person, today: date) -> str:
    """Let a closed account sign in again, with a one-time password and without its former posts."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    administers_person(by, person, today=today)
    person.is_active = True
    password = _give_one_time_password(person)
    person.save(update_fields=["is_active", "password", "must_change_password"])
    record("reopen_account", person, by=by, ground=person.ground_id or WHOLE)
    return password


@transaction.atomic
def reset_password(person: Person, *, by: Person, today: date) -> str:
    """A new one-time password, shown once; the old one and all sessions end. Refused to local administrators for
    whoever opens sealed complaints or serves beyond their ground."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    administers_person(by, person, today=today)
    password = _give_one_time_password(person)
    person.save(update_fields=["password", "must_change_password"])
    end_sessions(person)
    record("reset_password", person, by=by, ground=person.ground_id or WHOLE)
    return password


@transaction.atomic
def choose_password(person: Person, *, old: str, new: str, keep: str | None = None) -> Person:
    """The person's own choice. Ends their other sessions (`keep` is the key of the present one).

    Refuses a wrong old password, the old one again, and one that Django's validators find too weak.
    """
    with standing_on(EVERYWHERE):
        person = Person.objects.select_for_update().get(pk=person.pk)
        if not person.check_password(old):
            raise Refused("old_password_wrong")
        if old == new:
            raise Refused("password_not_new")
        if not demonstration.lets_in(new):
            raise Refused("password_everybody_knows")
        try:
            validate_password(new, person)
        except ValidationError as weak:
            raise Refused("password_too_weak", why=" ".join(weak.messages)) from weak
        person.set_password(new)
        person.must_change_password = False
        person.save(update_fields=["password", "must_change_password"])
        end_sessions(person, keep=keep)
    record("choose_password", person, by=person, ground=person.ground_id or WHOLE)
    return person


def open_unasked(login: str, *, name: str, ground: Place | None, phone: str, by: Person | None) -> tuple[Person, str]:
    """Open an account as part of another act, which has asked; `by` nobody when the installation is founded."""
    _refuse_taken(login, phone)
    person = Person(login=login, name=name, phone=phone or None, ground=ground)
    password = _give_one_time_password(person)
    with unless_taken(_taken(login, phone)):
        person.save(force_insert=True)
    record("open_account", person, by=by, ground=code_of(ground))
    return person, password


def _taken(login: str, phone: str) -> dict[str, Refused]:
    return {"login": Refused("login_taken", login=login), "phone": Refused("phone_taken", phone=phone)}


def _refuse_taken(login: str, phone: str, *, besides: int | None = None) -> None:
    # Looked for everywhere: a name taken in another county is taken. A phone must not be another's login name either.
    with standing_on(EVERYWHERE):
        others = Person.objects.exclude(pk=besides or 0)
        if others.filter(Q(login=login) | Q(phone=login)).exists():
            raise _taken(login, phone)["login"]
        if phone and others.filter(Q(phone=phone) | Q(login=phone)).exists():
            raise _taken(login, phone)["phone"]


def _give_one_time_password(person: Person) -> str:
    """Sixty bits, in groups that can be read aloud."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    password = "-".join(groups)
    person.set_password(password)
    person.must_change_password = True
    return password
