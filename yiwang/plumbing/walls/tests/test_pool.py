"""Connections that wait in the pool, and a server that goes away meanwhile."""

from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from tests.waiting import until
from yiwang.plumbing.walls.postgresql.base import check_if_spoken_to

pytestmark = pytest.mark.django_db(transaction=True)
_WHERE = {"host", "port", "dbname", "user"}


def another_line() -> "psycopg.Connection[Any]":
    parameters = {name: value for name, value in connection.get_connection_params().items() if name in _WHERE}
    return psycopg.connect(**parameters, autocommit=True)


def is_refused(line: "psycopg.Connection[Any]") -> bool:
    try:
        check_if_spoken_to(line)
    except psycopg.OperationalError:
        return True
    return False


def test_a_connection_that_the_server_has_cut_is_not_given_out() -> None:
    with another_line() as line:
        assert not is_refused(line)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            cursor.execute("SELECT pg_terminate_backend(%s)", [line.info.backend_pid])
        until(lambda: is_refused(line))


def test_a_connection_on_which_the_server_only_remarked_something_is_still_good() -> None:
    with another_line() as line:
        line.execute("LISTEN walls")
        with connection.cursor() as cursor:
            cursor.execute("NOTIFY walls")
        assert not is_refused(line)
        assert line.execute("SELECT 1").fetchone() == (1,)
