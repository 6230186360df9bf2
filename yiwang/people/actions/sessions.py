"""Sessions: seen and ended by the person whose they are."""

from datetime import date

from django.db import transaction

from yiwang.people.actions.asking import administers_person, record
from yiwang.people.models import Person, Session
from yiwang.people.rules import WHOLE
from yiwang.people.sessions import SessionStore, fingerprint
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@transaction.atomic
def sign_out(session: str, *, by: Person) -> None:
    """End one of one's own sessions, named by its fingerprint. Another's session does not exist."""
    with standing_on(EVERYWHERE):
        ended, _ = Session.objects.filter(session_key=session, person=by).delete()
    if not ended:
        raise Refused("no_such_session")
    record("sign_out", by, by=by, ground=by.ground_id or WHOLE)


@transaction.atomic
def sign_out_everywhere(person: Person, *, by: Person, today: date, keep: str | None = None) -> int:
    """End all sessions of oneself (but the one whose key is `keep`) or of somebody one administers."""
    if by.pk != person.pk:
        administers_person(by, person, today=today)
    ended = end_sessions(person, keep=keep)
    record("sign_out_everywhere", person, by=by, ground=person.ground_id or WHOLE, sessions=ended)
    return ended


def end_sessions(person: Person, *, keep: str | None = None) -> int:
    """End a person's sessions without asking: part of other acts."""
    with standing_on(EVERYWHERE):
        others = Session.objects.filter(person=person)
        if keep:
            others = others.exclude(session_key=fingerprint(keep))
        return others.delete()[0]


def clear_expired_sessions() -> None:
    """Sweep out sessions whose time is over."""
    SessionStore.clear_expired()
