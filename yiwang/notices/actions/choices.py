"""One's own choices: by which channel of what, in which language, and when not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from yiwang.notices.models import OwnChoices
from yiwang.notices.rules.choosing import choice_of
from yiwang.notices.rules.occasions import NEVER_QUIET, OUTGOING, Channel, Occasion
from yiwang.people.models import Person
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants; `ticked` of the choices that were `shown`: those left out are not wanted."""

    email: str
    language: str
    quiet_since: time
    quiet_until: time
    shown: frozenset[tuple[Occasion, Channel]]
    ticked: frozenset[tuple[Occasion, Channel]]


@transaction.atomic
def choose(wanted: Wanted, *, by: Person) -> OwnChoices:
    """Keep one's own choices. Refuses what is no address, no language, and no choice.

    Of an emergency nobody opts out: what is said about it is not kept.
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
        choices, _new = OwnChoices.objects.update_or_create(person=by, defaults=kept)
    note("choose_notices", subject, by=subject, ground=by.ground_id or "")
    return choices


def _named(chosen: Collection[tuple[Occasion, Channel]]) -> list[str]:
    return sorted(choice_of(occasion, channel) for occasion, channel in chosen if occasion not in NEVER_QUIET)


def _refuse_unfit(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as unfit:
        raise Refused("email_unfit") from unfit
