"""The measurements of the ground, in the database that the environment names; see `bench.places`."""

import argparse
import gc
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import django
import numpy as np
import shapely
from shapely.geometry import mapping

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.project.settings")
django.setup()

from yiwang.places import queries  # noqa: E402 - its tables need Django set up
from yiwang.places.actions import import_boundaries, import_places  # noqa: E402
from yiwang.places.queries.locator import Area, Locator  # noqa: E402
from yiwang.places.tests.make import SIZE, tiles  # noqa: E402
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on  # noqa: E402
from yiwang.project import database  # noqa: E402

SHARED = Path(__file__).parents[2] / "shared" / "data"
TODAY = date(2026, 3, 1)
LOCATED_GRIDS = 71  # squared: 5,041
VERTICES = 200


def say(figure: str, **values: object) -> None:
    print(json.dumps({"figure": figure, **values}, ensure_ascii=False), flush=True)


def megabytes() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


@contextmanager
def clocked() -> Iterator[list[float]]:
    seconds: list[float] = []
    begun = time.perf_counter()
    yield seconds
    seconds.append(round(time.perf_counter() - begun, 3))


def streets() -> None:
    """The real list of all towns: 41,352 rows."""
    path = SHARED / "streets.csv.gz"
    if not path.exists():
        say("import of 41,352 streets", skipped=f"{path} is not here")
        return
    with clocked() as seconds, standing_on(EVERYWHERE):
        report = import_places(path, by="bench", today=TODAY)
    say("import of 41,352 streets", seconds=seconds[0], rows=report.added, budget="10 s")
    with clocked() as seconds, standing_on(EVERYWHERE):
        report = import_places(path, by="bench", today=TODAY)
    say("the same list again", seconds=seconds[0], unchanged=report.unchanged)


def moved(block: Any, number: int) -> list[dict[str, Any]]:
    """The block of 50 × 20 tiles at its place among ten blocks a row."""
    offset = [number % 10 * 50 * SIZE, number // 10 * 20 * SIZE]
    return [mapping(shape) for shape in shapely.transform(block, lambda points: points + offset)]


def write_grids(folder: Path, count: int) -> tuple[Path, Path]:
    """A county of made-up grids, each with a neighbourly outline of 40 points: list and drawing."""

    block = np.array(tiles(50, 20, 40))
    listed, drawn = folder / "grids.csv", folder / "grids.geojson"
    with listed.open("w", encoding="utf-8") as names, drawn.open("w", encoding="utf-8") as drawing:
        names.write("code,name,kind\n990101,县,county\n")
        drawing.write('{"type": "FeatureCollection", "features": [\n')
        for number in range(count):
            if not number % len(block):
                shapes = moved(block, number // len(block))
            town, community, grid = number // 10_000 + 1, number // 100 % 100 + 1, number % 100 + 1
            code = f"990101{town:03d}{community:03d}{grid:03d}"
            if not number % 10_000:
                names.write(f"{code[:9]},镇,town\n")
            if not number % 100:
                names.write(f"{code[:12]},村,community\n")
            names.write(f"{code},网格{number},grid\n")
            feature = {"type": "Feature", "properties": {"code": code}, "geometry": shapes[number % len(block)]}
            drawing.write((",\n" if number else "") + json.dumps(feature))
        drawing.write("\n]}")
    return listed, drawn


def grids(folder: Path, count: int) -> None:
    """Places and polygons of so many grids."""

    listed, drawn = write_grids(folder, count)
    with clocked() as seconds, standing_on(EVERYWHERE):
        report = import_places(listed, by="bench", today=TODAY)
    say(f"import of {count:,} grids, names", seconds=seconds[0], rows=report.added)
    named = seconds[0]
    with clocked() as seconds, standing_on(EVERYWHERE):
        report = import_boundaries(drawn, datum="gcj02", by="bench", today=TODAY)
    say(
        f"import of {count:,} polygons (40 points each, GCJ-02)",
        seconds=seconds[0],
        rows=report.added,
        file_mb=round(drawn.stat().st_size / 1e6),
        with_names=round(named + seconds[0], 2),
        budget="60 s for names and polygons",
        peak_mb=peak_megabytes(),
    )


def peak_megabytes() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1)


def located(count: int) -> None:
    """Points one by one over 5,041 grids of 200 vertices, town and county above them."""
    shapes = tiles(LOCATED_GRIDS, LOCATED_GRIDS, VERTICES)
    areas = [Area(f"g{n}", "grid", 5, shape) for n, shape in enumerate(shapes)]
    areas.append(Area("county", "county", 1, shapely.union_all(shapes)))
    gc.collect()
    before = megabytes()
    with clocked() as built:
        locator = Locator(areas)
    chance = random.Random(1)
    side = LOCATED_GRIDS * SIZE
    points = [(106 + chance.random() * side, 32 + chance.random() * side) for _ in range(count)]
    for point in points[:20_000]:
        locator.at(*point)
    with clocked() as seconds:
        found = sum(locator.at(x, y) is not None for x, y in points)
    say(
        "points located, one by one",
        a_second=round(count / seconds[0]),
        found=found,
        grids=len(shapes),
        vertices=VERTICES,
        budget="50,000 a second",
        built_s=built[0],
        index_mb=round(megabytes() - before, 1),
        shapes_mb=round(sum(len(shapely.to_wkb(shape)) for shape in shapes) / 1e6, 1),
    )


def located_through_queries(count: int, rows: int) -> None:
    """The whole way of a phone's position: `queries.locate` in GCJ-02 over the grids in the database."""
    with clocked() as built:
        queries.locate(106, 32)
    chance = random.Random(2)
    points = [(106.004 + chance.random() * 450 * SIZE, 32 + chance.random() * 19 * SIZE * rows) for _ in range(count)]
    with clocked() as seconds:
        for x, y in points:
            queries.locate(x, y, "gcj02")
    say("queries.locate from GCJ-02, over all these grids", a_second=round(count / seconds[0]),
        first_question_s=built[0], process_mb=megabytes())  # fmt: skip
    with clocked() as seconds:
        queries.locate_many(points[:20_000])
    say("queries.locate_many", a_second=round(20_000 / seconds[0]))


START = """
import time; begun = time.perf_counter()
import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'yiwang.project.settings')
import django; django.setup()
from bench._ground import megabytes, queries
ready, before = time.perf_counter(), megabytes()
places = len(queries.tree())
done = time.perf_counter()
print(places, round(ready - begun, 2), round(done - ready, 2), round(done - begun, 2))
print(megabytes() - before, megabytes())
"""


def start_of_a_process() -> None:
    """A new process: Django set up, and the whole tree read."""
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    places, django, tree, whole, tree_mb, mb = done.stdout.split()[-6:]
    say("start of a process", places=int(places), django_s=float(django), tree_s=float(tree), seconds=float(whole),
        tree_mb=round(float(tree_mb), 1), process_mb=float(mb), budget="5 s")  # fmt: skip


def main() -> None:
    """All figures, one line of JSON each."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--grids", type=int, default=100_000)
    asked.add_argument("--points", type=int, default=200_000)
    given = asked.parse_args()
    database.migrate()
    located(given.points)
    streets()
    with tempfile.TemporaryDirectory(prefix="yiwang-bench-") as folder:
        grids(Path(folder), given.grids)
    start_of_a_process()
    located_through_queries(given.points // 4, rows=max(1, given.grids // 10_000))


if __name__ == "__main__":
    main()
