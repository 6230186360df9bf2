"""Web and worker apart from `run`, as an installation with several machines starts them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.waiting import until
from yiwang.project.tests.installation import REPOSITORY, Installation


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


def test_a_web_process_carries_no_library_that_few_pages_need() -> None:
    code = (
        "import sys, django; django.setup(); from django.urls import get_resolver\n"
        "assert [one.url_patterns for one in get_resolver().url_patterns if hasattr(one, 'url_patterns')]\n"
        "print(*sys.modules)"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "yiwang.project.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
        env=os.environ | settings,
    )
    loaded = set(done.stdout.split())
    assert {"numpy", "shapely"} <= loaded
    few = {"PIL", "pillow_heif", "imagehash", "sklearn", "scipy", "matplotlib", "docx", "openpyxl", "playwright"}
    assert loaded.isdisjoint(few)
