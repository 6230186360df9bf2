"""Make, start and stop the embedded PostgreSQL, with the programs of the wheel.

The wheel's own Python starter is not used: it hands the server over to whoever comes last and opens every
parent folder for reading. Here the server is a child of the process that started it, and dies with it.
"""

import errno
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from yiwang.plumbing.embedded import leftovers
from yiwang.plumbing.embedded.home import Home, unusable
from yiwang.plumbing.embedded.memory import memory_here, memory_settings
from yiwang.plumbing.embedded.programs import MAJOR, CannotStart, lend, spawn
from yiwang.plumbing.stops import gettext_noop

_START_SECONDS = 120.0
_UNFINISHED = ".postgres-unfinished-"

# What is committed is on the disk; said aloud, so that no file in the cluster can say otherwise.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def make(home: Home) -> None:
    """Create the cluster unless it is there. An interrupted creation is swept away and begun again."""
    try:
        home.folder.mkdir(parents=True, exist_ok=True)
        _refuse_a_strange_folder(home)
        for unfinished in home.folder.glob(f"{_UNFINISHED}*"):
            leftovers.end_making(unfinished)
            # It has perhaps swept up itself: what is gone already is no fault.
            shutil.rmtree(unfinished, ignore_errors=True)
        if not (home.cluster / "PG_VERSION").exists():
            _make_beside(home)
    except OSError as broken:
        raise unusable(home.folder, broken) from broken


def _refuse_a_strange_folder(home: Home) -> None:
    version = home.cluster / "PG_VERSION"
    if version.exists():
        major = version.read_text(encoding="ascii").strip()
        if major != str(MAJOR):
            raise CannotStart(
                gettext_noop(
                    "%(folder)s belongs to PostgreSQL %(theirs)s, but this Yiwang brings PostgreSQL %(ours)s: make a "
                    "backup with the Yiwang that belongs to it, and restore that into an empty data folder."
                ),
                folder=home.cluster,
                theirs=major,
                ours=MAJOR,
            )
    elif home.cluster.exists() and any(home.cluster.iterdir()):
        raise CannotStart(
            gettext_noop(
                "%(folder)s is not a database folder and not empty: move it away, or choose another with --data."
            ),
            folder=home.cluster,
        )


def _make_beside(home: Home) -> None:
    """Made beside, renamed when complete: a half-made cluster is never mistaken for one."""
    draft = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=home.folder))
    lend(draft)
    making = spawn(
        "initdb", "--pgdata", str(draft), "--username", "postgres", "--auth", "trust", "--encoding", "UTF8",
        "--locale-provider", "builtin", "--locale", "C.UTF-8", "--data-checksums", "--no-instructions",
        folder=draft, output=subprocess.PIPE,
    )  # fmt: skip
    said, _ = making.communicate()
    if making.returncode:
        shutil.rmtree(draft)
        last = said.decode(errors="replace").strip().rsplit("\n", 1)[-1]
        raise CannotStart(
            gettext_noop("The embedded database cannot be made in %(folder)s: %(why)s"), folder=home.folder, why=last
        )
    draft.rename(home.cluster)
    _to_disk(home.folder)


def _to_disk(folder: Path) -> None:
    line = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(line)
    finally:
        os.close(line)


def start(home: Home, *, settings: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start the server as a child of this process and wait until it answers.

    Whatever an earlier, killed Yiwang left at work on the folder is stopped first. `settings` are PostgreSQL's own.
    """
    make(home)
    leftovers.clear(home)
    lend(home.cluster)
    _prepare_sockets(home)
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(home.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "120",
        # On today's disks a jump costs little more than the next page.
        "random_page_cost": "1.1",
        "log_timezone": "UTC",
        "timezone": "UTC",
        **memory_settings(memory_here()),
        **DURABLE,
        **(settings or {}),
    }
    arguments = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    with home.log.open("ab") as log:
        server = spawn("postgres", "-D", str(home.cluster), *arguments, folder=home.cluster, output=log.fileno())
    try:
        _wait_until_it_answers(home, server)
        _make_database(home)
    except BaseException:
        stop(server)
        raise
    return server


def _prepare_sockets(home: Home) -> None:
    """In /tmp anybody may have been faster: a link there would lead our rights elsewhere."""
    try:
        if home.sockets.is_symlink():
            raise PermissionError(errno.EPERM, "a link is in its place")
        lend(home.sockets)
    except OSError as broken:
        raise CannotStart(
            gettext_noop(
                "The folder %(folder)s for the database's socket cannot be used (%(why)s): "
                "remove it, or choose a shorter path with --data."
            ),
            folder=home.sockets,
            why=broken.strerror,
        ) from broken


def stop(server: subprocess.Popen[bytes], *, patience: float = 60.0) -> None:
    """Stop the server: running statements are rolled back, everything committed is on the disk."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


@contextmanager
def running(home: Home, *, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The embedded database for the length of a `with`; gives its URL."""
    server = start(home, settings=settings)
    try:
        yield home.url
    finally:
        stop(server)


def superuser(home: Home, *, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
    """A connection as the cluster's superuser, for what only it may do."""
    return psycopg.connect(
        host=str(home.sockets), user="postgres", dbname=database, autocommit=True, connect_timeout=5
    )


def answers(home: Home) -> bool:
    """Whether a server on this folder can be reached now."""
    try:
        superuser(home).close()
    except psycopg.OperationalError:
        return False
    return True


def _wait_until_it_answers(home: Home, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise CannotStart(
                gettext_noop("The embedded database ended at once: its last words are in %(log)s."), log=home.log
            )
        try:
            superuser(home).close()
        except psycopg.OperationalError as not_yet:
            # Recovery after a crash takes as long as it takes; only silence is suspicious.
            if "starting up" in str(not_yet) or "recovery" in str(not_yet):
                until = time.monotonic() + _START_SECONDS
            time.sleep(0.03)
        else:
            return
    raise CannotStart(
        gettext_noop("The embedded database did not answer within %(seconds)d s: see %(log)s."),
        seconds=_START_SECONDS,
        log=home.log,
    )


def _make_database(home: Home) -> None:
    with superuser(home) as line:
        if not line.execute("SELECT 1 FROM pg_roles WHERE rolname = 'yiwang'").fetchone():
            line.execute("CREATE ROLE yiwang LOGIN CREATEROLE CREATEDB")
        if not line.execute("SELECT 1 FROM pg_database WHERE datname = 'yiwang'").fetchone():
            line.execute("CREATE DATABASE yiwang OWNER yiwang")
