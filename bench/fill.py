"""Fill a database with closed and open cases: `python -m bench.fill [--cases N] [--data DIR]`.

Writes into the database of `DATABASE_URL`, or of the data folder given by `--data`, else into one of its own that is
gone afterwards, so that only the speed is seen. Where nobody works yet, the demonstration county is loaded first.
The same `--seed` on the same ground gives the same rows; filled again, more cases come behind those that are there.
A filling that was killed is mended as far as indexes go when one fills again; its cases cannot be searched.
"""

import argparse
from datetime import date
from pathlib import Path

from bench._machine import database, demonstration, heading, say


def main() -> None:
    """Fill, and say how long it took and how large it became."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--steps-each", type=int, default=2, help="how many steps a closed case has, 2 to 8")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--open", type=float, default=0.02, help="the share of cases that have not ended")
    asked.add_argument("--until", type=date.fromisoformat, default=None, help="the two years end before this day")
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--data", type=Path, default=None)
    given = asked.parse_args()
    with database(given.data):
        from bench._filling import UNTIL, Wish, fill, sizes  # noqa: PLC0415 - its tables need Django set up
        from yiwang.project.database import as_owner  # noqa: PLC0415

        demonstration()
        wish = Wish(given.cases, given.steps_each, given.seed, given.open, given.until or UNTIL, given.processes)
        with as_owner():
            done = fill(wish)
            say(heading())
            say(
                f"{done.cases:,} cases in {done.seconds:.1f} s: {done.cases / done.seconds:,.0f} a second"
                f" (rows alone {done.cases / done.rows_s:,.0f} a second)"
            )
            for table, size in sorted(sizes().items()):
                say(f"{table}: {size}")


if __name__ == "__main__":
    main()
