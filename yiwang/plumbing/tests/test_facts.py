"""A job is lost or kept together with its act: processes are killed in the middle, and the tables are looked at."""

import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import connection

from tests.processes import another_process
from tests.waiting import until
from yiwang.plumbing.audit.models import Entry
from yiwang.plumbing.facts import announce, heard
from yiwang.plumbing.tests import bell
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    """Django does not sweep tables that are not its own."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")


def the_bell(does: str) -> "AbstractContextManager[subprocess.Popen[bytes]]":
    return another_process(f"from yiwang.plumbing.tests import bell; bell.{does}")


def killed_at_its_mark(does: str, mark: Path) -> None:
    with the_bell(does) as process:
        until(lambda: mark.exists() or process.poll() is not None)
        assert process.poll() is None
        process.kill()
        process.wait()


def told(act: str, tower: str) -> int:
    with standing_on(EVERYWHERE):
        return Entry.objects.filter(act=act, subject=f"tower:{tower}").count()


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE queue_name = 'bell' ORDER BY id")
        return [status for (status,) in cursor.fetchall()]


def test_killed_before_the_commit_neither_act_nor_job_remains(tmp_path: Path) -> None:
    mark = tmp_path / "rung"
    killed_at_its_mark(f"ring_and_stop_before_the_commit('north', {str(mark)!r})", mark)
    assert (told("bell.rang", "north"), jobs()) == (0, [])


def test_killed_after_the_commit_both_remain_and_the_job_is_done_once(tmp_path: Path) -> None:
    mark = tmp_path / "rung"
    killed_at_its_mark(f"ring_and_stop_after_the_commit('north', {str(mark)!r})", mark)
    assert (told("bell.rang", "north"), jobs()) == (1, ["todo"])
    for _time in range(2):
        with the_bell("work(take_over=False)") as worker:
            assert worker.wait(30) == 0
    assert (told("bell.heard", "north"), jobs()) == (1, ["succeeded"])


def test_a_job_killed_in_the_middle_is_done_by_the_next_worker(tmp_path: Path) -> None:
    mark = tmp_path / "half heard"
    bell.ring("south", waits_at=str(mark))
    killed_at_its_mark("work(take_over=False)", mark)
    assert (told("bell.heard", "south"), jobs()) == (0, ["doing"])
    with the_bell("work(take_over=True)") as worker:
        assert worker.wait(30) == 0
    assert (told("bell.heard", "south"), jobs()) == (1, ["succeeded"])


def test_an_act_that_fails_takes_its_fact_along() -> None:
    with pytest.raises(ZeroDivisionError):
        bell.ring_and_fail("north")
    assert (told("bell.rang", "north"), jobs()) == (0, [])


def test_a_fact_outside_an_act_is_our_own_mistake() -> None:
    with pytest.raises(AssertionError, match="inside its act"):
        announce(bell.BellRang("north"))


def test_a_fact_comes_back_from_the_job_as_it_went_in() -> None:
    assert heard(bell.BellRang, {"tower": "north", "waits_at": ""}) == bell.BellRang("north")
