"""The backend that `DATABASES` names."""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, sql
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    @property
    def pool(self) -> "ConnectionPool[Any] | None":
        """Django's pool, which looks at a connection before it gives it out without asking the server each time."""
        pool: ConnectionPool[Any] | None = super().pool
        if pool is not None and pool._check is not None:  # noqa: SLF001 - Django does not let us name another check
            pool._check = check_if_spoken_to  # noqa: SLF001
        return pool

    def _configure_role(self, connection: "Connection[Any]") -> bool:
        """Take the role on the connection given.

        Django 5.2 quotes the name on the wrapper's own connection: inside a pool, whose threads prepare connections
        nobody has asked for yet, that waits for a connection until the time is out.
        """
        role = self.settings_dict["OPTIONS"].get("assume_role")
        if not role:
            return False
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
        return True


def check_if_spoken_to(connection: "Connection[Any]") -> None:
    """Ask the server whether an idle connection still works, when something came in on it: so it says good-bye."""
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    if line.poll(0):
        ConnectionPool.check_connection(connection)
