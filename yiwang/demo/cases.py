"""A year of cases of the demonstration county: most of them closed by now, some of them open on everybody's desk."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from yiwang.cases.numbers import next_counts
from yiwang.demo import Progress, again, photos
from yiwang.demo.chains import CASES, STEPS
from yiwang.demo.living import open_some
from yiwang.demo.planning import Span, plan_of, write_words
from yiwang.demo.rows import ASSIGNMENTS, BATCH, Plan, rows_of
from yiwang.insight.actions import count_all
from yiwang.plumbing.walls.ground import past_the_wall

DAYS = 365
OPEN_AT_MOST = 160
# What was told after this is open still.
SETTLED_BEFORE = timedelta(hours=20)
_TROUBLE = 0.12
_ALL_STEPS = 40


def tell(progress: Progress, size: int) -> None:
    """Write `size` closed cases of the last year, and open at most 160 (a tenth of them) of the last days."""
    now = timezone.now().replace(microsecond=0)
    if size:
        plan = _plan(size, now)
        with past_the_wall():
            for batch in range(plan.batches):
                _copy(plan, batch)
                progress(min(size, (batch + 1) * BATCH), size)
            write_words(plan)
        open_some(plan, min(OPEN_AT_MOST, size // 10), now=now)
        again.tell_again(plan, now=now)
        with past_the_wall(), connection.cursor() as cursor:
            cursor.execute("ANALYZE cases_case, cases_step, cases_words, cases_assignment, files_storedfile")
        count_all(now=now)


def _plan(size: int, now: datetime) -> Plan:
    counts = next_counts(size)
    assert counts[-1] - counts[0] == size - 1, "nobody else takes in reports while the demonstration is loaded"
    plan = plan_of(size, counts[0], over=Span(now - SETTLED_BEFORE, DAYS, size))
    plan.steps_each, plan.trouble, plan.until = _ALL_STEPS, _TROUBLE, int(now.timestamp())
    plan.past_parts = plan.pictured = True
    return plan


def _copy(plan: Plan, batch: int) -> None:
    rows = rows_of(plan, batch)
    for table, columns, lines in (
        ("cases_case", [*CASES, *plan.blank], rows.cases),
        ("cases_step", STEPS, rows.steps),
        ("cases_assignment", ASSIGNMENTS, rows.assignments),
    ):
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copying,
        ):
            copying.write("".join(lines).encode())
    photos.copy(rows.photos)
