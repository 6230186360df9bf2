"""The processes that write rows: each makes batches and copies them over a connection of its own. Needs no Django."""

from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

import psycopg

from yiwang.demo.chains import CASES, STEPS
from yiwang.demo.rows import ASSIGNMENTS, Plan, rows_of

_mine: tuple[Plan, "psycopg.Connection[tuple[object, ...]]"]


def copy(plan: Plan, where: str, processes: int) -> None:
    """Write all batches of the plan into the database at `where`."""
    with ProcessPoolExecutor(
        processes, mp_context=get_context("spawn"), initializer=_begin, initargs=(plan, where)
    ) as pool:
        for done in as_completed([pool.submit(_write, batch) for batch in range(plan.batches)]):
            done.result()


def _begin(plan: Plan, where: str) -> None:
    global _mine  # noqa: PLW0603 - one plan and one connection for each process
    line = psycopg.connect(where)
    # What is lost with the machine is filled again.
    line.execute("SET synchronous_commit = off")
    line.commit()
    _mine = plan, line


def _write(batch: int) -> None:
    plan, line = _mine
    rows = rows_of(plan, batch)
    with line.cursor() as cursor:
        for table, columns, lines in (
            ("cases_case", [*CASES, *plan.blank], rows.cases),
            ("cases_step", STEPS, rows.steps),
            ("cases_assignment", ASSIGNMENTS, rows.assignments),
        ):
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copying:
                copying.write("".join(lines))
    line.commit()
