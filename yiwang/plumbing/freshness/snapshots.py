"""Keep a topic in memory; load it again when somebody touched it."""

import threading
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

import structlog
from django.db import connection, transaction

from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

CHANNEL = "yiwang_fresh"
T = TypeVar("T")
log = structlog.get_logger(__name__)


class Snapshot(Generic[T]):
    """One topic's data in this process. `get()` costs a dictionary look-up once it is loaded."""

    by_topic: ClassVar[dict[str, list["Snapshot[Any]"]]] = {}

    def __init__(self, topic: str, load: Callable[[], T]) -> None:
        self._load = load
        self._value: T | None = None
        self._loading = threading.Lock()
        self.by_topic.setdefault(topic, []).append(self)

    def get(self) -> T:
        """What is known now; loads it the first time, seeing the whole ground."""
        value = self._value
        return self.refresh() if value is None else value

    @property
    def is_loaded(self) -> bool:
        return self._value is not None

    def refresh(self) -> T:
        """Load anew. Readers keep the old value until the new one is complete."""
        with self._loading:
            with standing_on(EVERYWHERE):
                value = self._load()
            self._value = value
            return value

    def forget(self) -> None:
        """Drop what is known; the next `get()` loads."""
        self._value = None


def touched(topic: str) -> None:
    """Tell every process, at the commit of this transaction, that the topic changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])
    transaction.on_commit(lambda: forget(topic))


def forget(topic: str | None = None) -> None:
    """Drop this process's snapshots of a topic, or all of them."""
    for known, snapshots in Snapshot.by_topic.items():
        if topic in (None, known):
            for snapshot in snapshots:
                snapshot.forget()


def refresh(topic: str) -> None:
    """Load the topic's snapshots anew where this process uses them; what it never asked for stays unloaded."""
    for snapshot in Snapshot.by_topic.get(topic, []):
        if snapshot.is_loaded:
            snapshot.refresh()
