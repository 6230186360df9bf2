"""One's own choices: by which channel of what, in which language, and when not."""

import base64
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation

from yiwang.notices.adapters import Message, adapter
from yiwang.notices.facts import AddressGiven
from yiwang.notices.models import OwnChoices
from yiwang.notices.rules.choosing import choice_of
from yiwang.notices.rules.occasions import NEVER_QUIET, OUTGOING, Channel, Occasion
from yiwang.notices.words import CODE_SENT, CODE_SUBJECT
from yiwang.people.models import Person
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sealing import mark, marks
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

_OF_ADDRESS = "notices.address"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants; `ticked` of the choices that were `shown`: those left out are not wanted."""

    email: str
    language: str
    quiet_since: time
    quiet_until: time
    code: str
    shown: frozenset[tuple[Occasion, Channel]]
    ticked: frozenset[tuple[Occasion, Channel]]


@transaction.atomic
def choose(wanted: Wanted, *, by: Person) -> OwnChoices:
    """Keep one's own choices. Refuses what is no address, no language, and no choice.

    Of an emergency nobody opts out: what is said about it is not kept. To a new address a code is sent; nothing else
    goes there before somebody has brought it back. Refuses a wrong code.
    """
    email = wanted.email.strip()
    if email:
        _refuse_unfit(email)
    if wanted.language not in {"", *dict(settings.LANGUAGES)}:
        raise Refused("language_unknown")
    if any(channel not in OUTGOING for _occasion, channel in wanted.shown | wanted.ticked):
        raise Refused("choice_unknown")
    kept = {
        "email": email, "language": wanted.language, "quiet_since": wanted.quiet_since,
        "quiet_until": wanted.quiet_until, "yes": _named(wanted.ticked), "no": _named(wanted.shown - wanted.ticked),
    }  # fmt: skip
    subject = f"person:{by.pk}"
    with standing_on(EVERYWHERE):
        before = OwnChoices.objects.select_for_update().filter(person=by).first()
        known = before is not None and before.email == email
        confirmed = known and before is not None and before.confirmed
        if email and wanted.code.strip() and not confirmed:
            confirmed = _brought_back(wanted.code, by, email)
        choices, _new = OwnChoices.objects.update_or_create(person=by, defaults={**kept, "confirmed": confirmed})
        if email and not confirmed and not known:
            announce(AddressGiven(by.pk))
    note("choose_notices", subject, by=subject, ground=by.ground_id or "")
    return choices


def send_code(person: int) -> None:
    """Send the code to an address that is not confirmed. Stands everywhere; raises `Undelivered`, to be run again."""
    choices = OwnChoices.objects.filter(person=person, confirmed=False).exclude(email="").first()
    if choices is None or not adapter(Channel.EMAIL).is_set_up():
        return
    code = code_of(person, choices.email)
    with translation.override(choices.language or settings.LANGUAGE_CODE):
        text = str(CODE_SENT) % {"code": code}
        message = Message(uuid4(), choices.email, str(CODE_SUBJECT), text, "", {})
    adapter(Channel.EMAIL).send(message)


def code_of(person: int, email: str) -> str:
    """The code by which a person shows that an address is theirs: 40 bits, eight letters and digits. Never stored."""
    return _readable(mark(f"{person}:{email}", of=_OF_ADDRESS))


def _brought_back(code: str, by: Person, email: str) -> bool:
    known = (_readable(one) for one in marks(f"{by.pk}:{email}", of=_OF_ADDRESS))
    given = code.strip().upper().encode()
    if not any(hmac.compare_digest(given, one.encode()) for one in known):
        raise Refused("code_wrong")
    return True


def _readable(marked: bytes) -> str:
    return base64.b32encode(marked[:5]).decode()


def _named(chosen: Collection[tuple[Occasion, Channel]]) -> list[str]:
    return sorted(choice_of(occasion, channel) for occasion, channel in chosen if occasion not in NEVER_QUIET)


def _refuse_unfit(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as unfit:
        raise Refused("email_unfit") from unfit
