"""What every test stands on: a database behind its second wall, and a process that remembers nothing."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.serializers import deserialize, serialize
from django.db import connection, transaction
from django.db.models import Model
from django.utils import translation
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from pytest_django.plugin import blocking_manager_key

from tests.town import town, town_behind_the_wall
from yiwang.plumbing.freshness.snapshots import forget
from yiwang.plumbing.walls.ground import EVERYWHERE, past_the_wall, standing_on
from yiwang.plumbing.walls.policies import APP_ROLE

__all__ = ["town", "town_behind_the_wall"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the owner make and migrate the test database, over connections of its own."""
    options = connection.settings_dict["OPTIONS"]
    options.pop("assume_role", None)
    options.pop("pool", None)


_brought_by_migrations: list[str] = []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """From here on the tests work as the application does: in the role that policies bind."""
    with django_db_blocker.unblock():
        _allow_sweeping()
        _brought_by_migrations[:] = [serialize("json", _rows_of_ours())]
        connection.close()
        connection.settings_dict["OPTIONS"]["assume_role"] = APP_ROLE
    yield
    with django_db_blocker.unblock():
        connection.close()
        del connection.settings_dict["OPTIONS"]["assume_role"]
        _show_out_who_lingers()


def _show_out_who_lingers() -> None:
    """A thread that served a browser may still hold its session: a database with a guest cannot be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def _rows_of_ours() -> Iterator[Model]:
    for model in apps.get_models():
        if model.__module__.startswith("yiwang."):
            yield from model._default_manager.all()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """A test that really commits is swept with all rows; kinds, roles and calendars come back for the next."""
    try:
        return (yield)
    finally:
        marker = item.get_closest_marker("django_db")
        really_commits = (marker and marker.kwargs.get("transaction")) or "live_server" in getattr(
            item, "fixturenames", ()
        )
        # Only here, after all fixtures: the sweeping itself is the end of one. The last test leaves no tables.
        if really_commits and nextitem:
            _bring_back(item)


def _bring_back(item: pytest.Item) -> None:
    with item.config.stash[blocking_manager_key].unblock():
        with standing_on(EVERYWHERE):
            for row in deserialize("json", _brought_by_migrations[0]):
                row.save()
        with transaction.atomic(), past_the_wall(), connection.cursor() as cursor:
            # The tables of jobs are not Django's: nobody else sweeps them.
            cursor.execute("DELETE FROM procrastinate_periodic_defers")
            cursor.execute("DELETE FROM procrastinate_jobs")
        connection.close()


def _allow_sweeping() -> None:
    """Tests that really commit are swept by truncation afterwards, append-only tables too."""
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {APP_ROLE}")
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid"
            " WHERE tgname LIKE '%_no_truncate'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings: Settings) -> None:
    """Pages name their static files without the manifest that `collectstatic` writes."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    forget()
    yield
    forget()
    translation.deactivate()
