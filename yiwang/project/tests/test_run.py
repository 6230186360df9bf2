"""`yiwang run` as people meet it: real processes, killed in every place."""

import os
import pwd
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.waiting import until
from yiwang.plumbing.embedded import cluster
from yiwang.project.tests.installation import REPOSITORY, Installation, one_sentence


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    installation = Installation(tmp_path_factory.mktemp("town") / "data")
    installation.up()
    installation.sql("CREATE TABLE kept (word text)")
    yield installation
    installation.down()


@pytest.fixture
def open_town(town: Installation) -> Installation:
    if town.master.poll() is not None:
        town.up()
    return town


def test_it_opens_and_is_ready(open_town: Installation) -> None:
    assert open_town.get("/healthz")[:2] == (200, "ok\n")
    assert open_town.get("/readyz")[:2] == (200, "ok\n")
    assert f"http://127.0.0.1:{open_town.port}/" in open_town.said()


def test_metrics_tell_this_machine_about_requests_and_jobs(open_town: Installation) -> None:
    open_town.get("/nowhere")
    _status, metrics, _headers = open_town.get("/metrics")
    assert 'yiwang_requests_total{method="GET",route="-",status="404"}' in metrics
    assert "yiwang_jobs_waiting" in metrics


def test_a_second_start_on_the_same_folder_says_so(open_town: Installation) -> None:
    said = one_sentence(open_town.yiwang("run", "--port", str(open_town.port)))
    assert f"port {open_town.port}" in said
    assert str(open_town.master.pid) in said


def test_a_command_uses_the_database_that_run_has_started(open_town: Installation) -> None:
    done = open_town.yiwang("migrate")
    assert (done.returncode, done.stdout) == (0, "The database is up to date.\n")


def test_ctrl_c_leaves_nothing_running(open_town: Installation) -> None:
    family = open_town.family()
    assert len(family) > 5
    assert open_town.down() == 0
    assert not [process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    assert not (open_town.home.cluster / "postmaster.pid").exists()


def run_itself(town: Installation) -> int:
    return town.master.pid


def web(town: Installation) -> int:
    return int(town.child("serve").pid)


def web_worker(town: Installation) -> int:
    return int(psutil.Process(web(town)).children()[-1].pid)


def worker(town: Installation) -> int:
    return int(town.child("work").pid)


def postgres(town: Installation) -> int:
    return int(town.child("postgres").pid)


def backend(town: Installation) -> int:
    """One that the web server uses."""
    [(pid,)] = town.sql(
        "SELECT pid FROM pg_stat_activity WHERE usename = 'yiwang' AND backend_type = 'client backend' LIMIT 1"
    )
    return int(str(pid))


def kill(process: psutil.Process) -> None:
    """Kill -9, and wait until it is dead: the signal alone returns earlier."""
    process.kill()
    until(lambda: is_dead(process))


def is_dead(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except (psutil.NoSuchProcess, FileNotFoundError):
        # It went while it was being looked at.
        return True


@pytest.mark.parametrize("victim", [web, web_worker, worker, postgres, backend, run_itself])
def test_kill_9_loses_nothing_committed(open_town: Installation, victim: Callable[[Installation], int]) -> None:
    until(open_town.is_ready)
    open_town.sql("INSERT INTO kept VALUES (%s)", victim.__name__)
    kill(psutil.Process(victim(open_town)))
    if victim is run_itself:
        open_town.master.wait()
        open_town.up()
    until(open_town.is_ready)
    until(lambda: can_be_asked(open_town))
    assert (victim.__name__,) in open_town.sql("SELECT word FROM kept")


def can_be_asked(town: Installation) -> bool:
    with suppress(psycopg.OperationalError, ValueError):
        # Both must be back, whatever died.
        return bool(
            town.child("work").is_running() and town.child("serve").is_running() and cluster.answers(town.home)
        )
    return False


def test_when_run_is_killed_its_children_end_too(open_town: Installation) -> None:
    family = open_town.family()
    open_town.master.kill()
    open_town.master.wait()
    until(lambda: not [process for process in family if process.is_running()])


def test_a_worker_that_dies_again_and_again_ends_it_with_a_sentence(open_town: Installation) -> None:
    for _time in range(6):
        until(lambda: open_town.master.poll() is not None or can_be_asked(open_town))
        if open_town.master.poll() is None:
            kill(open_town.child("work"))
    assert open_town.master.wait(60) == 2
    assert open_town.said().strip().splitlines()[-1].startswith("worker ended 6 times within a minute")


def can_run(python: str, user: int) -> bool:
    with suppress(OSError):
        done = subprocess.run([python, "-c", ""], user=user, group=user, cwd=REPOSITORY, check=False)
        return done.returncode == 0
    return False


@pytest.fixture
def nobodys_folder() -> Iterator[Path]:
    """Not in pytest's own folder: another run of pytest beside this one would close that to everybody else."""
    with tempfile.TemporaryDirectory(prefix="yiwang-nobody-") as folder:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
        yield Path(folder)


def test_an_ordinary_user_with_a_long_path_runs_it_as_well(nobodys_folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("the other tests have run as an ordinary user already")
    user = pwd.getpwnam("nobody").pw_uid
    # The interpreter of a root's own folder is not for everybody; the machine's own will do.
    pythons = [sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"]
    python = next((path for path in pythons if can_run(path, user)), None)
    if python is None:
        pytest.skip("no Python of this version here that an ordinary user may run")
    packages = sysconfig.get_paths()["purelib"]
    town = Installation(nobodys_folder / ("long" * 30), user=user, python=python, PYTHONPATH=packages)
    town.up()
    try:
        assert town.is_ready()
        assert town.child("postgres").uids().effective == user
    finally:
        town.down()
    town.home.sockets.rmdir()


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    town = Installation(tmp_path / "data")
    with socket.socket() as line:
        line.bind(("127.0.0.1", town.port))
        line.listen()
        assert "--port" in one_sentence(town.yiwang("run", "--port", str(town.port)))
    assert not town.home.cluster.exists()


def test_a_stop_in_the_middle_of_the_first_start_leaves_a_folder_that_starts(tmp_path: Path) -> None:
    town = Installation(tmp_path / "data")
    with subprocess.Popen(
        town.command("run", "--port", str(town.port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **town.options(),
    ) as first:
        until(lambda: list(town.home.folder.glob(".postgres-unfinished-*/base")))
        first.send_signal(signal.SIGKILL)
    town.up()
    assert town.is_ready()
    assert town.down() == 0
    until(lambda: not list(town.home.folder.glob(".postgres-unfinished-*")))
