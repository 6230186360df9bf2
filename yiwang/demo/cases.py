"""A year of cases of the demonstration county: most of them closed by now, some of them open on everybody's desk."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from yiwang.cases.numbers import next_counts
from yiwang.demo import Progress, again, photos
from yiwang.demo.chains import CASES, STEPS
from yiwang.demo.living import Begun, crowd, open_some, openings, told_at
from yiwang.demo.planning import Span, plan_of, write_words
from yiwang.demo.rows import ASSIGNMENTS, BATCH, Plan, Taken, rows_of
from yiwang.formalism.matters import NEWS
from yiwang.insight.actions import count_all
from yiwang.plumbing.walls.ground import past_the_wall

DAYS = 365
OPEN_AT_MOST = 110
_TROUBLE = 0.12
_ALL_STEPS = 40


def tell(progress: Progress, size: int) -> None:
    """Write `size` cases of the last year, of which some 110 at most (a tenth) of the last days are open still.

    The open ones take their moments out of the same year as all others: no day tells more than it would have told.
    """
    now = timezone.now().replace(microsecond=0)
    if size:
        plan, begun = _plan(size, now)
        today = timezone.localdate(now)
        opened = openings(plan, begun, on=today)
        with past_the_wall():
            taken = list[Taken]()
            for batch in range(plan.batches):
                taken += _copy(plan, batch)
                progress(min(size, (batch + 1) * BATCH), size)
            write_words(plan)
        if size >= again.FEWEST:
            # Before what is open: whoever has the higher number told later.
            again.tell_again(plan, now=now)
        open_some(plan, opened, on=today)
        with past_the_wall(), connection.cursor() as cursor:
            # Last: they are still being drawn meanwhile.
            photos.copy(taken)
            cursor.execute("ANALYZE cases_case, cases_step, cases_words, cases_assignment, files_storedfile")
        count_all(now=now)


def _plan(size: int, now: datetime) -> tuple[Plan, list[Begun]]:
    plan = crowd(plan_of(0, 0, over=Span(now, DAYS, size)))
    begun, settled = told_at(plan.moments, min(OPEN_AT_MOST, size // 10), now=now)
    plan.moments, plan.due = _those(plan.moments, settled), [_those(due, settled) for due in plan.due]
    plan.total = len(settled)
    counts = next_counts(plan.total)
    assert counts[-1] - counts[0] == plan.total - 1, "nobody else takes in reports while the demonstration is loaded"
    plan.first_count = counts[0]
    plan.steps_each, plan.trouble, plan.until = _ALL_STEPS, _TROUBLE, int(now.timestamp())
    plan.past_parts = plan.pictured = True
    plan.compared = int((now - NEWS).timestamp())
    return plan, begun


def _those(each: list[int], ones: list[int]) -> list[int]:
    return [each[n] for n in ones]


def _copy(plan: Plan, batch: int) -> list[Taken]:
    """Write a batch; gives the photos that were taken in it."""
    rows = rows_of(plan, batch)
    photos.wanted(photo.picture for photo in rows.photos)
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
    return rows.photos
