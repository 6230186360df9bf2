"""Put the queue in order."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from procrastinate.contrib.django import app

from yiwang.plumbing.upkeep.queries import SILENCE_SECONDS, interrupted

KEEP_DONE = timedelta(days=1)
KEEP_FAILED = timedelta(days=90)


@transaction.atomic
def take_up_interrupted(*, silence_seconds: float = SILENCE_SECONDS, now: datetime | None = None) -> int:
    """Give jobs whose worker was killed back to the queue; says how many."""
    found = interrupted(silence_seconds=silence_seconds)
    for number in found:
        app.job_manager.retry_job_by_id(number, retry_at=now or datetime.now(UTC))
    return len(found)


@transaction.atomic
def forget_workers() -> int:
    """Strike all workers off the list, for a start that knows no other worker lives; says how many there were."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        return int(cursor.rowcount)


@transaction.atomic
def clear_away(*, now: datetime | None = None) -> int:
    """Remove jobs done for a day and jobs failed for ninety; says how many."""
    now = now or datetime.now(UTC)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM procrastinate_jobs job
            WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted') AND NOT EXISTS (
                SELECT FROM procrastinate_events WHERE job_id = job.id
                AND at > CASE WHEN status = 'failed' THEN %s::timestamptz ELSE %s::timestamptz END)
            """,
            [now - KEEP_FAILED, now - KEEP_DONE],
        )
        return int(cursor.rowcount)
