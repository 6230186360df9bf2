"""How fast another system's cases come in, and how fast all of history is proven: `python -m bench.history`.

On an embedded PostgreSQL of its own with full durability, over a county of 5,041 grids. The cases are made up: 40
to 60 characters of text, nine in ten with an item and a department, four steps each. Beside the rate it prints what
the two processes worked, which other work on the machine changes less.
"""
# ruff: noqa: PLC0415 - the tables need Django, and Django needs the database that is started here

import argparse
import csv
import json
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from yiwang.plumbing.embedded import cluster
from yiwang.plumbing.embedded.home import Home

SIDE = 71
WORDS = "井巷口的路灯不亮了请来人看一看垃圾桶满了没有清运水管爆裂漏水严重影响居民出行噪声扰民井盖松动有安全隐患"
HEADINGS = ("number", "text", "opened", "due", "closed", "place", "item", "department", "channel")


def fill() -> tuple[list[str], list[str]]:
    """A county, its grids and the default catalogue; gives the codes of grids and items."""
    from yiwang.catalogue import actions
    from yiwang.catalogue.queries import catalogue
    from yiwang.places.models import Place
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

    grids = [f"990101{n // 400 + 1:03}{n // 20 % 20 + 1:03}{n % 20 + 1:03}" for n in range(SIDE * SIDE)]
    with standing_on(EVERYWHERE):
        for kind, length, above in (("county", 6, 0), ("town", 9, 6), ("community", 12, 9), ("grid", 15, 12)):
            codes = dict.fromkeys(grid[:length] for grid in grids)
            Place.objects.bulk_create(
                (Place(code=code, name=code, kind_id=kind, parent_id=code[:above] or None) for code in codes), 5000
            )
        actions.load_default(by="bench", today=datetime.now(UTC).date())
    return grids, [line.code for line in catalogue() if not line.is_branch]


def write(path: Path, rows: int, grids: list[str], items: list[str]) -> None:
    """So many cases of two years."""
    chance = random.Random(7)
    first, form = datetime(2024, 1, 1, tzinfo=UTC), "%Y-%m-%d %H:%M:%S"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(rows):
            opened = first + timedelta(minutes=number * 1_000_000 // rows)
            closed = opened + timedelta(hours=chance.expovariate(1 / 40))
            text = "".join(chance.choices(WORDS, k=chance.randrange(40, 60)))
            known = chance.random() < 0.9
            times = (opened, opened + timedelta(days=5), closed)
            writer.writerow(
                (f"H{number:08}", text, *(f"{at:{form}}" for at in times), chance.choice(grids),
                 chance.choice(items) if known else "", f"部门{number % 30}" if known else "", "热线")
            )  # fmt: skip


@contextmanager
def measured(figure: str, count: Callable[[], int], what: str) -> Iterator[None]:
    """Print how many of what a second, and the microseconds of work for each, here and in the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0])
    before, here = _worked(server), time.process_time()
    begun = time.perf_counter()
    yield
    seconds, here, there = time.perf_counter() - begun, time.process_time() - here, _worked(server) - before
    done = count()
    told = {
        "figure": figure, what: done, "seconds": round(seconds, 1), "a_second": round(done / seconds),
        "us_here": round(here / done * 1e6, 1), "us_in_the_database": round(there / done * 1e6, 1),
    }  # fmt: skip
    print(json.dumps(told, ensure_ascii=False), flush=True)


def _worked(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def measure(rows: int, folder: Path) -> None:
    """Bring in, bring in again, prove."""
    from yiwang.cases.models import Step
    from yiwang.past.actions import import_history
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on
    from yiwang.proof.actions import make_digests
    from yiwang.proof.queries import Which, chain_flaws, digests_flawed

    path, now = folder / "old.csv", datetime.now(UTC)
    write(path, rows, *fill())

    def run(**more: Any) -> int:
        done = import_history(path, by="bench", now=now, **more)
        assert not done.refused, done.refusals[:1]
        return done.added + done.known

    with measured("import of another system's cases", lambda: rows, "cases"):
        assert run(source="old") == rows
    with measured("the same file again", lambda: rows, "cases"):
        assert run(source="old") == 0
    with standing_on(EVERYWHERE):
        steps = Step.objects.count()
        with measured("verify-history", lambda: steps, "steps"):
            assert not list(chain_flaws(Which()))
        make_digests(now=now + timedelta(days=1, hours=1))
        with measured("verify-history, the daily digest", lambda: steps, "steps"):
            assert not list(digests_flawed())


def main() -> None:
    """Make a database, fill it, measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=200_000)
    given = asked.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="yiwang-bench-"))
        url = stack.enter_context(cluster.running(Home(Path(folder))))
        os.environ |= {
            "DATABASE_URL": url, "YIWANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "yiwang.project.settings"
        }  # fmt: skip
        import django

        django.setup()
        from django.db import connection

        from yiwang.project.database import migrate

        migrate()
        measure(given.rows, Path(folder))
        connection.close()


if __name__ == "__main__":
    main()
