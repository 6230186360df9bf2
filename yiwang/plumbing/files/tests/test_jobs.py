from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from procrastinate.contrib.django import app

from yiwang.plumbing.files import jobs
from yiwang.plumbing.files.shelf import put, shelf


@pytest.mark.django_db
def test_the_nightly_sweep_removes_what_nobody_keeps_and_may_run_twice(folder: Path) -> None:
    put("ab/cd/abcd" + "0" * 60, b"nobody's")
    tomorrow = int((datetime.now(UTC) + timedelta(hours=25)).timestamp())
    for _ in range(2):
        jobs.sweep(timestamp=tomorrow)  # type: ignore[arg-type]
        assert list(shelf().everything()) == []


def test_the_sweep_is_due_every_night() -> None:
    due = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert due["plumbing.files.jobs.sweep"] == "17 3 * * *"
