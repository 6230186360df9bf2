"""What a killed Yiwang left on the folder: an initdb, a server without a master, children without a server, a stale
pid file."""

import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

from yiwang.plumbing.embedded.home import Home
from yiwang.plumbing.embedded.programs import CannotStart
from yiwang.plumbing.stops import gettext_noop

_PATIENCE = 60.0
_MOMENTS = 3
_MAKERS = {"initdb", "postgres"}


def clear(home: Home) -> None:
    """Stop whatever PostgreSQL still works on the folder, so that a new one may start.

    To be called by the holder of the folder's lock only: nobody else's server is then at work here.
    """
    note = home.cluster / "postmaster.pid"
    if not note.exists():
        return
    # Cleanly first (what is committed is on the disk either way); children whose server was killed know no SIGINT.
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if not (at_work := list(_servers_of(home))):
            break
        _tell(home, _masters(at_work), how)
        psutil.wait_procs(at_work, timeout=_PATIENCE if how == signal.SIGINT else 10.0)
    else:
        raise CannotStart(
            gettext_noop("A database left over on %(folder)s does not end: restart the machine."), folder=home.folder
        )
    _drop_a_strangers_number(home)


def end_making(draft: Path) -> None:
    """End an initdb that still makes a cluster in this folder for a Yiwang that was killed: nobody waits for it.

    To be called by the holder of the folder's lock only, as above.
    """
    # Asked again: it may have begun its next server in the moment before it was ended.
    for _ in range(_MOMENTS):
        if not (making := list(_makers_of(draft))):
            return
        for process in making:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(making, timeout=_PATIENCE)


def _makers_of(draft: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            # initdb names the folder, and the server that it asks to fill it stands there.
            is_there = str(draft) in process.cmdline() or process.cwd() == str(draft.resolve())
            if process.name() in _MAKERS and is_there:
                yield process
        except psutil.Error:
            continue


def _servers_of(home: Home) -> Iterator[psutil.Process]:
    folder = str(home.cluster.resolve())
    for process in psutil.process_iter():
        try:
            # Every process of a server stands in its cluster's folder.
            if process.name() == "postgres" and process.cwd() == folder and process.status() != psutil.STATUS_ZOMBIE:
                yield process
        except psutil.Error:
            continue


def _masters(at_work: list[psutil.Process]) -> list[psutil.Process]:
    """The server's first process stops its children itself; orphans are told one by one."""
    numbers = {process.pid for process in at_work}
    return [process for process in at_work if _parent(process) not in numbers]


def _parent(process: psutil.Process) -> int:
    try:
        return int(process.ppid())
    except psutil.NoSuchProcess:
        return 0


def _tell(home: Home, masters: list[psutil.Process], how: signal.Signals) -> None:
    for process in masters:
        try:
            process.send_signal(how)
        except psutil.NoSuchProcess:
            continue
        except psutil.AccessDenied:
            raise CannotStart(
                gettext_noop(
                    "A database of another user works on %(folder)s (process %(pid)s): stop it as that user first."
                ),
                folder=home.folder,
                pid=process.pid,
            ) from None


def _drop_a_strangers_number(home: Home) -> None:
    """After a restart of the machine the number in the file may be some other program's, and PostgreSQL would wait."""
    note = home.cluster / "postmaster.pid"
    if not note.exists():
        return
    first = note.read_text(encoding="utf-8", errors="replace").split("\n", 1)[0].strip()
    if not first.isdigit() or psutil.pid_exists(int(first)):
        note.unlink()
