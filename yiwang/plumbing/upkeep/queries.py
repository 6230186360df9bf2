"""How the job queue is doing."""

from dataclasses import dataclass

from django.db import connection

# A worker says every ten seconds that it lives; after three silences it is taken for dead.
SILENCE_SECONDS = 30

_DUE_SINCE = """
    greatest(job.scheduled_at, (SELECT max(at) FROM procrastinate_events
             WHERE job_id = job.id AND type IN ('deferred', 'deferred_for_retry')))
"""


@dataclass(frozen=True, slots=True)
class Queue:
    """Jobs of one queue that could run now, and how long the oldest of them waits already."""

    name: str
    waiting: int
    lag_seconds: float


def queues() -> list[Queue]:
    """All queues with something waiting."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT queue_name, count(*), coalesce(extract(epoch FROM now() - min({_DUE_SINCE})), 0)::float
            FROM procrastinate_jobs job
            WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())
            GROUP BY queue_name ORDER BY queue_name
            """)  # noqa: S608 - a constant of this module
        return [Queue(*row) for row in cursor.fetchall()]


def interrupted(*, silence_seconds: float = SILENCE_SECONDS) -> list[int]:
    """Ids of jobs marked as being done by a worker that is gone, or silent for this many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT job.id FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = worker_id
            WHERE status = 'doing'
              AND (worker.id IS NULL OR last_heartbeat < now() - make_interval(secs => %s))
            ORDER BY job.id
            """,
            [silence_seconds],
        )
        return [number for (number,) in cursor.fetchall()]


def failed_since_yesterday() -> int:
    """Jobs that gave up after all their attempts within the last 24 hours."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT count(DISTINCT job.id) FROM procrastinate_jobs job
            JOIN procrastinate_events event ON event.job_id = job.id
            WHERE status = 'failed' AND event.type = 'failed' AND at > now() - interval '1 day'
            """)
        return int(cursor.fetchone()[0])
