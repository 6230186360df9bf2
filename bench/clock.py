"""Whether nothing sleeps, with many cases open: `python -m bench.clock [--cases N] [--rate N] [--seconds N]`.

Fills the demonstration county with open cases and lets supervision read them all. Then, with nothing due: what one
look for it costs. Then so many limits pass each second, spread evenly, while `yiwang work` runs as it does every day:
how late each overrun was noted, as seen from outside by what is committed, read every 50 milliseconds.
"""
# ruff: noqa: PLC0415 - the tables need Django, and Django needs the database that is started here

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench._load import percentile
from bench._machine import database, demonstration, heading, say
from bench._served import working

LOOKS = 100
_POLL = 0.05
# After the last limit has passed, so long is waited for what was not noted yet.
_PATIENCE = 60.0
# All far away: dispatched, signed for, and due in a year; no step says anything else.
_LATER = """UPDATE cases_case SET state = 'in_hand', next_stage = 'handle', next_due_at = now() + interval '1 year',
    opened_at = now() - interval '1 hour', paused_at = NULL, paused_until = NULL,
    lead_id = coalesce(lead_id, (SELECT min(id) FROM people_post))
    WHERE secrecy <> 'sealed'"""
_DUE = """WITH due AS (SELECT number, county, row_number() OVER () AS n FROM cases_case
    WHERE secrecy <> 'sealed' ORDER BY number LIMIT %s)
    UPDATE cases_case c SET next_due_at = %s::timestamptz + due.n * interval '1 second' / %s
    FROM due WHERE c.number = due.number AND c.county = due.county"""


def main() -> None:
    """Fill, read, look, let limits pass."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--rate", type=int, default=1000, help="limits that pass each second")
    asked.add_argument("--seconds", type=int, default=10, help="for how long")
    asked.add_argument("--workers", type=int, default=1, help="processes of yiwang work")
    asked.add_argument("--data", type=Path, default=None, help="keep the database in this folder")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with database(given.data) as folder:
        demonstration()
        say(heading())
        figures = _measure(folder, given)
    if given.json:
        say(json.dumps(figures))


def _measure(folder: Path, given: argparse.Namespace) -> dict[str, float]:
    from django.db import connection

    from bench._filling import Wish, fill
    from yiwang.plumbing.walls.policies import APP_ROLE

    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        fill(Wish(given.cases, open_share=1.0, until=datetime.now().astimezone().date()))
        cursor.execute(_LATER)
        cursor.execute(f"SET ROLE {APP_ROLE}")
    read_s = _read_all()
    say(f"{given.cases:,} open cases read in {read_s:.1f} s ({given.cases / read_s:,.0f} a second)")
    idle, following = _looks()
    say(f"with nothing due: one look p50 {idle:.2f} ms, one following p50 {following:.2f} ms")
    many = min(given.cases, given.rate * given.seconds)
    late = _passing(folder, given, many, after=timedelta(seconds=20 + many / 2000 + 1.5 * read_s))
    figures = {
        "cases": given.cases, "read_a_second": round(given.cases / read_s), "look_p50_ms": round(idle, 2),
        "follow_p50_ms": round(following, 2), "due_a_second": given.rate, "noted": len(late),
        "late_p50_s": round(percentile(late, 0.5) / 1000, 2), "late_p99_s": round(percentile(late, 0.99) / 1000, 2),
        "late_most_s": round(max(late), 2),
    }  # fmt: skip
    say(
        f"{len(late):,} of {many:,} limits passed, {given.rate:,} a second: noted p50 {figures['late_p50_s']} s,"
        f" p99 {figures['late_p99_s']} s (budget 2), latest {figures['late_most_s']} s behind"
    )
    return figures


def _passing(folder: Path, given: argparse.Namespace, many: int, *, after: timedelta) -> list[float]:
    """Let so many limits pass; by how many seconds each was noted late. `after`: until then all are read once more."""
    from django.utils import timezone

    begins = timezone.now() + after
    with _as_owner():
        _run(_DUE, many, begins, given.rate)
        _run("UPDATE supervision_progress SET walked = 0")
    _read_all(begin=False)
    if timezone.now() > begins:
        raise SystemExit("the cases were not read in time: nothing can be said of lateness")
    with working(folder, "supervision", given.workers):
        while timezone.now() < begins:
            time.sleep(_POLL)
        return _noted(begins, given.rate, many)


def _noted(begins: datetime, rate: int, many: int) -> list[float]:
    from django.utils import timezone

    late: list[float] = []
    until = begins + timedelta(seconds=many / rate + _PATIENCE)
    while len(late) < many and timezone.now() < until:
        with _as_owner():
            (((done,),), at) = _run("SELECT count(*) FROM supervision_overrun"), timezone.now()
        late += [(at - begins).total_seconds() - n / rate for n in range(len(late) + 1, done + 1)]
        time.sleep(_POLL)
    return late


def _read_all(*, begin: bool = True) -> float:
    from django.utils import timezone

    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
    from yiwang.supervision import actions

    begun = time.perf_counter()
    with standing_on(EVERYWHERE):
        more = actions.follow(now=timezone.now()).more
    if begin:
        actions.look_again()
        more = True
    while more:
        with standing_on(EVERYWHERE):
            more = actions.follow(now=timezone.now()).more
    # What was due already when supervision began is done before anything is measured.
    while _act():
        pass
    return time.perf_counter() - begun


def _act() -> int:
    from django.utils import timezone

    from yiwang import demo
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
    from yiwang.supervision import actions

    with standing_on(EVERYWHERE):
        return actions.act(demo.COUNTY, now=timezone.now()).cases


def _looks() -> tuple[float, float]:
    """Milliseconds of one look for what is due, and of one following, with nothing to do."""
    from django.utils import timezone

    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
    from yiwang.supervision import actions

    def follow() -> object:
        with standing_on(EVERYWHERE):
            return actions.follow(now=timezone.now())

    return _p50(_act), _p50(follow)


def _p50(look: Callable[[], object]) -> float:
    took = []
    for _ in range(LOOKS):
        begun = time.perf_counter()
        look()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


@contextmanager
def _as_owner() -> Iterator[None]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        yield


def _run(statement: str, *given: Any) -> list[tuple[int, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)
        return cursor.fetchall() if cursor.description else []


if __name__ == "__main__":
    main()
