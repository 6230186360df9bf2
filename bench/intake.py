"""How many reports come in: `python -m bench.intake [--seconds N] [--json]`.

Over HTTP on loopback with web processes, database and load generator on this machine: 16 connections for the rate, 4
for the latencies. In the same run, in turns with it, pgbench runs the very statement that the platform sends, taken
down from reports of the same kind, in the same role, prepared as the platform prepares it, with 16 clients and no
application. The last line is JSON with `--json`.
"""

import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from bench._load import Script, drive, percentile, request
from bench._machine import database, demonstration, heading, say, there

CLIENTS, CALM_CLIENTS = 16, 4
KINDS = 24
BUDGET = "budget 1,000 a second, p99 50 ms at 4, a third of pgbench, 180 MB a process"


def main() -> None:
    """Measure both ways in turns; print the medians."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=5, help="how long one turn takes")
    asked.add_argument("--turns", type=int, default=3)
    asked.add_argument("--workers", type=int, default=2, help="how many web processes")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    with database() as folder:
        demonstration()
        from bench._served import serving  # noqa: PLC0415 - only once there is a database

        bodies = _prepared(folder)
        with serving(folder, workers=given.workers) as served:
            _ask(served.port, bodies, CLIENTS, 2.0)
            rates, bare = [], []
            for turn in range(given.turns):
                rates.append(_ask(served.port, bodies, CLIENTS, given.seconds)[0])
                bare.append(_pgbench(folder, given.seconds, turn))
            latencies = _ask(served.port, bodies, CALM_CLIENTS, given.seconds)[1]
            worked = time.process_time()
            asked_for = len(_ask(served.port, bodies, CLIENTS, 2.0)[1])
            own_ms = (time.process_time() - worked) / asked_for * 1e3
            held = served.megabytes()
    figures = {
        "reports_a_second": round(statistics.median(rates)), "pgbench_a_second": round(statistics.median(bare)),
        "share_of_pgbench": round(statistics.median(rates) / statistics.median(bare), 3),
        "p50_ms_at_4": round(percentile(latencies, 0.5), 1), "p99_ms_at_4": round(percentile(latencies, 0.99), 1),
        "web_process_mb": max(held), "generator_ms": round(own_ms, 3),
    }  # fmt: skip
    _tell(figures, given.workers, as_json=given.json)


def _tell(figures: dict[str, float], workers: int, *, as_json: bool) -> None:
    say(heading())
    say(
        f"intake: {figures['reports_a_second']:,} reports a second at {CLIENTS} connections, {workers} web processes;"
        f" at {CALM_CLIENTS} p50 {figures['p50_ms_at_4']} ms, p99 {figures['p99_ms_at_4']} ms"
    )
    say(
        f"the same statement by pgbench: {figures['pgbench_a_second']:,} a second: × {figures['share_of_pgbench']};"
        f" a web process holds {figures['web_process_mb']} MB;"
        f" the load generator itself takes {figures['generator_ms']} ms a request ({BUDGET})"
    )
    if as_json:
        say(json.dumps(figures))


def _prepared(folder: Path) -> list[bytes]:
    """Requests enough for a run, and beside them the statements for pgbench."""
    from django.utils import timezone  # noqa: PLC0415 - needs settings

    from bench._county import REPORTS, county  # noqa: PLC0415

    here = county(timezone.localdate())
    told = [here.told()[2] for _ in range(20_000)]
    for number, body in enumerate(told[:KINDS]):
        (folder / f"{number}.sql").write_text(_statement(body), encoding="utf-8")
    return [request("POST", REPORTS, body) for body in told]


def _ask(port: int, bodies: list[bytes], connections: int, seconds: float) -> tuple[float, list[float]]:
    """Reports for so long; gives how many a second, and how long each took."""
    until = time.perf_counter() + seconds
    took: list[float] = []
    taken = iter(range(10**9))

    def send() -> Script:
        while time.perf_counter() < until:
            answer = yield bodies[next(taken) % len(bodies)]
            took.append(answer.expect(201).seconds)

    whole = drive(port, [send() for _ in range(connections)])
    return len(took) / whole, took


def _statement(body: dict[str, Any]) -> str:
    """What the platform sends for this report, with a number of pgbench's in place of its own."""
    number, sent, values = _taken_down(body)
    parts = sent.split("%s")
    assert len(parts) == len(values) + 1, "one place for each value"
    literals = [*(_literal(value, number) for value in values), ""]
    filled = "".join(part + literal for part, literal in zip(parts, literals, strict=True))
    return f"\\set own :own + 1\n\\set number :first + :client_id * 1000000 + :own\n{filled.rstrip()};\n"


def _taken_down(body: dict[str, Any]) -> tuple[int, str, list[Any]]:
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from yiwang.cases import access, actions  # noqa: PLC0415

    spot, contact = body["position"], body["contact"]
    told = actions.Report(
        text=body["text"], position=(spot["lon"], spot["lat"]), address=body["address"], **contact
    )  # fmt: skip
    sent: list[tuple[str, list[Any]]] = []
    usual = psycopg.Cursor.execute

    def listening(self: Any, query: Any, params: Any = None, **how: Any) -> Any:
        if "cases_take_in" in str(query):
            sent.append((str(query), list(params)))
        return usual(self, query, params, **how)

    psycopg.Cursor.execute = listening  # type: ignore[method-assign]
    try:
        with transaction.atomic():
            received = actions.report(told, by=access.reporter(), now=timezone.now())
            transaction.set_rollback(True)
    finally:
        psycopg.Cursor.execute = usual  # type: ignore[method-assign]
    [(query, values)] = sent
    return received.number, query, values


def _literal(value: Any, number: int) -> str:
    """A value as SQL; wherever the case's number is in it, pgbench's goes in."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'"
    if isinstance(value, list):
        return f"ARRAY[{', '.join(_literal(one, number) for one in value)}]::text[]" if value else "'{}'"
    # pgbench would take ":null" for a variable of its own, within quotes too.
    masked = str(value).replace("'", "''").replace("\\", "\\\\").replace(":", "\\x3a")
    pieces = masked.split(str(number))
    joined = " || :number::text || ".join(f"E'{piece}'" for piece in pieces)
    return f"({joined})" if len(pieces) > 1 else joined


def _pgbench(folder: Path, seconds: float, turn: int) -> float:
    from yiwang.plumbing.embedded.programs import programs  # noqa: PLC0415
    from yiwang.plumbing.walls.policies import APP_ROLE  # noqa: PLC0415

    where = psycopg.conninfo.make_conninfo("", **there(), options=f"-c role={APP_ROLE}")
    # Numbers that nobody is given: of a year to come.
    first = 990101_99_00000000 + turn * 30_000_000
    command = [
        str(programs() / "pgbench"), "--no-vacuum", "--protocol=prepared", f"--client={CLIENTS}", "--jobs=2",
        f"--time={max(1, round(seconds))}", f"--define=first={first}", "--define=own=0",
        *(f"--file={folder / f'{number}.sql'}" for number in range(KINDS)), where,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    [line] = [line for line in done.stdout.splitlines() if line.startswith("tps")]
    failed = [line for line in done.stdout.splitlines() if "failed transactions: 0 " in line]
    assert failed, done.stdout
    return float(line.split()[2])


if __name__ == "__main__":
    main()
