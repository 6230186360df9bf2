"""The ground of the demonstration county: invented places that tile it without a hole.

A sheet of unit cells is bent by smooth waves into a piece of country. Every place is a rectangle of cells, its
boundary walked in quarter steps along the bent sheet: neighbours share each vertex, so nothing overlaps and
nothing is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, sin

import shapely

from yiwang.demo import COUNTY, names

WEST, SOUTH, CELL = 108.1, 30.9, 0.004  # degrees; somewhere between real counties
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """One invented place: its code, name, kind and the rectangle of cells it covers."""

    code: str
    name: str
    kind: str
    west: int
    south: int
    width: int
    height: int

    @property
    def parent(self) -> str | None:
        return self.code[:-3] if len(self.code) > 6 else None

    def shape(self) -> shapely.Polygon:
        """The boundary in WGS 84."""
        return shapely.Polygon([_bent(u, v) for u, v in self._walk()])

    def middle(self) -> tuple[float, float]:
        return _bent(self.west + self.width / 2, self.south + self.height / 2)

    def _walk(self) -> Iterator[tuple[float, float]]:
        """Once round, counter-clockwise, in quarter steps."""
        east, north = self.west + self.width, self.south + self.height
        yield from ((self.west + step / _STEPS, self.south) for step in range(self.width * _STEPS))
        yield from ((east, self.south + step / _STEPS) for step in range(self.height * _STEPS))
        yield from ((east - step / _STEPS, north) for step in range(self.width * _STEPS))
        yield from ((self.west, north - step / _STEPS) for step in range(self.height * _STEPS))


@dataclass(frozen=True, slots=True)
class Road:
    """A road across a town: its code and name, and the row or column of cells along which it runs."""

    code: str
    name: str
    course: tuple[tuple[float, float], ...]

    @property
    def town(self) -> str:
        return self.code[:9]

    def shape(self) -> shapely.LineString:
        """Its line in WGS 84."""
        return shapely.LineString([_bent(u, v) for u, v in self.course])


def roads() -> Iterator[Road]:
    """Two roads in each town: one from west to east, one from south to north."""
    towns = [ground for ground in county() if ground.kind == "town"]
    for number, town in enumerate(towns):
        across = tuple((town.west + step / 2, town.south + 7.5) for step in range(town.width * 2 + 1))
        along = tuple((town.west + 16.5, town.south + step / 2) for step in range(town.height * 2 + 1))
        yield Road(f"{town.code}R001", names.ROADS[number * 2], across)
        yield Road(f"{town.code}R002", names.ROADS[number * 2 + 1], along)


def _bent(u: float, v: float) -> tuple[float, float]:
    """Where a point of the sheet lies on the earth. The waves stay flat enough never to fold the sheet."""
    x = u + 3.4 * sin(v / 12 + 0.4) + 0.8 * sin(v / 3.9 + u / 13) + 0.08 * sin(2.1 * v + 1.3 * u)
    y = v + 2.9 * sin(u / 14 + 1.1) + 0.7 * cos(u / 4.1 - v / 11) + 0.08 * cos(1.9 * u - 1.1 * v)
    return round(WEST + x * CELL, 6), round(SOUTH + y * CELL, 6)


def county() -> Iterator[Ground]:
    """All places, outside in: 1 county, 4 towns, 24 communities, 120 grids, 300 courtyards."""
    yield Ground(COUNTY, names.COUNTY, "county", 0, 0, 72, 48)
    for position, (own, name) in enumerate(names.TOWNS):
        yield from _town(Ground(COUNTY + own, name, "town", position % 2 * 36, position // 2 * 24, 36, 24), position)


def _town(town: Ground, number: int) -> Iterator[Ground]:
    yield town
    for position in range(6):
        name = names.COMMUNITIES[number * 6 + position]
        # The national habit: residents' committees 001-199, villagers' committees from 200.
        own = f"{position + 1:03}" if name.endswith("社区") else f"{position + 200:03}"
        west, south = town.west + position % 3 * 12, town.south + position // 3 * 12
        yield from _community(Ground(town.code + own, name, "community", west, south, 12, 12))


def _community(community: Ground) -> Iterator[Ground]:
    yield community
    west, south = community.west, community.south
    rectangles = [(west + n * 4, south, 4) for n in range(3)] + [(west + n * 6, south + 6, 6) for n in range(2)]
    for number, (left, low, width) in enumerate(rectangles, start=1):
        name = f"第{'一二三四五'[number - 1]}网格"
        yield from _grid(Ground(f"{community.code}{number:03}", name, "grid", left, low, width, 6))


def _grid(grid: Ground) -> Iterator[Ground]:
    yield grid
    # Two and three by turns, the turn changing from community to community like a chessboard: 300 in all.
    count = 2 + (int(grid.code[-1]) + grid.west // 12 + grid.south // 12) % 2
    for number in range(1, count + 1):
        height = 6 // count
        name = names.courtyard(grid.code, number)
        south = grid.south + (number - 1) * height
        yield Ground(f"{grid.code}{number:03}", name, "courtyard", grid.west, south, grid.width, height)
