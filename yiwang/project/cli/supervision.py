"""Keep the processes of `run` alive, and leave none behind."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from yiwang.plumbing.embedded.programs import dies_with_parent
from yiwang.plumbing.stops import CannotGoOn, gettext_noop

Start = Callable[[], "subprocess.Popen[bytes]"]
_RESTARTS = 5
_WITHIN_SECONDS = 60.0
_PATIENCE_SECONDS = 20.0


class GaveUp(CannotGoOn):
    """A process dies again and again; starting it once more would only hide why."""


def start_command(*words: str, output: int | IO[bytes] | None) -> "subprocess.Popen[bytes]":
    """Start `yiwang …` as a child in a group of its own, so that Ctrl-C reaches only us.

    With a pipe as `output` its errors still go to our own.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "yiwang.project.cli", *words],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output == subprocess.PIPE else output,
        # Nobody is left to wait for an orderly end: unfinished transactions roll back, jobs are taken up again.
        preexec_fn=dies_with_parent(signal.SIGKILL),
        start_new_session=True,
    )


class Child:
    """One process kept alive: started again when it dies, with a limit."""

    def __init__(self, name: str, start: Start, stop: Callable[["subprocess.Popen[bytes]"], None]) -> None:
        self.name = name
        self._start, self._stop = start, stop
        self._deaths: list[float] = []
        self.process = start()

    def keep(self) -> bool:
        """Start it again if it died; says whether it had to be."""
        if self.process.poll() is None:
            return False
        now = time.monotonic()
        self._deaths = [at for at in self._deaths if now - at < _WITHIN_SECONDS] + [now]
        if len(self._deaths) > _RESTARTS:
            raise GaveUp(
                gettext_noop("%(name)s ended %(times)d times within a minute: see its log, and run `yiwang doctor`."),
                name=self.name,
                times=len(self._deaths),
            )
        # Its own children (web workers) may linger and hold the port.
        self._stop(self.process)
        self.process = self._start()
        return True

    def end(self) -> None:
        self._stop(self.process)


def stop_group(process: "subprocess.Popen[bytes]") -> None:
    """Ask the process to finish, then end whatever is left of its group."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """SIGTERM and SIGHUP end a `with` as Ctrl-C does; once ending has begun nothing hurries it."""

    def end(*_: object) -> None:
        for number in _ENDING:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, end) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def keep_alive(children: list[Child], told: Callable[[str], None]) -> None:
    """Watch until a signal ends it; `told` hears the name of each process that was started again."""
    read, write = os.pipe()
    os.set_blocking(write, False)
    before = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    try:
        while True:
            for child in [child for child in children if child.keep()]:
                told(child.name)
            if select.select([read], [], [], 1.0)[0]:
                os.read(read, 1024)
    finally:
        signal.set_wakeup_fd(before)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.close(read)
        os.close(write)
