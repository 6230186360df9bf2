"""Open data: aggregated, made once, and no sum or difference gives a small count away."""

import random
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.town import Town
from yiwang.insight import opening, publishing
from yiwang.insight.models import OpenMonth, Tally
from yiwang.insight.rules.bulletins import Kind
from yiwang.insight.rules.suppression import LEAST, Cell, hidden

MARCH = date(2026, 3, 1)
APRIL_2 = datetime(2026, 4, 2, 9, tzinfo=timezone.get_default_timezone())
Inner = dict[str, list[str]]


def drawn(chance: random.Random) -> tuple[dict[str, Cell], Inner]:
    """A county with towns and communities, and cases that lie in a town and in no community of it."""
    inner: Inner = {"c": [f"t{n}" for n in range(chance.randint(1, 4))]}
    cells: dict[str, Cell] = {}
    for town in inner["c"]:
        inner[town] = [f"{town}.{n}" for n in range(chance.randint(0, 4))]
        for place in inner[town]:
            cells[place] = count(chance)
        cells[town] = summed(
            [*(cells[one] for one in inner[town]), count(chance) if chance.random() < 0.5 else Cell(0)]
        )
    cells["c"] = summed([*(cells[town] for town in inner["c"]), count(chance) if chance.random() < 0.3 else Cell(0)])
    return cells, inner


def count(chance: random.Random) -> Cell:
    return Cell(chance.choice([0, 0, 1, 2, 4, 5, 9, 30]), chance.choice([0, 0, 1, 3, 8]))


def summed(cells: list[Cell]) -> Cell:
    return Cell(sum(cell.n for cell in cells), sum(cell.left for cell in cells))


def given_away(cells: dict[str, Cell], inner: Inner, gone: set[str]) -> list[str]:
    """Which hidden counts follow from what is open, for one who knows all sums: what the equations determine."""
    unknown = [*sorted(gone), *(f"{place}+" for place in inner if inner[place])]
    if not unknown:
        return []
    groups = {place: below for place, below in inner.items() if below}
    lines = np.zeros((len(groups), len(unknown)))
    for row, (place, below) in enumerate(groups.items()):
        for name, sign in ((place, 1), *((one, -1) for one in below), (f"{place}+", -1)):
            if name in unknown:
                lines[row, unknown.index(name)] += sign
    # Whoever knows that all lies in the inner places knows this much more.
    known_rest = [f"{place}+" for place, below in inner.items() if below and rest(cells, place, below) == Cell(0)]
    fixed = np.array([[float(name == one) for name in unknown] for one in known_rest]).reshape(-1, len(unknown))
    system = np.vstack([lines, fixed])
    rank = np.linalg.matrix_rank(system)
    return [
        name for n, name in enumerate(unknown)
        if np.linalg.matrix_rank(np.vstack([system, np.eye(len(unknown))[n]])) == rank
    ]  # fmt: skip


def rest(cells: dict[str, Cell], place: str, below: list[str]) -> Cell:
    return Cell(
        cells[place].n - sum(cells[one].n for one in below), cells[place].left - sum(cells[one].left for one in below)
    )


@pytest.mark.parametrize("seed", range(250))
def test_no_small_count_is_open_and_none_follows_from_the_others(seed: int) -> None:
    cells, inner = drawn(random.Random(seed))  # noqa: S311 - nothing secret is drawn
    gone = hidden(cells, inner, "c")
    assert all(place in gone for place, cell in cells.items() if cell.is_small)
    small_rests = {f"{p}+" for p, below in inner.items() if below and rest(cells, p, below).is_small}
    solved = given_away(cells, inner, gone)
    assert not [name for name in solved if name in small_rests or (name in cells and cells[name].is_small)]


def test_one_small_count_takes_the_next_larger_with_it() -> None:
    cells = {"c": Cell(142), "a": Cell(2), "b": Cell(40), "d": Cell(100)}
    assert hidden(cells, {"c": ["a", "b", "d"]}, "c") == {"a", "b"}


def test_where_nothing_is_small_nothing_is_hidden() -> None:
    cells = {"c": Cell(45), "a": Cell(5), "b": Cell(40), "d": Cell(0)}
    assert hidden(cells, {"c": ["a", "b", "d"]}, "c") == set()


def test_a_difference_that_is_small_hides_the_inner_count() -> None:
    cells = {"c": Cell(190, 12), "a": Cell(98, 2), "b": Cell(92, 10)}
    assert hidden(cells, {"c": ["a", "b"]}, "c") == {"a", "b"}


def test_a_month_is_opened_once_when_it_is_published_and_never_changed(town: Town) -> None:
    def tally(place: str, n: int) -> None:
        Tally.objects.create(county=town.county.code, facet="board", place=place, day=MARCH, key=0, reported=n)

    for place, n in ((town.county, 63), (town.two_wells, 60), (town.stone_bridge, 3), (town.well_lane, 60)):
        tally(place.code, n)
    assert opening.open_published(now=APRIL_2) == []
    publishing.publish(town.county.code, Kind.MONTH, MARCH, now=APRIL_2, as_of=timezone.now())
    assert opening.open_published(now=APRIL_2) == [f"{town.county.code} 2026-03"]
    assert opening.open_published(now=APRIL_2) == []
    kept = opening.month(town.county.code, MARCH)
    assert kept is not None
    lines = {str(line["place"]): line["reported"] for line in opening.table(kept)}
    assert lines[town.county.code] == 63
    assert lines[town.stone_bridge.code] is None
    assert lines[town.two_wells.code] is None, "it would say what the other town had"
    assert lines[town.well_lane.code] is None, "it would say what its town had"
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        OpenMonth.objects.update(version=9)
    assert LEAST > 1
    assert opening.month(town.county.code, MARCH - timedelta(days=1)) is None
