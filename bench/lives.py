"""How many whole lives pass, with many cases already there: `python -m bench.lives [--cases N ...] [--seconds N]`.

A life is nine requests over HTTP on loopback, in the demonstration county: report, accept, dispatch, sign_for, finish,
confirm (check), call_back and close, each by whoever does it with a token of their own, and one search. So many
workers go through lives side by side. Then, by one client, the inbox page of 50 and searches of Chinese text.

Several sizes are measured one after the other, the same database growing: `--cases 10000 1000000 10000000`.
"""

import argparse
import json
import shutil
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench._load import Script, drive, percentile, request
from bench._machine import database, demonstration, heading, say

PAGES = 200


def main() -> None:
    """Fill, measure, fill more, measure again."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, nargs="+", default=[10_000])
    asked.add_argument("--seconds", type=float, default=10, help="how long lives are counted at each size")
    asked.add_argument("--turns", type=int, default=3, help="into how many turns, of which the median is told")
    asked.add_argument("--at-once", type=int, default=12, help="workers side by side")
    asked.add_argument("--workers", type=int, default=2, help="web processes")
    asked.add_argument("--data", type=Path, default=None, help="keep the database in this folder")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with database(given.data) as folder:
        demonstration()
        say(heading())
        found = [_measure(folder, size, given) for size in sorted(given.cases)]
    if len(found) > 1:
        rates = [one["lives_a_second"] for one in found]
        say(f"slowest against fastest: × {min(rates) / max(rates):.2f} (budget 0.80)")
    if given.json:
        say(json.dumps(found))


def _measure(folder: Path, size: int, given: argparse.Namespace) -> dict[str, Any]:
    from django.utils import timezone  # noqa: PLC0415 - needs settings

    from bench._county import county, life  # noqa: PLC0415
    from bench._served import serving  # noqa: PLC0415

    there = grown(size, folder)
    here = county(timezone.localdate(), crew=True)
    with serving(folder, workers=given.workers) as served:

        def lives(seconds: float) -> float:
            until, done = time.perf_counter() + seconds, [0]

            def worker() -> Script:
                while time.perf_counter() < until:
                    yield from life(here)
                    done[0] += 1

            whole = drive(served.port, [worker() for _ in range(given.at_once)])
            return done[0] / whole

        lives(2)
        rate = statistics.median(lives(given.seconds / given.turns) for _ in range(given.turns))
        inbox = _alone(served.port, _inboxes(here))
        search = _alone(served.port, _searches(here))
        held = max(served.megabytes())
    figures = {
        "cases": there, "lives_a_second": round(rate, 1), "inbox_p95_ms": round(percentile(inbox, 0.95), 1),
        "search_p95_ms": round(percentile(search, 0.95), 1), "search_p50_ms": round(percentile(search, 0.5), 1),
        "web_process_mb": held,
    }  # fmt: skip
    say(
        f"{there:,} cases: {rate:.1f} lives a second by {given.at_once} at once (budget 60); inbox page of 50 p95"
        f" {figures['inbox_p95_ms']} ms, text search p95 {figures['search_p95_ms']} ms,"
        f" p50 {figures['search_p50_ms']} ms (budget 30); a web process holds {held} MB"
    )
    return figures


def grown(size: int, folder: Path) -> int:
    """Let the database have so many cases; gives how many there are."""
    from django.db import connection  # noqa: PLC0415

    from bench._filling import Wish, fill  # noqa: PLC0415
    from yiwang.project.database import as_owner  # noqa: PLC0415

    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_case")
            there = int(cursor.fetchone()[0])
        if there < size:
            done = fill(Wish(size - there))
            free = shutil.disk_usage(folder).free / 1e9
            say(f"filled with {done.cases:,} more in {done.seconds:.0f} s ({free:.0f} GB left on the disk)")
    return max(size, there)


def _inboxes(here: Any) -> Callable[[int], bytes]:
    """The first page of what waits, and of what is overdue, by turns in each town."""
    from bench._county import CASES  # noqa: PLC0415

    towns = sorted(here.clerks.items())

    def page(turn: int) -> bytes:
        town, clerk = towns[turn % len(towns)]
        asked = ("state=reported", "state=accepted", "overdue=true&state=reported")[turn // len(towns) % 3]
        return request("GET", f"{CASES}?place={town}&{asked}&limit=50", token=here.tokens[clerk])

    return page


def _searches(here: Any) -> Callable[[int], bytes]:
    """Names of items and of places, alone and with what people say of them: common words and rare ones."""
    from bench._county import sought  # noqa: PLC0415
    from yiwang.places.queries import tree  # noqa: PLC0415

    clerks = sorted(here.clerks.values())

    def page(turn: int) -> bytes:
        item, grid, body = here.told()
        community = tree().path(grid.code)[2].name
        said = here.chance.choice((*item.content.examples, item.name))
        text = (item.name[:4], community, f"{community} {said[:4]}", body["text"][-12:-7], said[:8])[turn % 5]
        return request("GET", sought(text), token=here.tokens[clerks[turn % len(clerks)]])

    return page


def _alone(port: int, page: Callable[[int], bytes]) -> list[float]:
    """One client asking page after page; gives how long each took, the first few left out."""
    took: list[float] = []

    def ask() -> Script:
        for turn in range(PAGES):
            answer = yield page(turn)
            took.append(answer.expect(200).seconds)

    drive(port, [ask()])
    return took[10:]


if __name__ == "__main__":
    main()
