"""What the application's role may do with the tables at all."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from yiwang.plumbing.walls.grants import open_to_application
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db


def asked(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@contextmanager
def as_owner() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        yield
        cursor.execute("SET LOCAL ROLE yiwang_app")


def test_every_table_of_ours_stands_behind_the_wall() -> None:
    walled = {name for (name,) in asked("SELECT relname FROM pg_class WHERE relrowsecurity")}
    ours = {m._meta.db_table for m in apps.get_models() if m.__module__.startswith("yiwang.")}
    assert ours - walled == set()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP POLICY people_person_sees ON people_person",
        "DROP TABLE people_holding",
        "CREATE TABLE mine (id int)",
        "DELETE FROM django_migrations",
        "SELECT args FROM procrastinate_jobs",
        "SELECT * FROM procrastinate_jobs",
        "ALTER ROLE yiwang_app BYPASSRLS",
    ],
)
def test_the_application_takes_no_wall_down(statement: str) -> None:
    said = r"must be (owner|superuser)|denied"
    with pytest.raises(Error, match=said), standing_on(EVERYWHERE), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_table_made_under_another_owner_is_opened_for_rows_and_nothing_else() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE somebody_else")
        cursor.execute("GRANT somebody_else TO CURRENT_USER")
        cursor.execute("GRANT CREATE ON SCHEMA public TO somebody_else")
        cursor.execute("SET LOCAL ROLE somebody_else")
        cursor.execute("CREATE TABLE from_elsewhere (id bigserial PRIMARY KEY)")
        cursor.execute("SET LOCAL ROLE NONE")
        rights = "SELECT has_table_privilege('yiwang_app', 'from_elsewhere', '%s')"
        assert asked(rights % "SELECT") == [(False,)]
        open_to_application()
        assert all(asked(rights % word) == [(True,)] for word in ("SELECT", "INSERT", "UPDATE", "DELETE"))
        assert not any(asked(rights % word) == [(True,)] for word in ("TRUNCATE", "TRIGGER", "REFERENCES"))
