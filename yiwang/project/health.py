"""What `yiwang doctor` looks at. Each finding is one line; a bad one says what to do."""

import platform
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

import yiwang
from yiwang.notices import queries as notices
from yiwang.plumbing.upkeep import queries
from yiwang.plumbing.walls.policies import APP_ROLE
from yiwang.project.database import applied, as_owner, server_major, unapplied, unknown

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
VENDOR = PACKAGE / "channels" / "web" / "static" / "vendor"
_GIGABYTE = 1_000_000_000
_LOWEST_DISK = 2 * _GIGABYTE
_CLOCK_SECONDS = 2.0
_LAG_SECONDS = 300
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
_SERVERS = range(15, 19)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and found; `advice` is empty when all is well."""

    what: str
    advice: str = ""


def of_machine(folder: Path) -> Iterator[Finding]:
    """What can be said without the database."""
    yield Finding(_("Python %(version)s") % {"version": platform.python_version()})
    yield Finding(_("Yiwang %(version)s, data folder %(folder)s") % {"version": yiwang.__version__, "folder": folder})
    free = shutil.disk_usage(folder).free
    yield Finding(
        _("Free disk: %(free).1f GB") % {"free": free / _GIGABYTE},
        _("Make room: with a full disk nothing more can be written.") if free < _LOWEST_DISK else "",
    )
    yield from _secrets(folder)
    yield Finding(
        _("Chinese messages: %(file)s") % {"file": CATALOGUE.name},
        "" if CATALOGUE.exists() else _("They are not compiled: run make messages."),
    )
    yield Finding(
        _("Front-end packages: %(folder)s") % {"folder": VENDOR.name},
        "" if VENDOR.is_dir() and any(VENDOR.iterdir()) else _("They are missing: run make setup."),
    )


def _secrets(folder: Path) -> Iterator[Finding]:
    for secret in sorted(folder.glob("*.key")):
        mode = stat.S_IMODE(secret.stat().st_mode)
        yield Finding(
            _("Secret %(name)s: rights %(mode)o") % {"name": secret.name, "mode": mode},
            _("Others can read it: chmod 600 %(path)s.") % {"path": secret} if mode & 0o077 else "",
        )


def of_database() -> Iterator[Finding]:
    """What the database says, as its owner sees it and as the application does."""
    with as_owner():
        for look in (_server, _durability, _clock, _migrations, _walls):
            yield from look()
        if not unapplied():
            yield from _queue()


def _ask(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _server() -> Iterator[Finding]:
    major = server_major()
    yield Finding(
        _("PostgreSQL %(version)d") % {"version": major},
        "" if major in _SERVERS else _("Yiwang is tested with PostgreSQL 15 to 18: use one of these."),
    )


def _durability() -> Iterator[Finding]:
    listed = ", ".join(f"'{name}'" for name in _DURABLE)
    for name, value in _ask(f"SELECT name, setting FROM pg_settings WHERE name IN ({listed}) ORDER BY name"):  # noqa: S608
        yield Finding(
            f"{name} = {value}",
            _("A crash can lose what was promised as saved: set %(name)s = on.") % {"name": name}
            if value in ("off", "local")
            else "",
        )


def _clock() -> Iterator[Finding]:
    before = datetime.now(UTC)
    theirs = _ask("SELECT clock_timestamp()")[0][0]
    assert isinstance(theirs, datetime)
    apart = abs((theirs - before - (datetime.now(UTC) - before) / 2).total_seconds())
    yield Finding(
        _("Clocks of this machine and the database: %(apart).1f s apart") % {"apart": apart},
        _("Deadlines will be wrong: let both follow a time server (NTP).") if apart > _CLOCK_SECONDS else "",
    )


def _migrations() -> Iterator[Finding]:
    if unknown(applied()):
        yield Finding(_("Tables: newer than this version"), _("Install the newer version of Yiwang again."))
        return
    waiting = unapplied()
    yield Finding(
        _("Migrations not applied: %(count)d") % {"count": len(waiting)},
        _("Bring the tables up to date: yiwang migrate.") if waiting else "",
    )


def _walls() -> Iterator[Finding]:
    bypassing = _ask(f"""
        SELECT rolsuper OR rolbypassrls OR EXISTS (
            SELECT FROM pg_class WHERE relowner = role.oid AND relkind IN ('r', 'p'))
        FROM pg_roles role WHERE rolname = '{APP_ROLE}'
        """)  # noqa: S608 - a constant of ours
    missing = not bypassing
    yield Finding(
        _("Role of the application: %(role)s") % {"role": APP_ROLE},
        _("It does not exist: yiwang migrate makes it.")
        if missing
        else _("It owns tables or bypasses row-level security: take these rights from it.")
        if bypassing[0][0]
        else "",
    )
    down = _ask("""
        SELECT relname FROM pg_class WHERE NOT relrowsecurity
        AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid) ORDER BY relname
        """)
    up = _ask("SELECT count(*) FROM pg_class WHERE relrowsecurity")[0][0]
    names = ", ".join(str(name) for (name,) in down)
    yield Finding(
        _("Tables behind row-level security: %(count)d") % {"count": up},
        _("Switched off on %(names)s: ALTER TABLE … ENABLE ROW LEVEL SECURITY.") % {"names": names} if down else "",
    )


def _queue() -> Iterator[Finding]:
    lag = max((queue.lag_seconds for queue in queries.queues()), default=0.0)
    yield Finding(
        _("Oldest waiting job: %(seconds)d s") % {"seconds": lag},
        _("Jobs are not keeping up: start a worker (yiwang work), or more of them.") if lag > _LAG_SECONDS else "",
    )
    looks: list[tuple[str, Callable[[], int], str]] = [
        (
            _("Interrupted jobs: %(count)d"),
            lambda: len(queries.interrupted()),
            _("A running worker takes them up within two minutes: is one running?"),
        ),
        (
            _("Jobs that gave up since yesterday: %(count)d"),
            queries.failed_since_yesterday,
            _("Their reason stands in the worker's log."),
        ),
        (
            _("Messages that failed since yesterday: %(count)d"),
            notices.failed_since_yesterday,
            _("Their reason stands on the page of what did not arrive, where they may be tried again."),
        ),
    ]
    for what, count, advice in looks:
        found = count()
        yield Finding(what % {"count": found}, advice if found else "")
