"""One Yiwang per data folder: the lock that its holder loses only by ending."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from yiwang.plumbing.embedded.home import Home, unusable
from yiwang.plumbing.stops import CannotGoOn, gettext_noop


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the folder: its process, and the port of its web server (0 for a short command)."""

    pid: int
    port: int


class Held(CannotGoOn):
    """Another process works on this data folder."""

    def __init__(self, home: Home, holder: Holder) -> None:
        self.holder = holder
        super().__init__(
            gettext_noop(
                "Yiwang already works on the data folder %(folder)s (process %(pid)s, port %(port)s): "
                "stop it first, or choose another folder with --data."
            ),
            folder=home.folder,
            pid=holder.pid,
            port=holder.port or "-",
        )


@contextmanager
def holding(home: Home, *, port: int = 0) -> Iterator[bool]:
    """Hold the folder for the length of a `with`; raises `Held` at once when somebody else does.

    Gives whether the holder before us was killed: what it had started may still be ending.
    """
    with contextlib.ExitStack() as stack:
        try:
            home.folder.mkdir(parents=True, exist_ok=True)
            # Python opens close-on-exec: a child that outlives us does not keep the folder.
            line = os.open(home.lock, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as broken:
            raise unusable(home.folder, broken) from broken
        stack.callback(os.close, line)
        try:
            fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(home, _read(home)) from None
        was_killed = os.fstat(line).st_size > 0
        os.ftruncate(line, 0)
        os.pwrite(line, f"{os.getpid()} {port}\n".encode(), 0)
        # A holder that ends in order takes its name away.
        stack.callback(os.ftruncate, line, 0)
        yield was_killed


def _read(home: Home) -> Holder:
    # Between taking the lock and writing the name there is a moment with nothing to read.
    words = home.lock.read_text(encoding="ascii").split() or ["0", "0"]
    return Holder(int(words[0]), int(words[1]))
