"""Web and worker apart from `run`, as an installation with several machines starts them."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.waiting import until
from yiwang.project.tests.installation import Installation


@contextmanager
def command(town: Installation, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    with town.output.open("ab") as output:
        process = subprocess.Popen(town.command(*words), stdout=output, stderr=output, **town.options())
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def test_two_web_processes_add_up_their_metrics_and_a_worker_joins_them(tmp_path: Path) -> None:
    town = Installation(tmp_path / "data")
    assert town.yiwang("migrate").returncode == 0
    with command(town, "serve", "--port", str(town.port), "--workers", "2") as web:
        until(town.is_ready)
        webs = [process for process in psutil.Process(web.pid).children() if process.name() != "postgres"]
        assert len(webs) >= 2
        for _time in range(20):
            town.get("/nowhere")
        counted = 'yiwang_requests_total{method="GET",route="-",status="404"} 20.0'
        assert counted in town.get("/metrics")[1]
        with command(town, "work", "--concurrency", "2") as worker:
            until(lambda: town.sql("SELECT id FROM procrastinate_workers"))
            worker.terminate()
            assert worker.wait(60) == 0
        assert town.sql("SELECT count(*) FROM procrastinate_workers") == [(0,)]
    assert not [process for process in webs if process.is_running()]
    assert not (town.home.cluster / "postmaster.pid").exists()
