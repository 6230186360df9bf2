"""The platform on real input: `python -m bench.replay [--messages FILE] [--requests FILE] [--json]`.

Without a file both parts run, on the data beside the project; with one, that part alone; with two, both. Files have
the columns of those data, plain or gzip.

*Messages*: the four counties with their towns, communities and outlines, and a city's table of standards, are
imported into a database of its own; all messages go through the API over HTTP as residents' reports, received by
the server's own clock. Then simulated workers take them through the loop by the platform's own acts, `now` coming in
by the hand: from the moment of receipt on, each act at the simulated moment at which a clerk or handler in working
hours gets to it. Nobody waits for a simulated clock, so it runs as fast as the acts do; by how much is printed (1,000
times and more). What the workers do is drawn by chance from `--seed`; what comes of it (time limits, refusals, rates)
is the platform's, and the rates are read back from its tables.

*Requests*: a city's service requests are brought in as history, and "closed in time", reckoned by the platform's rule
from the times in its tables, is held against the city's own label, over all closed rows that have a target. A row
without a label counts as disagreement; the figure without these is printed beside.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

from bench._machine import database, heading, say

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def main() -> None:
    """Both parts, or those whose file is named."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--messages", type=Path)
    asked.add_argument("--requests", type=Path)
    asked.add_argument("--data", type=Path, default=DATA, help="where counties and standards lie")
    asked.add_argument("--most", type=int, default=None, help="only so many messages")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--processes", type=int, default=2, help="how many simulate workers")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    whole = given.messages is None and given.requests is None
    messages = given.messages or (given.data / "messages.csv.gz" if whole else None)
    requests = given.requests or (given.data / "requests_311.csv.gz" if whole else None)
    if missing := [path for path in (messages, requests) if path and not path.exists()]:
        say(f"skipped: there is no {', '.join(map(str, missing))}")
        return
    say(heading())
    figures: dict[str, Any] = {}
    with database() as folder:
        if messages:
            figures |= _messages(messages, folder, given)
        if requests:
            figures |= _requests(requests, folder)
    if given.json:
        say(json.dumps(figures, ensure_ascii=False))


def _messages(path: Path, folder: Path, given: argparse.Namespace) -> dict[str, Any]:
    from bench._messages import Wish, replay  # noqa: PLC0415 - its tables need Django set up

    return replay(path, folder, Wish(given.data, given.most, given.seed, given.processes))


def _requests(path: Path, folder: Path) -> dict[str, Any]:
    from bench import _requests as part  # noqa: PLC0415

    begun = time.perf_counter()
    brought = part.bring_in(path, folder)
    seconds = time.perf_counter() - begun
    say(
        f"history: {brought.added:,} requests in {seconds:.1f} s ({brought.added / seconds:,.0f} a second),"
        f" {brought.refused:,} refused"
    )
    found = part.compare(path, brought)
    figures = {
        "on_time_agreement": round(found.agreed / found.rows, 4) if found.rows else None, "rows": found.rows,
        "labelled_rows": found.labelled,
        "labelled_agreement": round(found.agreed / found.labelled, 4) if found.labelled else None,
    }  # fmt: skip
    for (label, ours), count in sorted(found.counts.items(), key=repr):
        says = {True: "in time", False: "late", None: "no such case"}[ours]
        say(f"  the city: {label or '(nothing)'}, the platform: {says}: {count:,}")
    say(
        f"closed in time: the platform agrees with the city on {found.agreed:,} of {found.rows:,} closed rows with a"
        f" target: {found.agreed / max(1, found.rows):.2%} (budget 99.5 %); of those with a label on"
        f" {found.agreed / max(1, found.labelled):.2%}"
    )
    return figures


if __name__ == "__main__":
    main()
