"""An installation of its own for a test: the command `yiwang` as real processes on a temporary folder."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

from tests.waiting import until
from yiwang.plumbing.embedded import cluster
from yiwang.plumbing.embedded.home import Home

REPOSITORY = Path(__file__).resolve().parents[3]
_OURS = ("YIWANG_", "DATABASE_URL", "PG")


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def plain_environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {**kept, "YIWANG_LANGUAGE": "en", **more}


class Installation:
    """A data folder and what is asked of it."""

    def __init__(
        self, folder: Path, *, user: int | None = None, python: str = sys.executable, **settings: str
    ) -> None:
        self.home = Home(folder)
        self.port = free_port()
        self.user, self.python = user, python
        # A year of cases would take longer than most tests.
        self.settings: Mapping[str, str] = {"YIWANG_DEMONSTRATION_CASES": "20", **settings}
        self.output = folder.parent / f"{folder.name[:20]}.out"
        self.process: subprocess.Popen[bytes] | None = None

    def options(self) -> dict[str, Any]:
        """For `Popen`: where, as whom, and with which settings."""
        as_user = {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        settings = {**self.settings, "YIWANG_HOME": str(self.home.folder)}
        return {"cwd": REPOSITORY, "env": plain_environment(**settings), **as_user}

    def command(self, *words: str) -> list[str]:
        return [self.python, "-m", "yiwang.project.cli", *words]

    def yiwang(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command on this folder to its end."""
        return subprocess.run(
            self.command(*words), capture_output=True, text=True, check=False, timeout=120, **self.options()
        )

    def up(self, *, within: float = 240) -> None:
        """`yiwang run`, until it has printed its address.

        `within`: after so many seconds it hangs; the first start makes every table, beside other tests.
        """
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                self.command("run", "--port", str(self.port)), stdout=output, stderr=output, **self.options()
            )
        until(lambda: "Yiwang is open" in self.said() or self.master.poll() is not None, within=within)
        assert self.master.poll() is None, self.said()

    def down(self) -> int:
        """Ctrl-C; gives the exit code."""
        if self.master.poll() is None:
            self.master.send_signal(signal.SIGINT)
        return self.master.wait(60)

    @property
    def master(self) -> "subprocess.Popen[bytes]":
        assert self.process is not None
        return self.process

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def family(self) -> list[psutil.Process]:
        """All processes below `run`."""
        return list(psutil.Process(self.master.pid).children(recursive=True))

    def child(self, *words: str) -> psutil.Process:
        """The process directly below `run` whose command line has this word."""
        [found] = [process for process in psutil.Process(self.master.pid).children() if _is_called(process, words)]
        return found

    def get(self, path: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        try:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            line.close()

    def is_ready(self) -> bool:
        try:
            return self.get("/readyz")[0] == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False

    def sql(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """As the cluster's superuser."""
        with cluster.superuser(self.home, database="yiwang") as line:
            done = line.execute(statement.encode(), values)
            return done.fetchall() if done.description else []


def _is_called(process: psutil.Process, words: tuple[str, ...]) -> bool:
    try:
        return set(words) <= set(process.cmdline()) or process.name() in words
    except psutil.Error:
        return False


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a refused command said: exactly one line, exit code 2."""
    assert done.returncode == 2, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]
