"""The backend that `DATABASES` names."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, sql


class DatabaseWrapper(base.DatabaseWrapper):
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
