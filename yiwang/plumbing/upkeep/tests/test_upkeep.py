"""The queue kept in order. Jobs are put into their state by SQL: what is tested is what becomes of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from yiwang.plumbing.upkeep import actions, queries

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 1, tzinfo=UTC)


def make_worker(*, silent_seconds: int) -> int:
    return _one(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
        silent_seconds,
    )


def make_job(*, status: str = "todo", worker: int | None = None, queue: str = "bell") -> int:
    job = _one("INSERT INTO procrastinate_jobs (task_name, queue_name) VALUES ('ring', %s) RETURNING id", queue)
    # Through each state on the way, as a worker does: the table keeps its own diary.
    for step in {"todo": [], "doing": ["doing"]}.get(status, ["doing", status]):
        _one(
            "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status, worker_id = %s"
            " WHERE id = %s RETURNING id",
            step,
            worker,
            job,
        )
    return job


def _one(sql: str, *values: str | int | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def status_of(job: int) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        found = cursor.fetchone()
    return found[0] if found else None


def test_a_job_of_a_silent_worker_goes_back_to_the_queue() -> None:
    forgotten = make_job(status="doing", worker=make_worker(silent_seconds=60))
    busy = make_job(status="doing", worker=make_worker(silent_seconds=5))
    assert actions.take_up_interrupted() == 1
    assert (status_of(forgotten), status_of(busy)) == ("todo", "doing")


def test_when_no_worker_can_live_all_jobs_in_hand_are_interrupted() -> None:
    job = make_job(status="doing", worker=make_worker(silent_seconds=0))
    assert queries.interrupted() == []
    assert actions.forget_workers() == 1
    assert queries.interrupted() == [job]


def test_done_jobs_go_after_a_day_and_failed_ones_after_ninety() -> None:
    waiting, done, failed = make_job(), make_job(status="succeeded"), make_job(status="failed")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = %s", [NOW - timedelta(days=2)])
    assert actions.clear_away(now=NOW) == 1
    assert (status_of(waiting), status_of(done), status_of(failed)) == ("todo", None, "failed")
    assert actions.clear_away(now=NOW + timedelta(days=90)) == 1
    assert (status_of(waiting), status_of(failed)) == ("todo", None)


def test_the_lag_is_that_of_the_oldest_job_that_could_run() -> None:
    old = make_job(queue="slow")
    make_job(queue="slow")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '1 hour' WHERE job_id = %s", [old])
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, scheduled_at)"
            " VALUES ('ring', 'later', now() + interval '1 hour')"
        )
    [slow] = queries.queues()
    assert (slow.name, slow.waiting, round(slow.lag_seconds)) == ("slow", 2, 3600)
