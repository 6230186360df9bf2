"""The embedded database on folders of its own, with real servers."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.waiting import until
from yiwang.plumbing.embedded import cluster
from yiwang.plumbing.embedded.home import Home
from yiwang.plumbing.embedded.programs import CannotStart, lend


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("house"))


@pytest.fixture
def server(home: Home) -> Iterator["subprocess.Popen[bytes]"]:
    server = cluster.start(home)
    yield server
    cluster.stop(server)


def remember(home: Home, word: str) -> None:
    with cluster.superuser(home) as line:
        line.execute("CREATE TABLE IF NOT EXISTS memory (word text)")
        line.execute("INSERT INTO memory VALUES (%s)", [word])


def remembered(home: Home) -> set[object]:
    with cluster.superuser(home) as line:
        return {word for (word,) in line.execute("SELECT word FROM memory")}


def test_what_is_committed_is_on_the_disk_by_default(home: Home, server: "subprocess.Popen[bytes]") -> None:
    with cluster.superuser(home) as line:
        settings = {name: value for name, value in line.execute("SELECT name, setting FROM pg_settings")}  # noqa: C416
    assert {settings[name] for name in ("fsync", "synchronous_commit", "full_page_writes")} == {"on"}
    assert settings["data_checksums"] == "on"
    assert settings["listen_addresses"] == ""


def test_a_stopped_server_leaves_nothing(home: Home, server: "subprocess.Popen[bytes]") -> None:
    processes = [psutil.Process(server.pid), *psutil.Process(server.pid).children()]
    cluster.stop(server)
    assert not any(process.is_running() for process in processes)
    assert not (home.cluster / "postmaster.pid").exists()


def test_a_server_left_over_is_stopped_and_replaced(home: Home, server: "subprocess.Popen[bytes]") -> None:
    remember(home, "left over")
    second = cluster.start(home)
    try:
        assert server.wait(10) == 0
        assert "left over" in remembered(home)
    finally:
        cluster.stop(second)


def test_children_that_outlive_a_killed_server_are_stopped(home: Home, server: "subprocess.Popen[bytes]") -> None:
    remember(home, "before the crash")
    family = psutil.Process(server.pid).children()
    # A child that does not hear of its server's death holds its memory, and PostgreSQL alone would refuse to start.
    family[0].suspend()
    server.kill()
    server.wait()
    threading.Timer(0.2, lambda: _wake(family[0])).start()
    second = cluster.start(home)
    try:
        assert "before the crash" in remembered(home)
        until(lambda: not any(process.is_running() for process in family))
    finally:
        cluster.stop(second)


def _wake(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.resume()


def test_a_killed_backend_loses_nothing_committed(home: Home, server: "subprocess.Popen[bytes]") -> None:
    remember(home, "before the backend died")
    line = cluster.superuser(home)
    os.kill(line.info.backend_pid, signal.SIGKILL)
    with suppress(psycopg.Error):
        line.execute("SELECT 1")
    line.close()
    until(lambda: cluster.answers(home))
    assert "before the backend died" in remembered(home)


def test_a_strangers_number_in_the_pid_file_does_not_stop_the_start(home: Home) -> None:
    cluster.stop(cluster.start(home))
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (home.cluster / "postmaster.pid").write_text(f"{stranger.pid}\n{home.cluster}\n", encoding="ascii")
        server = cluster.start(home)
        assert stranger.poll() is None
        cluster.stop(server)
        stranger.kill()


def test_a_long_path_puts_the_socket_elsewhere(tmp_path: Path) -> None:
    home = Home(tmp_path / ("long" * 30))
    with cluster.running(home):
        assert home.sockets.parent == Path("/tmp")  # noqa: S108
        assert cluster.answers(home)
    home.sockets.rmdir()


def test_a_half_made_cluster_is_swept_away(tmp_path: Path) -> None:
    home = Home(tmp_path)
    half = tmp_path / ".postgres-unfinished-1"
    lend(half)
    (half / "PG_VERSION").write_text("18\n", encoding="ascii")
    cluster.make(home)
    assert not half.exists()
    assert (home.cluster / "global" / "pg_control").exists()


_AN_INITDB_THAT_NEVER_ENDS = """#!{python} -IS
import contextlib, os, sys
while True:
    with contextlib.suppress(FileNotFoundError):
        os.makedirs(os.path.join(sys.argv[2], "base"), exist_ok=True)
"""


def test_an_initdb_that_outlived_its_yiwang_is_ended_before_its_half_is_swept_away(tmp_path: Path) -> None:
    half, busy = tmp_path / "house" / ".postgres-unfinished-1", tmp_path / "initdb"
    half.mkdir(parents=True)
    # It has no helpers of its own, which would outlive it: whatever stands there afterwards, the sweeping left.
    busy.write_text(_AN_INITDB_THAT_NEVER_ENDS.format(python=sys.executable), encoding="utf-8")
    busy.chmod(0o755)
    with subprocess.Popen([str(busy), "--pgdata", str(half)]) as making:
        try:
            until((half / "base").exists)
            cluster.make(Home(tmp_path / "house"))
            assert not psutil.pid_exists(making.pid)
        finally:
            making.kill()
    assert not half.exists()


def test_a_folder_of_another_postgresql_is_left_alone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.cluster.mkdir()
    (home.cluster / "PG_VERSION").write_text("17\n", encoding="ascii")
    with pytest.raises(CannotStart, match=r"belongs to PostgreSQL 17.* backup"):
        cluster.start(home)
    assert [path.name for path in home.cluster.iterdir()] == ["PG_VERSION"]


def test_a_folder_full_of_something_else_is_left_alone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.cluster.mkdir()
    (home.cluster / "wedding.jpg").write_bytes(b"photo")
    with pytest.raises(CannotStart, match="not a database folder"):
        cluster.start(home)
    assert (home.cluster / "wedding.jpg").exists()
