import contextlib
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from yiwang.plumbing.stops import CannotGoOn, gettext_noop
from yiwang.project import environment
from yiwang.project.cli import supervision
from yiwang.project.cli.access import check_server
from yiwang.project.cli.demo import tell
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data, Port
from yiwang.project.cli.serve import refuse_taken
from yiwang.project.cli.supervision import Child, start_command, stop_group

_OPEN_WITHIN_SECONDS = 60.0
# The web server of a killed `run` is ended by the kernel, but not in the same instant.
_DYING_SECONDS = 10.0
_LONGEST_LOG = 10_000_000


def run(port: Port = 8000, data: Data = None) -> None:
    from yiwang.plumbing.embedded import lock
    from yiwang.plumbing.embedded.home import Home
    from yiwang.project.version import claim_folder

    home = Home(environment.choose_home(data))
    with contextlib.ExitStack() as stack:
        stack.enter_context(supervision.interrupted_by_signals())
        was_killed = stack.enter_context(lock.holding(home, port=port))
        refuse_taken(port, patience=_DYING_SECONDS if was_killed else 0.0)
        claim_folder(home.folder)
        try:
            _run(home.folder, port)
        except KeyboardInterrupt:
            print(_("Stopping."), flush=True)
    print(_("Stopped."), flush=True)


def _run(folder: Path, port: int) -> None:
    with contextlib.ExitStack() as ending:
        children: list[Child] = []
        if url := environment.text("DATABASE_URL"):
            check_server(url)
        else:
            children.append(_keep(_postgres(folder), ending))
        sign_ins = _prepare()
        if sign_ins:
            environment.mark_demonstration()
        children.append(_keep(_command(folder, "web", "serve", "--port", str(port)), ending))
        children.append(_keep(_command(folder, "worker", "work", "--alone"), ending))
        ending.callback(_tell_to_end, children[-2:])
        _wait_until_open(port, children)
        print(_("Yiwang is open: %(address)s") % {"address": f"http://127.0.0.1:{port}/"}, flush=True)
        tell(sign_ins)
        print(_("Ctrl-C stops it."), flush=True)
        supervision.keep_alive(children, _say_restarted)


def _keep(child: Child, ending: contextlib.ExitStack) -> Child:
    ending.callback(child.end)
    return child


def _tell_to_end(children: list[Child]) -> None:
    """Both at once: they finish their work side by side."""
    for child in children:
        if child.process.poll() is None:
            child.process.terminate()


def _postgres(folder: Path) -> Child:
    from yiwang.plumbing.embedded import cluster
    from yiwang.plumbing.embedded.home import Home

    home = Home(folder)
    return Child("PostgreSQL", lambda: cluster.start(home), cluster.stop)


def _command(folder: Path, name: str, *words: str) -> Child:
    def start() -> subprocess.Popen[bytes]:
        with _log(folder, name) as output:
            return start_command(*words, output=output)

    return Child(name, start, stop_group)


@contextlib.contextmanager
def _log(folder: Path, name: str) -> Iterator[IO[bytes] | None]:
    """On a terminal people want to read the address, not the logs: these go beside the data."""
    if not sys.stderr.isatty():
        yield None
        return
    path = folder / "logs" / f"{name}.log"
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.stat().st_size > _LONGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    with path.open("ab") as log:
        yield log


def _prepare() -> list[tuple[str, str, str]]:
    """Tables, static files and the demonstration; gives whom one may sign in as."""
    child = start_command("prepare", output=subprocess.PIPE)
    try:
        said, _nothing = child.communicate()
    finally:
        stop_group(child)
    if child.returncode:
        # The reason has been printed already, by the process that knows it.
        sys.exit(child.returncode)
    return [(who, name, password) for who, name, password in json.loads(said.splitlines()[-1])]


def _wait_until_open(port: int, children: list[Child]) -> None:
    until = time.monotonic() + _OPEN_WITHIN_SECONDS
    while not _answers(port):
        for child in children:
            child.keep()
        if time.monotonic() > until:
            raise CannotGoOn(
                gettext_noop("The web server did not answer within %(seconds)d s: see its log."),
                seconds=_OPEN_WITHIN_SECONDS,
            )
        time.sleep(0.05)


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _say_restarted(name: str) -> None:
    print(_("%(name)s had ended and was started again.") % {"name": name}, file=sys.stderr, flush=True)
