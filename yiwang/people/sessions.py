"""Where sessions are kept: in our own table, so that people can see and end them (Django's documented extension).

The table holds the fingerprint of a session's key, never the key: whoever reads the table cannot sit down in
somebody's chair. Sessions lie behind the wall; only this store and the room's own acts reach over it.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from yiwang.people.models import Session
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

WHERE = "_where"
"""Under this name a session keeps its address, browser, beginning and when it was last seen."""

SEEN_EVERY = timedelta(minutes=10)


def fingerprint(key: str) -> str:
    """What the table knows of a session's key: 160 bits of its SHA-256."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def note_presence(session: SessionBase, *, address: str | None, agent: str, now: datetime) -> None:
    """Keep where a session is used from; written at most every ten minutes, so that reading stays reading."""
    known = session.get(WHERE, {})
    here = {"address": address, "agent": agent[:120]}
    seen = known.get("seen")
    if seen and here.items() <= known.items() and now - datetime.fromisoformat(seen) < SEEN_EVERY:
        return
    session[WHERE] = {**here, "since": known.get("since", now.isoformat()), "seen": now.isoformat()}


class SessionStore(DatabaseStore):
    """A session in our table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        with standing_on(EVERYWHERE):
            found = Session.objects.filter(
                session_key=fingerprint(self.session_key or ""), expire_date__gt=timezone.now()
            ).first()
        if found is None:
            self._session_key = None
            return {}
        return dict(self.decode(found.session_data))

    def exists(self, session_key: str | None) -> bool:
        with standing_on(EVERYWHERE):
            return Session.objects.filter(session_key=fingerprint(session_key or "")).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        now = timezone.now()
        where = data.get(WHERE, {})
        return Session(
            session_key=fingerprint(self._get_or_create_session_key()),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            person_id=int(data[SESSION_KEY]) if SESSION_KEY in data else None,
            address=where.get("address"),
            agent=where.get("agent", ""),
            created_at=datetime.fromisoformat(where["since"]) if "since" in where else now,
            last_seen_at=datetime.fromisoformat(where["seen"]) if "seen" in where else now,
        )

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        # A key is made outside the transaction that the parent opens, because making it asks the table.
        with standing_on(EVERYWHERE):
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            with standing_on(EVERYWHERE):
                Session.objects.filter(session_key=fingerprint(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        with standing_on(EVERYWHERE):
            Session.objects.filter(expire_date__lt=timezone.now()).delete()
