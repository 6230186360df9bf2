"""The thread that hears other processes' changes (LISTEN on a connection of its own)."""

import threading
import time
from typing import Any, NoReturn

import psycopg
import structlog
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from yiwang.plumbing.freshness.snapshots import CHANNEL, Snapshot, refresh

log = structlog.get_logger(__name__)
_started = threading.Lock()

# A line cut without a word (a firewall, a lost network) is noticed within a minute, not within hours.
_KEEPALIVE = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_NOT_FOR_THE_LINE = {"cursor_factory", "context", "prepare_threshold", "autocommit"}


def watch() -> None:
    """Start listening, once a process. Called by `serve` and `work`; short commands do without."""
    if _started.acquire(blocking=False):
        threading.Thread(target=_listen_for_ever, name="freshness", daemon=True).start()


def _listen_for_ever() -> NoReturn:
    while True:
        try:
            _listen()
        except Exception as broken:  # noqa: BLE001 - whatever it was: a process that hears no more keeps old rights
            log.warning("freshness_line_lost", why=f"{type(broken).__name__}: {broken}".strip())
            time.sleep(1)
        finally:
            connections.close_all()


def _listen() -> None:
    with psycopg.connect(_address(), autocommit=True) as line:
        line.execute(f"LISTEN {CHANNEL}")
        # Whatever was said while the line was down is caught up with here.
        for topic in list(Snapshot.by_topic):
            refresh(topic)
        for heard in line.notifies():
            refresh(heard.payload)


def _address() -> str:
    """The application's own database address, with everything that was said about encryption and the like."""
    wanted: dict[str, Any] = _KEEPALIVE | connection.get_connection_params()
    plain = {key: str(value) for key, value in wanted.items() if key not in _NOT_FOR_THE_LINE and value is not None}
    return make_conninfo("", **plain)
