"""The second factor: an app that shows six digits, and ten codes on paper. What it rests on is never shown again."""

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import quote, urlencode

from django.db import transaction
from django_otp.oath import TOTP

from yiwang.people.actions.asking import administers_person, record
from yiwang.people.actions.sessions import end_sessions
from yiwang.people.models import Authenticator, Person, RecoveryCode
from yiwang.people.rules import WHOLE
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sealing import random_key, seal, unseal
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

ISSUER = "Yiwang"
_DRIFT = 1  # steps of 30 s that a phone's clock may be off (RFC 6238, 5.2)
_CODES = 10


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the app scans, shown once while the second factor is set up."""

    uri: str = field(repr=False)
    key: str = field(repr=False)


@transaction.atomic
def begin_second_factor(person: Person) -> Enrolment:
    """Start to set up a second factor. Refuses when there is a confirmed one: only an administrator removes that."""
    with standing_on(EVERYWHERE):
        Person.objects.select_for_update().get(pk=person.pk)
        if Authenticator.objects.filter(user=person, confirmed=True).exists():
            raise Refused("second_factor_there")
        Authenticator.objects.filter(user=person).delete()
        key = random_key()
        Authenticator.objects.create(user=person, confirmed=False, sealed_key=seal(key, of=_row(person)))
    return _enrolment(person, key)


def resume_second_factor(person: Person) -> Enrolment:
    """The set-up that was begun and not confirmed, shown again to its own person; begins one where there is none."""
    with standing_on(EVERYWHERE):
        device = Authenticator.objects.filter(user=person, confirmed=False).first()
    if device is None:
        return begin_second_factor(person)
    return _enrolment(person, unseal(bytes(device.sealed_key), of=_row(person)))


@transaction.atomic
def confirm_second_factor(person: Person, code: str, *, now: datetime) -> list[str] | None:
    """Confirm it with the app's first code: ten recovery codes, shown once; nothing when it is wrong."""
    with standing_on(EVERYWHERE):
        device = _locked(person, confirmed=False)
        if not _code_fits(device, code, now=now):
            return None
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        codes = [_recovery_code() for _ in range(_CODES)]
        RecoveryCode.objects.bulk_create(RecoveryCode(authenticator=device, digest=_digest(c)) for c in codes)
    record("set_up_second_factor", person, by=person, ground=person.ground_id or WHOLE)
    return codes


@transaction.atomic
def check_second_factor(person: Person, code: str, *, now: datetime) -> bool:
    """Whether this is the app's present code (one step early or late) or an unused recovery code.

    A used code never fits again. After a wrong one the next try must wait, twice as long each time; sooner is
    refused. A wrong code is an answer, not a refusal, so that the count of failures is kept.
    """
    with standing_on(EVERYWHERE):
        device = _locked(person, confirmed=True)
        if code.strip().isdigit():
            return _code_fits(device, code, now=now)
        return _recovery_fits(device, code, now=now)


@transaction.atomic
def remove_second_factor(person: Person, *, by: Person, today: date) -> None:
    """Take a lost second factor away, so that a new one can be set up; all sessions end. Nobody reads it."""
    administers_person(by, person, today=today)
    with standing_on(EVERYWHERE):
        removed, _ = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise Refused("no_second_factor")
    end_sessions(person)
    record("remove_second_factor", person, by=by, ground=person.ground_id or WHOLE)


def _enrolment(person: Person, key: str) -> Enrolment:
    said = urlencode({"secret": key, "issuer": ISSUER, "algorithm": "SHA1", "digits": 6, "period": 30})
    return Enrolment(uri=f"otpauth://totp/{quote(f'{ISSUER}:{person.login}')}?{said}", key=key)


def _locked(person: Person, *, confirmed: bool) -> Authenticator:
    device = Authenticator.objects.select_for_update(of=("self",)).filter(user=person, confirmed=confirmed).first()
    if device is None:
        raise Refused("no_second_factor")
    allowed, _ = device.verify_is_allowed()
    if not allowed:
        raise Refused("code_too_soon")
    return device


def _code_fits(device: Authenticator, code: str, *, now: datetime) -> bool:
    digits = code.strip()
    totp = TOTP(base64.b32decode(unseal(bytes(device.sealed_key), of=_row(device.user))))
    totp.time = now.timestamp()
    fits = digits.isascii() and digits.isdigit() and len(digits) == 6
    if fits and totp.verify(int(digits), tolerance=_DRIFT, min_t=device.last_step + 1):
        device.last_step = totp.t()
        device.throttle_reset()
        return True
    device.throttle_increment()
    return False


def _recovery_fits(device: Authenticator, code: str, *, now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(authenticator=device, digest=_digest(code), used_at=None)
    if not unused.update(used_at=now):
        device.throttle_increment()
        return False
    device.throttle_reset()
    record("use_recovery_code", device.user, by=device.user, ground=device.user.ground_id or WHOLE)
    return True


def _recovery_code() -> str:
    """Eighty random bits in four groups: enough that a plain hash keeps them."""
    text = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def _row(person: Person) -> str:
    return f"authenticator:{person.pk}"
