"""Fill the database with cases by COPY, in several processes, its indexes built afterwards."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import psycopg
from django.db import connection

from bench._copying import copy
from bench._machine import there
from yiwang.demo.planning import Span, plan_of, write_words

TABLES = ("cases_case", "cases_step", "cases_words", "cases_assignment")
UNTIL = date(2026, 1, 1)
YEARS = 2
MOMENTS = 20_000
# From here on it is quicker to build the indexes anew than to keep them.
MANY = 50_000


@dataclass(frozen=True, slots=True)
class Wish:
    """How much, and of what."""

    cases: int
    steps_each: int = 2
    seed: int = 1
    open_share: float = 0.02
    until: date = UNTIL
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Filled:
    """What it took: seconds of the rows alone, and of everything with indexes and ANALYZE."""

    cases: int
    rows_s: float
    seconds: float


def fill(wish: Wish) -> Filled:
    """Write so many cases behind those that are there; the caller works as the owner of the tables.

    The same wish on the same ground writes the same rows, but for contacts, which are sealed with fresh nonces.
    """
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number % 100000000), 0) + 1, nextval('cases_count') FROM cases_case")
        first = max(cursor.fetchone())
    end = datetime(wish.until.year, wish.until.month, wish.until.day, tzinfo=UTC)
    plan = plan_of(wish.cases, first, over=Span(end, days=365 * YEARS, moments=MOMENTS), seed=wish.seed)
    plan.steps_each, plan.open_share = wish.steps_each, wish.open_share
    with without_indexes(wish.cases):
        copy(plan, psycopg.conninfo.make_conninfo("", **there()), wish.processes)
        write_words(plan)
        rows_s = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('cases_count', %s, false)", [first + wish.cases])
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
    return Filled(wish.cases, rows_s, time.perf_counter() - begun)


@contextmanager
def without_indexes(cases: int) -> Iterator[None]:
    """Take keys and indexes away and build them again behind; their definitions are kept in a table meanwhile.

    What an interrupted filling left without is built first.
    """
    _build()
    if cases < MANY:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_taken AS {_DEFINITIONS}", {"tables": list(TABLES)})
        cursor.execute("SELECT takes FROM bench_taken ORDER BY is_key DESC")
        for (takes,) in cursor.fetchall():
            cursor.execute(takes)
    try:
        yield
    finally:
        _build()


_DEFINITIONS = """
SELECT true AS is_key, format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname) AS takes,
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS gives
    FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid = ANY (%(tables)s::regclass[])
UNION ALL
SELECT false, format('DROP INDEX %%I', indexname), indexdef FROM pg_indexes
    WHERE tablename = ANY (%(tables)s) AND schemaname = 'public'
    AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))
"""


def _build() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_taken')")
        if cursor.fetchone()[0] is None:
            return
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET max_parallel_maintenance_workers = 2")
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SELECT gives FROM bench_taken ORDER BY is_key DESC")
        for (gives,) in cursor.fetchall():
            # An interrupted building has built some already.
            cursor.execute(gives.replace("INDEX ", "INDEX IF NOT EXISTS ", 1) if "INDEX" in gives else _once(gives))
        cursor.execute("DROP TABLE bench_taken")
        cursor.execute("RESET ALL")


def _once(gives: str) -> str:
    return f"DO $do$ BEGIN {gives}; EXCEPTION WHEN invalid_table_definition OR duplicate_table THEN NULL; END $do$"


def sizes() -> dict[str, str]:
    """How large the tables are with their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_size_pretty(pg_table_size(oid)) || ' + ' || pg_size_pretty(pg_indexes_size(oid))"
            " FROM pg_class WHERE relname = ANY (%s)",
            [list(TABLES)],
        )
        return dict(cursor.fetchall())
