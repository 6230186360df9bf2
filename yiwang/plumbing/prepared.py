"""Statements that PostgreSQL knows and plans once: for the few that run with every act.

Django's own cursor puts the values into the text, so each statement is new to PostgreSQL; that is right for most, and
for what runs a thousand times a minute it costs more than the work itself.
"""

from collections.abc import Mapping
from typing import Any, cast

import psycopg
from django.db import connection
from psycopg_pool import ConnectionPool


def run(statement: str, *given: Any) -> "psycopg.Cursor[Any]":
    """Run it on the thread's connection, within its transaction; each value has a place `%s` with a plain type."""
    _count(statement)
    with connection.wrap_database_errors:
        connection.ensure_connection()
        return psycopg.Cursor(_line()).execute(statement, given)


def begin(settings: Mapping[str, str]) -> None:
    """Set these for the rest of the transaction, and begin it with the same round trip where it has not begun yet.

    The names are words of our own. Django has said that a transaction begins, and psycopg waits with the word until
    there is something to say: so this one is said by libpq itself.
    """
    line = _line()
    quote = psycopg.pq.Escaping(line.pgconn).escape_literal
    said = [b"SET LOCAL %s = %s" % (name.encode(), bytes(quote(value.encode()))) for name, value in settings.items()]
    if line.pgconn.transaction_status == psycopg.pq.TransactionStatus.IDLE:
        said.insert(0, b"BEGIN")
    statement = b"; ".join(said)
    _count(statement.decode())
    with connection.wrap_database_errors:
        done = line.pgconn.exec_(statement)
        if done.status != psycopg.pq.ExecStatus.COMMAND_OK:
            raise psycopg.errors.error_from_result(done)


def _line() -> "psycopg.Connection[Any]":
    return cast("psycopg.Connection[Any]", connection.connection)


def _count(statement: str) -> None:
    if connection.queries_logged:
        # Whoever counts questions counts these too.
        connection.queries_log.append({"sql": statement, "time": ""})


def run_alone(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    """The same as a transaction of its own, on a connection lent for it alone; in a transaction, as part of that.

    Django would set up and put away a connection of the thread's around it, which costs a fifth of a report.
    """
    pool = _pool()
    if pool is None or connection.connection is not None:
        return run(statement, *given).fetchall()
    pool.open()
    with connection.wrap_database_errors:
        lent = pool.getconn()
        try:
            return psycopg.Cursor(lent).execute(statement, given).fetchall()
        finally:
            pool.putconn(lent)


def is_in_use() -> bool:
    """Whether statements go over the thread's own connection: in a transaction, or where there is no pool."""
    return connection.connection is not None or _pool() is None


def _pool() -> ConnectionPool[Any] | None:
    return getattr(connection, "pool", None)
