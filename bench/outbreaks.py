"""Outbreaks in a real city: `python -m bench.outbreaks [--requests FILE] [--json]`.

Service requests by week, kind and neighbourhood go through the rule of `yiwang.insight.rules.outbreaks`, week after
week, as a leader's page would: how many weeks have any alarm, how many alarms a week brings, which they are. Then the
same with every request dealt by chance (`--seed`) to a week around its own, so that nothing breaks out in one: how
many weeks still have an alarm is the rate of false alarms as it is on series like these.
"""

import argparse
import csv
import gzip
import json
import random
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from bench._machine import heading, say
from yiwang.insight.rules.outbreaks import FEWEST, GAP, LEAST, WEEKS, discoveries, judged

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "requests_311.csv.gz"
_AROUND = 3
Series = dict[tuple[str, str], list[int]]


class Alarm(NamedTuple):
    """A kind of request in a neighbourhood and week, how many, and how many were expected."""

    week: date
    kind: str
    place: str
    now: int
    expected: float
    chance: float


def main() -> None:
    """Read, judge every week, judge what was dealt anew, say what came out."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--requests", type=Path, default=DATA)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    if not given.requests.exists():
        say(f"skipped: there is no {given.requests}")
        return
    first, series = _read(given.requests)
    begun = time.perf_counter()
    weeks, found = _judged(first, series)
    seconds = time.perf_counter() - begun
    _, false = _judged(first, _dealt(series, random.Random(given.seed)))
    alarmed, wrong = len({one.week for one in found}), len({one.week for one in false})
    say(f"{heading()}\n{len(series)} series, {weeks} weeks judged in {seconds:.1f} s")
    say(f"weeks with an alarm: {alarmed} ({len(found)} alarms); dealt anew: {wrong} ({len(false)} alarms)")
    for one in sorted(found, key=lambda one: one.chance)[:12]:
        say(f"  {one.week} {one.kind}, {one.place}: {one.now} where {one.expected:.1f} were expected")
    if given.json:
        figures = {"weeks": weeks, "series": len(series), "alarmed": alarmed, "alarms": len(found), "false": wrong}
        say(json.dumps(figures))


def _read(path: Path) -> tuple[date, Series]:
    """Weeks by kind and neighbourhood, the first week first; and the Monday on which that begins."""
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days[row["type"], row["neighborhood"]].append(date.fromisoformat(row["open_dt"][:10]))
    begin, end = min(map(min, days.values())), max(map(max, days.values()))
    monday = begin - timedelta(days=begin.weekday())
    length = (end - monday).days // 7
    series: Series = {which: [0] * length for which in days}
    for which, told in days.items():
        for day in told:
            if (week := (day - monday).days // 7) < length:
                series[which][week] += 1
    return monday, series


def _judged(first: date, series: Mapping[tuple[str, str], list[int]]) -> tuple[int, list[Alarm]]:
    kinds: dict[str, list[int]] = {}
    for (kind, _), weeks in series.items():
        kinds[kind] = [a + b for a, b in zip(kinds.get(kind, [0] * len(weeks)), weeks, strict=True)]
    length = len(next(iter(series.values())))
    found: list[Alarm] = []
    begin = GAP + LEAST
    for week in range(begin, length):
        of_week = []
        for (kind, place), weeks in series.items():
            if weeks[week] >= FEWEST:
                one = judged(_back(weeks, week), _back(kinds[kind], week), known=min(WEEKS, week + 1))
                assert one is not None
                of_week.append(Alarm(first + timedelta(weeks=week), kind, place, one.now, one.expected, one.chance))
        limit = discoveries([one.chance for one in of_week], len(series))
        found += [one for one in of_week if one.chance <= limit]
    return length - begin, found


def _back(weeks: list[int], week: int) -> list[int]:
    """The week and those before it, the nearest first; before the first nothing is known."""
    back = weeks[max(0, week - WEEKS + 1) : week + 1][::-1]
    return back + [0] * (WEEKS - len(back))


def _dealt(series: Series, chance: random.Random) -> Series:
    """Each request falls on any week around its own: seasons stay, what broke out in one week is gone."""
    dealt: Series = {}
    for which, weeks in series.items():
        last = len(weeks) - 1
        dealt[which] = [0] * len(weeks)
        for week, n in enumerate(weeks):
            for _one in range(n):
                dealt[which][min(last, max(0, week + chance.randint(-_AROUND, _AROUND)))] += 1
    return dealt


if __name__ == "__main__":
    main()
