"""Keep a topic in memory; load it again when somebody touched it."""

import threading
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connection, transaction

from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

CHANNEL = "yiwang_fresh"
T = TypeVar("T")


class Snapshot(Generic[T]):
    """One topic's data in this process. `get()` costs a dictionary look-up once it is loaded."""

    by_topic: ClassVar[dict[str, list["Snapshot[Any]"]]] = {}

    def __init__(self, topic: str, load: Callable[[], T]) -> None:
        self._topic = topic
        self._load = load
        self._value: T | None = None
        self._loading = threading.Lock()
        self._asked_for = False
        self._forgotten = 0
        self.by_topic.setdefault(topic, []).append(self)

    def get(self) -> T:
        """What is known now; loads it the first time, seeing the whole ground."""
        value = self._value
        return self._first() if value is None else value

    @property
    def is_used(self) -> bool:
        """Whether this process ever asked; what it never asked for need not be kept fresh."""
        return self._asked_for

    def refresh(self) -> T:
        """Load anew. Readers keep the old value until the new one is complete."""
        self._asked_for = True
        with self._loading:
            return self._look_until_known()

    def forget(self) -> None:
        """Drop what is known; the next `get()` loads."""
        self._forgotten += 1
        self._value = None

    def _first(self) -> T:
        if touch := _present_touch(self._topic):
            # Our own transaction may be rolled back: what it sees is kept for itself and shown to nobody else.
            if self not in touch.seen:
                touch.seen[self] = self._look()
            seen: T = touch.seen[self]
            return seen
        self._asked_for = True
        with self._loading:
            # Whoever waited here for another's first look need not look again.
            value = self._value
            return self._look_until_known() if value is None else value

    def _look_until_known(self) -> T:
        while True:
            forgotten = self._forgotten
            value = self._look()
            # Somebody's commit may have fallen between our looking and now: then look again.
            if forgotten == self._forgotten:
                self._value = value
                return value

    def _look(self) -> T:
        with standing_on(EVERYWHERE):
            return self._load()


class _Touch:
    """What waits for the commit of a transaction that changed a topic; a rollback drops it."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.seen: dict[Snapshot[Any], Any] = {}

    def __call__(self) -> None:
        forget(self.topic)


def touched(topic: str) -> None:
    """Tell every process, at the commit of this transaction, that the topic changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])
    transaction.on_commit(_Touch(topic))


def _present_touch(topic: str) -> _Touch | None:
    """The latest change of the topic by the transaction we are in. Django strikes it out when its savepoint goes."""
    waiting = (entry[1] for entry in reversed(connection.run_on_commit))
    return next((call for call in waiting if isinstance(call, _Touch) and call.topic == topic), None)


def forget(topic: str | None = None) -> None:
    """Drop this process's snapshots of a topic, or all of them."""
    for known, snapshots in Snapshot.by_topic.items():
        if topic in (None, known):
            for snapshot in snapshots:
                snapshot.forget()


def refresh(topic: str) -> None:
    """Load the topic's snapshots anew where this process uses them; what it never asked for stays unloaded."""
    for snapshot in Snapshot.by_topic.get(topic, []):
        if snapshot.is_used:
            snapshot.refresh()
