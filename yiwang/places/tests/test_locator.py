"""Where a point lies, also on borders."""

import random
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from yiwang.places import queries
from yiwang.places.queries.locator import Area, Locator
from yiwang.places.rules import convert
from yiwang.places.tests.make import (
    COMMUNITY,
    COUNTY,
    GRID,
    SIZE,
    TODAY,
    TOWN,
    box,
    codes_of,
    make_boundary,
    make_ground,
    make_place,
    tiles,
)
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

Rectangle = tuple[int, int, int, int]


@st.composite
def divisions(draw: st.DrawFn) -> list[Rectangle]:
    """A square of 64 × 64 cut into rectangles at random, with corners that meet borders."""
    pieces = [(0, 0, 64, 64)]
    for _ in range(draw(st.integers(0, 12))):
        west, south, east, north = pieces.pop(draw(st.integers(0, len(pieces) - 1)))
        if draw(st.booleans()) and east - west > 1:
            cut = draw(st.integers(west + 1, east - 1))
            pieces += [(west, south, cut, north), (cut, south, east, north)]
        elif north - south > 1:
            cut = draw(st.integers(south + 1, north - 1))
            pieces += [(west, south, east, cut), (west, cut, east, north)]
        else:
            pieces.append((west, south, east, north))
    return pieces


points = st.lists(st.tuples(st.integers(-2, 132), st.integers(-2, 132)), min_size=1, max_size=40)


@given(divisions(), points, st.randoms())
def test_a_point_belongs_to_the_smallest_code_that_holds_it_whoever_asks(
    pieces: list[Rectangle], halves: list[tuple[int, int]], chance: random.Random
) -> None:
    areas = [Area(f"{n:03d}", "grid", 5, shapely.box(*piece)) for n, piece in enumerate(pieces)]
    one = Locator(areas)
    chance.shuffle(areas)
    other = Locator(areas)
    for x, y in ((Fraction(a, 2), Fraction(b, 2)) for a, b in halves):
        holding = [f"{n:03d}" for n, (w, s, e, t) in enumerate(pieces) if w <= x <= e and s <= y <= t]
        expected = min(holding, default=None)
        assert one.at(float(x), float(y)) == other.at(float(x), float(y)) == expected
    array = np.array(halves) / 2
    assert one.at_all(array) == other.at_all(array) == [one.at(x, y) for x, y in array.tolist()]


@given(st.integers(0, 1000))
def test_corners_and_points_of_wavy_borders_go_to_one_side_for_good(seed: int) -> None:
    shapes = tiles(3, 3, 16, seed=seed)
    areas = [Area(f"{n:03d}", "grid", 5, shape) for n, shape in enumerate(shapes)]
    one, other = Locator(areas), Locator(reversed(areas))
    corners = shapely.get_coordinates(shapes)
    for x, y in corners.tolist():
        smallest = next(f"{n:03d}" for n, shape in enumerate(shapes) if shape.intersects(shapely.Point(x, y)))
        assert one.at(x, y) == other.at(x, y) == smallest
    between = (corners[:-1] + corners[1:]) / 2
    assert one.at_all(between) == other.at_all(between) == [one.at(x, y) for x, y in between.tolist()]


def test_neighbouring_tiles_leave_no_point_between_them() -> None:
    shapes = tiles(4, 4, 40)
    here = Locator([Area(f"{n:03d}", "grid", 5, shape) for n, shape in enumerate(shapes)])
    corners = shapely.get_coordinates(shapes)
    inner = corners[(np.abs(corners - [106 + 2 * SIZE, 32 + 2 * SIZE]) < 1.7 * SIZE).all(axis=1)]
    assert len(inner) > 100
    assert None not in here.at_all(inner)


def test_many_threads_get_the_answers_that_one_gets() -> None:
    here = Locator([Area(f"{n:03d}", "grid", 5, shape) for n, shape in enumerate(tiles(10, 10, 40))])
    points = [(106 + SIZE * (n % 97) / 10, 32 + SIZE * (n % 89) / 9) for n in range(4000)]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda point: here.at(*point), points))
    assert together == here.at_all(np.array(points))


