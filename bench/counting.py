"""How fast a backlog of cases is counted: `python -m bench.counting [--cases N] [--data DIR] [--workers N] [--json]`.

Fills the demonstration county, forgets all that was counted, as an upgrade does that counts otherwise, and lets
`yiwang work` count it anew as it does every day: how many cases a second, and meanwhile, with a report every second,
how late each of them is counted, as seen from outside by what is committed.
"""
# ruff: noqa: PLC0415 - the tables need Django, and Django needs the database that is started here

import argparse
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench._load import percentile
from bench._machine import database, demonstration, heading, say
from bench._served import working
from bench.lives import grown

TOWN = "990101001"
_POLL = 0.05
_PATIENCE = 120.0
_BUDGET = 8000
_LATEST_S = 10


def main() -> None:
    """Fill, forget, let it be counted, tell reports meanwhile."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--seconds", type=float, default=600, help="for how long at most")
    asked.add_argument("--workers", type=int, default=1, help="processes of yiwang work")
    asked.add_argument("--data", type=Path, default=None, help="keep the database in this folder")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with database(given.data) as folder:
        demonstration()
        there = grown(given.cases, folder)
        say(f"{heading()}\n{there:,} cases")
        figures = _measure(folder, given)
    if given.json:
        say(json.dumps({"cases": there, **figures}))


def _measure(folder: Path, given: argparse.Namespace) -> dict[str, float]:
    from django.utils import timezone

    from yiwang.insight import actions
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

    with standing_on(EVERYWHERE):
        actions.begin_again(now=timezone.now())
    with working(folder, "insight", given.workers):
        # Not counted in: how long the worker takes to start.
        while _counted() == 0:
            time.sleep(_POLL)
        over = threading.Event()
        with ThreadPoolExecutor(1) as beside:
            telling = beside.submit(_tell, over)
            begun, before = time.perf_counter(), _counted()
            while _waits() and time.perf_counter() - begun < given.seconds:
                time.sleep(_POLL)
            took, done = time.perf_counter() - begun, _counted() - before
            over.set()
            late = telling.result()
    figures = {
        "a_second": round(done / took), "seconds": round(took, 1), "reports": len(late),
        "late_p50_s": round(percentile(late, 0.5) / 1000, 2), "late_most_s": round(max(late), 2),
    }  # fmt: skip
    say(
        f"{done:,} cases counted in {took:.1f} s: {figures['a_second']:,} a second (budget {_BUDGET:,})\n"
        f"{len(late)} reports told meanwhile, counted p50 {figures['late_p50_s']} s later, the latest"
        f" {figures['late_most_s']} s (budget {_LATEST_S})"
    )
    return figures


def _tell(over: threading.Event) -> list[float]:
    """Tell a report every second until it is over, one at least; seconds until each was counted."""
    from django.db import connection

    late = [_told_and_counted()]
    while not over.is_set():
        late.append(_told_and_counted())
    connection.close()
    return late


def _told_and_counted() -> float:
    from django.utils import timezone

    from yiwang.cases import actions as acts
    from yiwang.cases.access import reporter
    from yiwang.insight.models import Counted
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

    begun = time.perf_counter()
    with standing_on(EVERYWHERE):
        number = acts.report(acts.Report("路灯不亮了", place=TOWN), by=reporter(), now=timezone.now()).number
    committed, there = time.perf_counter(), False
    while not there:
        time.sleep(_POLL)
        with standing_on(EVERYWHERE):
            there = Counted.objects.filter(number=number).exists()
        if time.perf_counter() - committed > _PATIENCE:
            raise SystemExit("a report was not counted")
    late = time.perf_counter() - committed
    time.sleep(max(0.0, 1 - (time.perf_counter() - begun)))
    return late


def _counted() -> int:
    from yiwang.insight.models import Counted
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

    with standing_on(EVERYWHERE):
        return Counted.objects.count()


def _waits() -> bool:
    from yiwang.insight.models import Stretch
    from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

    with standing_on(EVERYWHERE):
        return Stretch.objects.exists()


if __name__ == "__main__":
    main()
