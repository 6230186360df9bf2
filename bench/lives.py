"""How many whole lives pass, with many cases already there: `python -m bench.lives [--cases N ...] [--seconds N]`.

A life is nine requests over HTTP on loopback, in the demonstration county: report, accept, dispatch, sign_for, finish,
confirm (check), call_back and close, each by whoever does it with a token of their own, and one search. So many
workers go through lives side by side. Then, by one client, the inbox page of 50 and searches of Chinese text.

Of several sizes (`--cases 10000 1000000 10000000`) each has a database and a server of its own, in a process of its
own, and their turns come in turn: this machine's speed changes within minutes, and so it changes for all of them.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench._load import Script, drive, percentile, request
from bench._machine import database, demonstration, heading, say

PAGES = 200
_WARMING = 3.0


def main() -> None:
    """Fill, warm, measure by turns."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, nargs="+", default=[10_000])
    asked.add_argument("--seconds", type=float, default=10, help="how long lives are counted at each size")
    asked.add_argument("--turns", type=int, default=3, help="into how many turns, of which the median is told")
    asked.add_argument("--at-once", type=int, default=12, help="workers side by side")
    asked.add_argument("--workers", type=int, default=2, help="web processes")
    asked.add_argument("--data", type=Path, default=None, help="a folder to keep databases in")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--told", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.told:
        _as_told(given)
        return
    say(heading())
    found = _by_turns(given) if len(given.cases) > 1 else [_alone_by_turns(given)]
    for figures in found:
        _tell(figures, given)
    if len(found) > 1:
        rates = [one["lives_a_second"] for one in found]
        say(f"slowest against fastest: × {min(rates) / max(rates):.2f} (budget 0.80)")
    if given.json:
        say(json.dumps(found))


def _tell(figures: dict[str, Any], given: argparse.Namespace) -> None:
    lives = f"{figures['lives_a_second']} lives a second by {given.at_once} at once (budget 60)"
    say(
        f"{figures['cases']:,} cases: {lives}, by turns {', '.join(map(str, figures['turns']))};"
        f" inbox page of 50 p95 {figures['inbox_p95_ms']} ms,"
        f" text search p95 {figures['search_p95_ms']} ms, p50 {figures['search_p50_ms']} ms (budget 30); a web process"
        f" holds {figures['web_process_mb']} MB"
    )


class _County:
    """A served county with so many cases, in which lives are led."""

    def __init__(self, port: int, megabytes: Callable[[], list[float]], here: Any, cases: int, at_once: int) -> None:
        self._port, self._megabytes, self._here, self._cases = port, megabytes, here, cases
        self._at_once = at_once
        self._rates: list[float] = []

    def lives(self, seconds: float) -> float:
        """So many lives a second."""
        from bench._county import life  # noqa: PLC0415 - needs settings

        until, done = time.perf_counter() + seconds, [0]

        def worker() -> Script:
            while time.perf_counter() < until:
                yield from life(self._here)
                done[0] += 1

        whole = drive(self._port, [worker() for _ in range(self._at_once)])
        return done[0] / whole

    def turn(self, seconds: float) -> None:
        """Lives that count."""
        self._rates.append(round(self.lives(seconds), 1))

    def figures(self) -> dict[str, Any]:
        """What the turns gave, and what one client waits for an inbox and for a search."""
        inbox, search = _alone(self._port, _inboxes(self._here)), _alone(self._port, _searches(self._here))
        return {
            "cases": self._cases, "lives_a_second": statistics.median(self._rates), "turns": self._rates,
            "inbox_p95_ms": round(percentile(inbox, 0.95), 1),
            "search_p95_ms": round(percentile(search, 0.95), 1), "search_p50_ms": round(percentile(search, 0.5), 1),
            "web_process_mb": max(self._megabytes()),
        }  # fmt: skip


@contextmanager
def _county(given: argparse.Namespace) -> Iterator[_County]:
    with database(given.data) as folder:
        demonstration()
        from django.utils import timezone  # noqa: PLC0415 - needs settings

        from bench._county import county  # noqa: PLC0415
        from bench._served import serving  # noqa: PLC0415

        there = grown(given.cases[0], folder)
        here = county(timezone.localdate(), crew=True)
        with serving(folder, workers=given.workers) as served:
            found = _County(served.port, served.megabytes, here, there, given.at_once)
            found.lives(_WARMING)
            yield found


def _alone_by_turns(given: argparse.Namespace) -> dict[str, Any]:
    with _county(given) as here:
        for _ in range(given.turns):
            here.turn(given.seconds / given.turns)
        return here.figures()


def _as_told(given: argparse.Namespace) -> None:
    """Beside other sizes: a turn for each line that comes in, and the figures at the end."""
    with _county(given) as here:
        say("ready")
        for _line in sys.stdin:
            here.turn(given.seconds / given.turns)
            say("done")
        say(json.dumps(here.figures()))


def _by_turns(given: argparse.Namespace) -> list[dict[str, Any]]:
    with ExitStack() as stack:
        beside = [stack.enter_context(_another(size, given)) for size in sorted(given.cases)]
        for turn in range(given.turns):
            for one in beside if turn % 2 else reversed(beside):
                _answer(one, "go")
        return [json.loads(_answer(one, None)) for one in beside]


@contextmanager
def _another(size: int, given: argparse.Namespace) -> "Iterator[subprocess.Popen[str]]":
    kept = ["--data", str(given.data / str(size))] if given.data else []
    asked = [
        f"--{name}={getattr(given, name.replace('-', '_'))}" for name in ("seconds", "turns", "at-once", "workers")
    ]
    command = [sys.executable, "-m", "bench.lives", "--told", "--cases", str(size), *asked, *kept]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            while _line_of(process) != "ready":
                pass
            yield process
        finally:
            process.terminate()


def _answer(process: "subprocess.Popen[str]", said: str | None) -> str:
    assert process.stdin is not None, "it was opened with one"
    if said is None:
        process.stdin.close()
    else:
        process.stdin.write(f"{said}\n")
        process.stdin.flush()
    return _line_of(process)


def _line_of(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None, "it was opened with one"
    if not (line := process.stdout.readline()):
        raise RuntimeError("a measurement beside this one ended before its turn")
    return line.strip()


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