def test_the_innermost_place_answers_and_outside_nobody_does() -> None:
    here = Locator(
        [Area("1", "town", 2, box(0, 0, 4, 4)), Area("12", "grid", 5, box(0, 0)), Area("11", "grid", 5, box(1, 0))]
    )
    assert here.at(106 + SIZE / 2, 32 + SIZE / 2) == "12"
    assert here.at(106 + SIZE, 32 + SIZE / 2) == "11"
    assert here.at(106 + SIZE * 3, 32 + SIZE * 3) == "1"
    assert here.at(106 - SIZE, 32) is None


def drawn_ground() -> None:
    make_ground(GRID, f"{COMMUNITY}002")
    for code, shape in {COUNTY: box(0, 0, 4, 4), GRID: box(0, 0), f"{COMMUNITY}002": box(1, 0)}.items():
        make_boundary(code, shape)


@pytest.mark.django_db
def test_a_phone_that_speaks_the_states_datum_finds_its_grid() -> None:
    with standing_on(EVERYWHERE):
        drawn_ground()
        at = convert(106 + SIZE / 2, 32 + SIZE / 2, of="wgs84", to="gcj02")
        assert queries.locate(*at, datum="gcj02") == GRID
        assert queries.locate(*at) != GRID
        far = (SIZE * 1000, 0.0)
        assert queries.locate_many([at, far, (float("nan"), 0), (500, 95)], "gcj02") == [GRID, None, None, None]
        assert queries.locate_many([]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("point", [(181, 0), (0, 91), (float("nan"), 32), (float("inf"), 32)])
def test_a_point_outside_the_world_lies_nowhere(point: tuple[float, float]) -> None:
    assert queries.locate(*point) is None


@pytest.mark.django_db
def test_neither_old_boundaries_nor_ended_places_nor_roads_answer() -> None:
    with standing_on(EVERYWHERE):
        make_ground(GRID)
        make_place("990101002", valid_to=TODAY.replace(year=2020))
        make_place("990101R001", kind="road")
        make_boundary(GRID, box(0, 0), valid_to=TODAY)
        make_boundary("990101002", box(0, 0))
        make_boundary("990101R001", shapely.LineString([(106, 32), (106.001, 32.001)]))
        assert queries.locate(106, 32) is None


@pytest.mark.django_db
def test_the_index_is_asked_without_a_query(django_assert_num_queries: Any) -> None:
    with standing_on(EVERYWHERE):
        drawn_ground()
        queries.locate(106, 32)
        queries.tree()
    with django_assert_num_queries(0):
        assert queries.locate(106.0001, 32.0001) == GRID
        assert queries.tree().path(GRID)[0].code == COUNTY


@pytest.mark.django_db
def test_the_nearest_of_some_roads_is_found_from_beside_it() -> None:
    with standing_on(EVERYWHERE):
        make_ground(GRID)
        roads = [f"{TOWN}R001", f"{TOWN}R002"]
        for road, north in zip(roads, (32.0, 32.001), strict=True):
            make_place(road, kind="road")
            make_boundary(road, shapely.LineString([(106, north), (106.002, north)]))
        make_boundary(GRID, box(0, 0))
        # A thousandth of a degree northwards is 111 metres.
        assert queries.line_near([*roads, GRID], 106.001, 32.0004, within=60) == roads[0]
        assert queries.line_near(roads, 106.001, 32.0006, within=60) == roads[1]
        assert queries.line_near(roads[:1], 106.001, 32.0006, within=60) is None
        assert queries.line_near([GRID], 106.001, 32.0004, within=60) is None


@pytest.mark.django_db
def test_a_road_crosses_the_grids_it_runs_through_or_along() -> None:
    with standing_on(EVERYWHERE):
        make_ground(*codes_of(range(1, 5)))
        make_place(f"{TOWN}R001", kind="road")
        for code, column in zip(codes_of(range(1, 5)), range(4), strict=True):
            make_boundary(code, box(column, 0))
        make_boundary(TOWN, box(0, 0, 4, 1))
        course = shapely.LineString([(106 + SIZE / 2, 32 + SIZE / 2), (106 + SIZE * 2, 32 + SIZE / 2)])
        make_boundary(f"{TOWN}R001", course)
        assert queries.crossed_by(f"{TOWN}R001") == codes_of([1, 2, 3])
        assert queries.crossed_by(f"{TOWN}R001", kind="town") == [TOWN]
        with pytest.raises(Refused) as refusal:
            queries.crossed_by("990101R009")
        assert refusal.value.code == "road_unknown"
