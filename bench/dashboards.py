"""Pages of figures: `python -m bench.dashboards [--cases N] [--data DIR] [--json]`.

What a leader, a supervisor and a head of a unit look at every day, asked for in this process (no network, no other
work beside it), after the first time: milliseconds of the whole answer, database and template. Budget: p95 50 ms.
"""

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench._load import percentile
from bench._machine import database, demonstration, heading, say
from bench.lives import grown

if TYPE_CHECKING:
    from django.test import Client

BUDGET_MS = 50
TIMES = 40
TOWN = "990101001"
PAGES = (
    ("leader", "/leader"), ("leader", f"/leader?place={TOWN}"), ("leader", "/trends"), ("leader", "/ranking"),
    ("leader", "/ranking?of=grids"), ("leader", "/bulletins"), ("leader", "/wall"), ("leader", "/wall/now"),
    ("leader", "/lists"), ("leader", "/topics"), ("leader", "/spots"), ("leader", "/signs"), ("town", "/leader"),
    ("town", "/trends"), ("town", "/load"), ("waterhead", "/unit"),
    ("leader", "/figures/in_time_rate/cases?place={county}&from={first}&to={last}&part=rest"),
)  # fmt: skip


def main() -> None:
    """Fill, count, ask for each page, say which are over the budget."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--data", type=Path, default=None, help="keep the database in this folder")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with database(given.data, settings=("YIWANG_DEMONSTRATION=1",)) as folder:
        demonstration()
        there = grown(given.cases, folder)
        say(f"{heading()}\n{there:,} cases")
        _count()
        found = {f"{login} {address}": _measured(login, address) for login, address in _addresses()}
    for page, (p50, p95) in found.items():
        say(f"{page}: p50 {p50:.1f} ms, p95 {p95:.1f} ms{' <- over' if p95 > BUDGET_MS else ''}")
    if given.json:
        pages = {page: {"p50_ms": round(p50, 1), "p95_ms": round(p95, 1)} for page, (p50, p95) in found.items()}
        say(json.dumps({"cases": there, "pages": pages}))


def _addresses() -> list[tuple[str, str]]:
    from django.utils import timezone  # noqa: PLC0415 - needs settings

    today = timezone.localdate()
    about = {"county": TOWN[:6], "first": today.replace(day=1).isoformat(), "last": today.isoformat()}
    return [(login, address.format(**about)) for login, address in PAGES]


def _count() -> None:
    from django.utils import timezone  # noqa: PLC0415 - as above

    from yiwang.insight.actions import follow  # noqa: PLC0415
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415

    more = True
    while more:
        # Each batch in a transaction of its own, as the job counts.
        with standing_on(EVERYWHERE):
            more = follow(now=timezone.now()).more


def _measured(login: str, address: str) -> tuple[float, float]:
    client = _signed_in(login)
    took = []
    for n in range(TIMES + 3):
        begun = time.perf_counter()
        answer = client.get(address, headers={"Host": "localhost"})
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        if n >= 3:
            took.append(time.perf_counter() - begun)
    return percentile(took, 0.5), percentile(took, 0.95)


def _signed_in(login: str) -> "Client":
    from tests.desk import at_the_desk  # noqa: PLC0415 - as above
    from yiwang.people.models import Person  # noqa: PLC0415
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: PLC0415

    with standing_on(EVERYWHERE):
        person = Person.objects.get(login=login)
    return at_the_desk(person)


if __name__ == "__main__":
    main()
