"""How quickly it is known whether a report is new, among many cases: `python -m bench.near --data DIR [--times N]`.

Asks a data folder that holds cases already (`python -m bench.fill` makes one) and writes nothing: for cases drawn by
chance what a resident is shown before sending (`alike`, with a position and without one), and what the clerk sees
beside the report (`likely_same`, as somebody who looks after its town). Budget: p95 20 ms each.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench._load import percentile
from bench._machine import heading, say

BUDGET_MS = 20
SEED = 1


def main() -> None:
    """Draw cases, ask for each, say what was over the budget."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, required=True, help="a data folder that holds cases")
    asked.add_argument("--times", type=int, default=300, help="for how many cases it is asked")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with _read_only(given.data):
        figures = _measured(given.times)
    over = [name for name, found in figures.items() if isinstance(found, dict) and found["p95"] > BUDGET_MS]
    say(f"over the budget of {BUDGET_MS} ms: {', '.join(over) or 'nothing'}")
    if given.json:
        print(json.dumps(figures))


@contextmanager
def _read_only(folder: Path) -> Iterator[None]:
    """Django on a folder's database as it is: neither migrated nor written into."""
    from yiwang.plumbing.embedded import cluster  # noqa: PLC0415 - Django must know the folder first
    from yiwang.plumbing.embedded.home import Home  # noqa: PLC0415 - Django must know the folder first

    with cluster.running(Home(folder)) as url:
        os.environ |= {
            "DATABASE_URL": url, "YIWANG_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "yiwang.project.settings",
            "YIWANG_LOG_LEVEL": "WARNING", "PGOPTIONS": "-c default_transaction_read_only=on",
        }  # fmt: skip
        import django  # noqa: PLC0415 - Django must know the folder first

        django.setup()
        from django.db import connection  # noqa: PLC0415 - Django must know the folder first

        try:
            yield
        finally:
            connection.close()


def _measured(times: int) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 - Django must know the folder first

    from yiwang.cases.models import Case  # noqa: PLC0415 - Django must know the folder first
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415 - Django must know the folder first

    with standing_on(EVERYWHERE), connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = 'cases_case'")
        (cases,) = cursor.fetchone()
        drawn = _drawn(Case, times)
    say(f"{heading()}\n{cases:,} cases, {len(drawn)} of them asked about")
    figures: dict[str, Any] = {"cases": cases}
    for name, ask in _questions().items():
        took, found = [], 0
        for case in drawn:
            begun = time.perf_counter()
            found += bool(ask(case))
            took.append(time.perf_counter() - begun)
        figures[name] = {"p50": percentile(took, 0.5), "p95": percentile(took, 0.95), "max": max(took) * 1e3}
        line = ", ".join(f"{which} {figure:.1f} ms" for which, figure in figures[name].items())
        say(f"{name}: {line}; something was found for {found} of {len(drawn)}")
    return figures


def _drawn(cases: Any, times: int) -> list[Any]:
    """Cases by chance, half of them among the newest thousands, as reports that have just come in are."""
    chance = random.Random(SEED)
    numbers = cases.objects.values_list("number", flat=True)
    first, last = numbers.order_by("number")[0], numbers.order_by("-number")[0]
    where = [chance.randint(max(first, last - 20_000), last) if n % 2 else chance.randint(first, last)
             for n in range(times)]  # fmt: skip
    found = (cases.objects.filter(number__gte=number).order_by("number").first() for number in where)
    return [case for case in found if case is not None and not case.is_sealed and len(case.place) >= 12]


def _questions() -> dict[str, Callable[[Any], object]]:
    from yiwang.cases.access import Actor  # noqa: PLC0415 - Django must know the folder first
    from yiwang.catalogue.queries import catalogue  # noqa: PLC0415 - Django must know the folder first
    from yiwang.people.rules import Duty, Grant  # noqa: PLC0415 - Django must know the folder first
    from yiwang.plumbing.walls.ground import standing_on  # noqa: PLC0415 - Django must know the folder first
    from yiwang.triage.queries import alike, likely_same  # noqa: PLC0415 - Django must know the folder first

    def code(case: Any) -> str:
        line = catalogue().get(case.item_id) if case.item_id else None
        return line.code if line else ""

    def beside(case: Any) -> object:
        clerk = Grant(frozenset({Duty.TRIAGE}), case.place[:9], date.min, date.max, 0)
        with standing_on([case.place[:9]]):
            return likely_same(Actor("person:0", "bench", (clerk,), identity="person:0"), case)

    return {
        "shown to a resident, with a position": lambda case: alike(
            code(case), case.place, None if case.lon is None else (case.lon, case.lat)
        ),
        "shown to a resident, without one": lambda case: alike(code(case), case.place),
        "beside the report, for a clerk": beside,
    }


if __name__ == "__main__":
    main()
