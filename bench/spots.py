"""How often hot spots are found where nothing gathers, and how many of those that there are: `python -m bench.spots`.

Counties are invented, without a database: settlements of unequal size, houses in them, kinds with seasons of their
own, grid workers who tell of several things on one walk. Into some a gathering is planted: more cases than usual at
one house; into some one that came in the same days of last year, too. `--worse` deals the seasons by settlement, which
the rule does not know of: what the rate is where it does not hold. Says how many ordinary counties had any alarm, how
many planted gatherings were found, how many seasons were taken for new, how long a look takes.
"""

import argparse
import json
import math
import time
from dataclasses import dataclass, field

import numpy as np

from bench._machine import heading, say
from yiwang.spots.apart import Told
from yiwang.spots.finding import gatherings
from yiwang.spots.rules import FALSE_ALARMS, Lookout

PLANTED = (6, 9, 12, 18)
_DEGREE = 111_320.0
_LAT = 30.0


def main() -> None:
    """Invent counties, look through them, say what was found."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--counties", type=int, default=100)
    asked.add_argument("--cases", type=int, default=6000, help="of a county in the year and the last weeks")
    asked.add_argument("--worse", action="store_true")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    begun, alarmed, alarms = time.perf_counter(), 0, 0
    for seed in range(given.counties):
        found = gatherings(_county(seed, given).told(), seed=1)
        alarmed, alarms = alarmed + bool(found), alarms + len(found)
    seconds = (time.perf_counter() - begun) / max(1, given.counties)
    say(f"{heading()}\n{given.counties} ordinary counties of {given.cases} cases, {seconds:.1f} s each")
    say(f"with a false alarm: {alarmed} ({alarms} alarms), promised: at most {FALSE_ALARMS * given.counties:.0f}")
    figures = {"counties": given.counties, "alarmed": alarmed, "alarms": alarms, "seconds": round(seconds, 2)}
    for many in PLANTED:
        hits, others = _planted(many, given)
        figures[f"found_{many}"] = hits
        say(f"{many} more cases at one house: found in {hits} of {given.counties} counties ({others} others beside)")
    for many in PLANTED:
        hits, others = _planted(many, given, again=True)
        figures[f"seasonal_{many}"] = hits
        say(f"{many} more at one house last year too: hot in {hits} of {given.counties} counties ({others} others)")
    if given.json:
        say(json.dumps(figures))


@dataclass
class _County:
    """Cases of four kinds; day 0 is today, a case of the last weeks is told in the last 28 days."""

    kinds: int
    lon: list[float] = field(default_factory=list)
    lat: list[float] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    day: list[int] = field(default_factory=list)
    bunch: list[int] = field(default_factory=list)

    def add(self, lon: float, lat: float, kind: int, day: int, bunch: int) -> None:
        for column, value in (
            (self.lon, lon), (self.lat, lat), (self.kind, kind), (self.day, day), (self.bunch, bunch),
        ):  # fmt: skip
            column.append(value)  # type: ignore[arg-type]

    def told(self) -> list[Told]:
        usual = Lookout()
        found = []
        for kind in range(self.kinds):
            here = [n for n, one in enumerate(self.kind) if one == kind]
            found.append(
                Told(usual.metres, usual.fewest, [self.lon[n] for n in here], [self.lat[n] for n in here],
                     [self.day[n] < usual.days for n in here], [self.bunch[n] for n in here],
                     [self.day[n] >= usual.past_days for n in here])
            )  # fmt: skip
        return found


def _county(seed: int, given: argparse.Namespace) -> _County:
    chance, county = np.random.default_rng(seed), _County(4)
    usual = Lookout()
    settlements = chance.uniform(-0.1, 0.1, (60, 2))
    weights = chance.lognormal(0, 1.0, 60)
    houses = [chance.normal(0, 0.0015 * math.sqrt(weight), (int(40 + 60 * weight), 2)) for weight in weights]
    share = weights / weights.sum()
    seasons = chance.uniform(0, 2 * math.pi, (60, 4))
    bunch = 0
    while len(county.day) < given.cases:
        settlement = int(chance.choice(60, p=share))
        kind = int(chance.choice(4, p=(0.5, 0.25, 0.15, 0.1)))
        phase = seasons[settlement if given.worse else 0, kind]
        day = int(chance.integers(usual.days + usual.past_days))
        if chance.random() > 0.6 + 0.4 * math.sin(2 * math.pi * day / 364 + phase):
            continue
        bunch += 1
        # Half is told by grid workers, a few things on one walk.
        for _one in range(1 + int(chance.poisson(1.5)) if chance.random() < 0.3 else 1):
            house = houses[settlement][chance.integers(len(houses[settlement]))]
            x, y = settlements[settlement] + house + chance.normal(0, 10 / _DEGREE, 2)
            county.add(106 + x / math.cos(math.radians(_LAT)), _LAT + y, kind, day, bunch)
    return county


def _planted(many: int, given: argparse.Namespace, *, again: bool = False) -> tuple[int, int]:
    """In how many counties a gathering of so many cases was found, and how many other spots were.

    `again`: it is a season, told alike in the same days of last year: about so many each time, by chance.
    """
    hits = others = 0
    for seed in range(given.counties):
        county, chance = _county(seed, given), np.random.default_rng(seed + 1_000_000)
        middle = int(chance.integers(len(county.day)))
        first = len(county.day)
        this, last = (int(chance.poisson(many)), int(chance.poisson(many))) if again else (many, 0)
        for n in range(this):
            x, y = chance.normal(0, 30 / _DEGREE, 2)
            county.add(county.lon[middle] + x, county.lat[middle] + y, 1, int(chance.integers(28)), -1 - n)
        for n in range(last):
            x, y = chance.normal(0, 30 / _DEGREE, 2)
            county.add(county.lon[middle] + x, county.lat[middle] + y, 1, 364 + int(chance.integers(28)), -1001 - n)
        planted = {
            at
            for at, n in enumerate(n for n, kind in enumerate(county.kind) if kind == 1)
            if first <= n < first + this
        }
        found = gatherings(county.told(), seed=1)
        hit = [one for one in found if one.kind == 1 and len(planted & set(one.now)) * 2 >= max(1, this)]
        hits, others = hits + bool(hit), others + len(found) - len(hit)
    return hits, others


if __name__ == "__main__":
    main()
