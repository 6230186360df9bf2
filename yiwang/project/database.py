"""The database as its owner sees it: migrations, and whether the code and the tables belong together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.core.management.commands import migrate as migrate_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from yiwang.plumbing.stops import gettext_noop
from yiwang.plumbing.walls.grants import open_to_application
from yiwang.plumbing.worktime.actions import import_new_years
from yiwang.project.environment import Misconfigured

Progress = Callable[[int, int | None], None]


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the role that owns the tables, on a connection of its own outside the pool."""
    options = connection.settings_dict["OPTIONS"]
    kept = {name: options.pop(name) for name in ("assume_role", "pool") if name in options}
    connection.close()
    try:
        yield
    finally:
        connection.close()
        options.update(kept)


def server_major() -> int:
    """The major version of the PostgreSQL we are connected to."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def unapplied() -> list[str]:
    """Names of migrations the code has and the database has not, in their order ("places.0002_wall")."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def applied() -> list[str]:
    """Names of the migrations the database has, sorted."""
    return sorted(f"{app}.{name}" for app, name in MigrationExecutor(connection).loader.applied_migrations)


def unknown(names: list[str]) -> list[str]:
    """Those of these migrations that this code does not know, though it knows their room."""
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    known |= {f"{app}.{old}" for m in loader.disk_migrations.values() for app, old in m.replaces}
    rooms = loader.migrated_apps
    return [name for name in names if name.split(".")[0] in rooms and name not in known]


def migrate(progress: Progress | None = None) -> int:
    """Bring the tables up to this code, and the calendar up to the library's years; gives how many migrations ran.

    Refuses a database of newer code.
    """
    with as_owner():
        refuse_newer(applied())
        waiting = len(unapplied())
        if waiting:
            call_command(_Migrate(progress, waiting), interactive=False, verbosity=0)
        # Also when nothing waited: the tables may have come out of a backup, or been made under another login.
        open_to_application()
        import_new_years(by="system")
    return waiting


def refuse_newer(names: list[str]) -> None:
    """Stop when some of these migrations come from a newer version of ours."""
    if unknown(names):
        raise Misconfigured(
            gettext_noop("The database belongs to a newer version of Yiwang: install that version or a newer one.")
        )


class _Migrate(migrate_command.Command):
    """Django's own command, telling how far it is."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        super().__init__()
        self._progress, self._total, self._done = progress, total, 0

    def migration_progress_callback(self, action: str, *_: object, **__: object) -> None:
        if action == "apply_success" and self._progress:
            self._done += 1
            self._progress(self._done, self._total)
