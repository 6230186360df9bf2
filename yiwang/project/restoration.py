"""Bring a backup back: all of it or nothing, into an empty installation or, if told, in the place of another."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection

import yiwang
from yiwang.plumbing.embedded.programs import programs
from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import archive
from yiwang.project.archive import Manifest, Progress
from yiwang.project.database import as_owner, migrate, unknown
from yiwang.project.version import order

# What a person has put in; seeded configuration does not count.
_TELLING = ("people.Person", "places.Place")

# These belong to the schema and to the owner's name on the old server; ours are made anew below.
_LEFT_OUT = (" SCHEMA - public ", " DEFAULT ACL ", " ACL - SCHEMA public ", " COMMENT - SCHEMA public ")
# Servers before 17 do not know it, and psql needs it as little as they do.
_NEWER_SETTING = b"SET transaction_timeout = 0;\n"
_HEADER_LINES = 60


def restore(path: Path, *, url: str, folder: Path, replace: bool, unpacked: Progress) -> Manifest:
    """Bring the backup into this database and data folder, and its tables up to this code.

    Refuses a backup of a newer version, a database that others are using, and, without `replace`, an
    installation that is not empty.
    """
    with archive.reading(path) as (manifest, tar), _workshop(folder) as workshop:
        _refuse_newer(manifest)
        with as_owner():
            _refuse_company()
            if not replace:
                _refuse_full()
        archive.unpack(tar, workshop, unpacked)
        _load(url, archive.dump_in(workshop), workshop)
        if manifest.has_files:
            _exchange(archive.files_in(workshop), Path(settings.MEDIA_ROOT))
        for secret in archive.secrets_in(workshop):
            secret.chmod(0o600)
            secret.replace(folder / secret.name)
    migrate()
    return manifest


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder) as name:
        yield Path(name)


def _refuse_newer(manifest: Manifest) -> None:
    newer = order(manifest.version) > order(yiwang.__version__) or manifest.format > archive.FORMAT
    if newer or unknown(manifest.migrations):
        raise CannotGoOn(
            gettext_noop(
                "The backup was made by Yiwang %(theirs)s, and this is %(ours)s: install that version or a newer one."
            ),
            theirs=manifest.version,
            ours=yiwang.__version__,
        )


def _refuse_company() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """)
        count = int(cursor.fetchone()[0])
    if count:
        raise CannotGoOn(
            gettext_noop("%(count)d others are using the database: stop Yiwang first, then restore."), count=count
        )


def _refuse_full() -> None:
    tables = [apps.get_model(name)._meta.db_table for name in _TELLING]  # noqa: SLF001 - Django's public habit
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in there.intersection(tables):
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # noqa: S608 - our own models' names
            if cursor.fetchone()[0]:
                raise _full()
    root = Path(settings.MEDIA_ROOT)
    if archive.files_are_local() and root.exists() and any(root.iterdir()):
        raise _full()


def _full() -> CannotGoOn:
    return CannotGoOn(
        gettext_noop("This installation is not empty: restore into an empty one, or put the backup in with --replace.")
    )


def _load(url: str, dump: Path, workshop: Path) -> None:
    """Everything in one transaction of psql: after a failure the database is what it was."""
    table_of_contents = workshop / "contents"
    listed = subprocess.run([_program("pg_restore"), "--list", str(dump)], capture_output=True, check=False)
    if listed.returncode:
        raise archive.failed(listed.stderr)
    kept = [line for line in listed.stdout.decode().splitlines() if not any(part in line for part in _LEFT_OUT)]
    table_of_contents.write_text("\n".join(kept), encoding="utf-8")
    unpacking = subprocess.Popen(
        [_program("pg_restore"), "--no-owner", f"--use-list={table_of_contents}", "--file=-", str(dump)],
        stdout=subprocess.PIPE,
    )
    with tempfile.TemporaryFile() as said:
        loading = subprocess.Popen(
            [
                _program("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--no-password",
                "--set=ON_ERROR_STOP=1", *archive.address(url),
            ],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=archive.with_password(url),
        )  # fmt: skip
        complete = _pour(unpacking, loading)
        if loading.wait() or not complete:
            said.seek(0)
            raise archive.failed(said.read())


def _pour(unpacking: "subprocess.Popen[bytes]", loading: "subprocess.Popen[bytes]") -> bool:
    """Old tables out, the dump in, the role's rights on what comes later; True when all of it was poured."""
    assert unpacking.stdout
    assert loading.stdin
    wall = import_module("yiwang.plumbing.walls.migrations.0001_app_role")
    before = f"""
        {wall.MAKE_ROLE}
        DROP SCHEMA public CASCADE;
        CREATE SCHEMA public;
        GRANT USAGE ON SCHEMA public TO PUBLIC;
        """
    after = "\nSET search_path = public;\n" + wall.GRANT_LATER
    try:
        loading.stdin.write(before.encode())
        for _line in range(_HEADER_LINES):
            line = unpacking.stdout.readline()
            loading.stdin.write(b"" if line == _NEWER_SETTING else line)
        shutil.copyfileobj(unpacking.stdout, loading.stdin)
        complete = unpacking.wait() == 0
        # An incomplete dump must not be committed as if it were whole.
        loading.stdin.write(after.encode() if complete else b"\nROLLBACK; SELECT 1/0;\n")
        loading.stdin.close()
    except BrokenPipeError:
        unpacking.kill()
        unpacking.wait()
        return False
    return complete


def _program(name: str) -> str:
    return str(programs() / name)


def _exchange(new: Path, place: Path) -> None:
    """Two renames: between them the folder is missing for a moment, but never half full."""
    old = new.with_name("files-before")
    if place.exists():
        place.rename(old)
    place.parent.mkdir(parents=True, exist_ok=True)
    new.rename(place)
