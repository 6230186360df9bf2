"""A served installation to be asked over HTTP, and the tokens of those who work in it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psutil

from yiwang.plumbing.embedded.programs import dies_with_parent

_OPEN_WITHIN_SECONDS = 90.0
_END_WITHIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Served:
    """A web server at work."""

    port: int
    process: "subprocess.Popen[bytes]"

    def megabytes(self) -> list[float]:
        """What each web process holds resident, the largest first."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        held = [child.memory_info().rss / 1e6 for child in children if _answers(child)]
        return sorted((round(one, 1) for one in held), reverse=True)


def _answers(child: psutil.Process) -> bool:
    # Python's own helper for spawned processes answers nobody.
    return "resource_tracker" not in " ".join(child.cmdline())


@contextmanager
def serving(folder: Path, *, workers: int = 2) -> Iterator[Served]:
    """`yiwang serve` over the database that the environment names, without a limit on how often one may ask."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = int(line.getsockname()[1])
    command = [sys.executable, "-m", "yiwang.project.cli", "serve", "--port", str(port), "--workers", str(workers)]
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, "YIWANG_RATE_LIMIT": "off"},
            stdout=log,
            stderr=log,
            preexec_fn=dies_with_parent(),
            start_new_session=True,
        )
    try:
        _wait(process, port, folder / "serve.log")
        yield Served(port, process)
    finally:
        _end(process)


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + _OPEN_WITHIN_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise RuntimeError(f"the web server does not answer: {log.read_text(errors='replace')[-2000:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(_END_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def token_of(post: int, *duties: str) -> str:
    """The secret of a token with these duties of whoever is in the post, on the post's whole ground."""
    from django.utils import timezone  # noqa: PLC0415 - needs settings

    from yiwang.people import actions  # noqa: PLC0415
    from yiwang.people.models import Holding  # noqa: PLC0415
    from yiwang.people.rules import Duty  # noqa: PLC0415
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415

    with standing_on(EVERYWHERE):
        held = Holding.objects.filter(post=post, until=None).select_related("post__ground", "person").earliest("pk")
        now = timezone.now()
        return actions.issue_token(
            "bench", duties=[Duty(duty) for duty in duties], ground=held.post.ground,
            expires_at=now + timedelta(days=2), by=held.person, now=now,
        )[1]  # fmt: skip


@contextmanager
def working(folder: Path, queue: str, processes: int) -> Iterator[None]:
    """`yiwang work` on one queue, over the database that the environment names."""
    command = [sys.executable, "-m", "yiwang.project.cli", "work", "--queues", queue]
    with (folder / "work.log").open("ab") as log:
        running = [subprocess.Popen(command, env=os.environ, stdout=log, stderr=log) for _ in range(processes)]
    try:
        yield
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(30)
