"""The thread that hears other processes' changes (LISTEN on a connection of its own)."""

import threading
import time
from typing import NoReturn

import psycopg
import structlog
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from yiwang.plumbing.freshness.snapshots import CHANNEL, Snapshot, refresh

log = structlog.get_logger(__name__)
_started = threading.Lock()


def watch() -> None:
    """Start listening, once a process. Called by `serve` and `work`; short commands do without."""
    if _started.acquire(blocking=False):
        threading.Thread(target=_listen_for_ever, name="freshness", daemon=True).start()


def _listen_for_ever() -> NoReturn:
    while True:
        try:
            _listen()
        except (psycopg.Error, OSError) as broken:
            log.warning("freshness_line_lost", why=str(broken).strip())
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
    wanted = connection.get_connection_params()
    plain = {key: str(wanted[key]) for key in ("host", "port", "user", "password", "dbname") if wanted.get(key)}
    return make_conninfo("", **plain)
