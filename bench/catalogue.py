"""How long it takes to find who answers, over the default catalogue and 5,041 grids: `python -m bench.catalogue`."""

import csv
import os
import random
import time
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.project.settings")
django.setup()

from yiwang.catalogue.actions.defaults import DEFAULT  # noqa: E402 - its tables need Django set up
from yiwang.catalogue.queries import ItemLine, answers, answers_for  # noqa: E402
from yiwang.catalogue.queries.catalogue import Catalogue, _catalogue  # noqa: E402
from yiwang.catalogue.rules import Claim, Claims  # noqa: E402
from yiwang.catalogue.tests.make import LAMP  # noqa: E402

ROUNDS = 300_000
POSTS = 4_000
DAY = date(2026, 3, 2)


def main() -> dict[str, float]:
    """Microseconds an answer; the memory is filled by hand, because only answering is measured."""
    chance = random.Random(7)
    with DEFAULT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = {row["事项代码"]: number for number, row in enumerate(rows, start=1)}
    above = {numbers[row["事项代码"]]: numbers.get(row["上级代码"], 0) for row in rows}
    lines = []
    for code, number in numbers.items():
        path = [number]
        while above[path[-1]]:
            path.append(above[path[-1]])
        lines.append(ItemLine(number, code, "", number, 1, tuple(path), LAMP, {}, None, None, is_branch=False))
    _catalogue._value = Catalogue(lines)  # noqa: SLF001
    grids = [f"990101{t:03}{c:03}{g:03}" for t in range(20) for c in range(12) for g in range(21)]
    term = answers.Term(date.min, date.max)
    answers._posts._value = answers.Posts(  # noqa: SLF001
        dict.fromkeys(range(POSTS), term), {grid[:9]: [int(grid[6:9])] for grid in grids}, {}
    )
    answers._claims._value = Claims(  # noqa: SLF001
        Claim(chance.randrange(1, len(rows)), place, chance.randrange(POSTS))
        for places in (["990101"] * 200, [g[:9] for g in grids[:400]], [g[:12] for g in grids[:1500]], grids)
        for place in places
    )
    asked = [(chance.randrange(1, len(rows)), chance.choice(grids) + "001") for _ in range(ROUNDS)]
    begun = time.perf_counter()
    gaps = sum(answers_for(item, place, on=DAY).gap for item, place in asked)
    each = (time.perf_counter() - begun) / ROUNDS * 1e6
    print(
        f"who answers: {each:.2f} µs each over {ROUNDS:,} questions ({len(rows)} items, {len(grids):,} grids,"
        f" {gaps / ROUNDS:.0%} gaps; budget 5 µs)"
    )
    return {"microseconds": round(each, 2)}


if __name__ == "__main__":
    main()
