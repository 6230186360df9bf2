"""What row-level security costs, on one list and one insert, in turns with and without: `python -m bench.walls`.

On an embedded PostgreSQL of its own with full durability, over 10,000 posts of one county. With the wall: the role
`yiwang_app`. Without: the tables' owner, whom no policy binds. Both in a transaction on the ground of a town.
"""
# ruff: noqa: PLC0415 - the tables need Django, and Django needs the database that is started here

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from yiwang.plumbing.embedded import cluster
from yiwang.plumbing.embedded.home import Home

TOWNS, COMMUNITIES, GRIDS = 10, 20, 50
TURNS, ROUNDS = 30, 20


def fill() -> list[str]:
    """A county of 10,000 grids with a post on each; gives the towns' codes."""
    from yiwang.people.models import Post, Role, Unit, UnitKind
    from yiwang.places.models import Place

    towns = [f"990101{town:03}" for town in range(1, TOWNS + 1)]
    communities = [f"{town}{number:03}" for town in towns for number in range(1, COMMUNITIES + 1)]
    grids = [f"{community}{number:03}" for community in communities for number in range(1, GRIDS + 1)]
    for kind, codes, length in (
        ("county", ["990101"], 0), ("town", towns, 6), ("community", communities, 9), ("grid", grids, 12),
    ):  # fmt: skip
        Place.objects.bulk_create(
            (Place(code=code, name=code, kind_id=kind, parent_id=code[:length] or None) for code in codes), 5000
        )
    unit = Unit.objects.create(name="measured", kind=UnitKind.CENTRE, ground_id="990101")
    role = Role.objects.get(code="grid_worker")
    Post.objects.bulk_create((Post(unit=unit, role=role, ground_id=code, title=code) for code in grids), 5000)
    return towns


def acts(town: str) -> dict[str, Callable[[], None]]:
    """What is measured, on the ground of one town."""
    from django.db.models import Q

    from yiwang.people.models import Post, Role, Unit

    unit, role = Unit.objects.get(name="measured"), Role.objects.get(code="grid_worker")
    # What `visible_to` makes of a clerk of the town.
    inside = Q(ground__code__gte=town, ground__code__lt=f"{town}~")
    listed = Post.objects.filter(inside | Q(ground_id__in=["9", "99", "990", "9901", "99010", "990101"]))

    def page() -> None:
        assert len(listed.select_related("unit", "role").order_by("ground_id", "pk")[:50]) == 50

    def insert() -> None:
        Post.objects.create(unit=unit, role=role, ground_id=f"{town}001001", title="measured")

    return {"list of 50 posts": page, "insert of one post": insert}


def seconds(act: Callable[[], None], town: str) -> float:
    """For one act, each in a transaction on the town's ground, as a request does."""
    from yiwang.plumbing.walls.ground import standing_on

    begun = time.perf_counter()
    for _ in range(ROUNDS):
        with standing_on([town]):
            act()
    return (time.perf_counter() - begun) / ROUNDS


def measure(town: str) -> dict[str, float]:
    """Milliseconds with and without the wall, interleaved, and the median of the ratios of neighbouring turns."""
    from django.db import connection

    figures = {}
    for name, act in acts(town).items():
        with_wall: list[float] = []
        without: list[float] = []
        for _ in range(TURNS):
            for role, times in (("yiwang_app", with_wall), ("NONE", without)):
                with connection.cursor() as cursor:
                    cursor.execute(f"SET ROLE {role}")
                times.append(seconds(act, town))
        ratios = sorted(a / b for a, b in zip(with_wall, without, strict=True))
        low, high = ratios[len(ratios) // 10], ratios[-1 - len(ratios) // 10]
        figures[name] = round(statistics.median(ratios), 3)
        print(
            f"{name}: {statistics.median(with_wall) * 1e3:.2f} ms with the wall,"
            f" {statistics.median(without) * 1e3:.2f} ms without: × {figures[name]:.2f}"
            f" (four turns in five: {low:.2f}-{high:.2f}; budget 1.10)"
        )
    return figures


def main() -> dict[str, float]:
    """Make a database, fill it, measure."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="yiwang-bench-"))
        url = stack.enter_context(cluster.running(Home(Path(folder))))
        os.environ |= {
            "DATABASE_URL": url, "YIWANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "yiwang.project.settings"
        }  # fmt: skip
        import django

        django.setup()
        from django.db import connection

        from yiwang.project.database import as_owner, migrate

        migrate()
        with as_owner():
            town = fill()[TOWNS // 2]
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")
            return measure(town)


if __name__ == "__main__":
    main()
