"""How long one decision takes, over 10,000 people who hold three posts each: `python -m bench.access`."""

import os
import random
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.project.settings")
django.setup()

from yiwang.people import access  # noqa: E402 - its tables need Django set up
from yiwang.people.rules import Duty, Grant  # noqa: E402

PEOPLE = 10_000
POSTS = 3
ROUNDS = 300_000
DAY = date(2026, 3, 2)


def main() -> dict[str, float]:
    """Microseconds a decision; the memory is filled by hand, because only deciding is measured."""
    chance = random.Random(7)
    codes = [
        f"990101{town:03}{community:03}{grid:03}"
        for town in range(20)
        for community in range(15)
        for grid in range(30)
    ]
    bundles = [frozenset(chance.sample(list(Duty), size)) for size in (2, 4, 6, 8)]

    def grant() -> Grant:
        ground = chance.choice(codes)[: chance.choice((9, 12, 15))]
        return Grant(chance.choice(bundles), ground, DAY - timedelta(days=chance.randrange(-30, 900)), date.max, 1)

    access._grants._value = {person: tuple(grant() for _ in range(POSTS)) for person in range(PEOPLE)}  # noqa: SLF001
    asked = [(chance.randrange(PEOPLE), chance.choice(list(Duty)), chance.choice(codes)) for _ in range(ROUNDS)]
    may = access.may
    begun = time.perf_counter()
    for person, duty, code in asked:
        may(person, duty, code, on=DAY)
    each = (time.perf_counter() - begun) / ROUNDS * 1e6
    print(f"access decision: {each:.2f} µs each over {ROUNDS:,} decisions (10,000 people, 3 posts each; budget 5 µs)")
    return {"microseconds": round(each, 2)}


if __name__ == "__main__":
    main()
