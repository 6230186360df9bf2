"""Makers of places, lists and drawings; nothing here is random unless a seed is given."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.db import connection
from numpy.typing import NDArray
from shapely.geometry import mapping

from yiwang.places.models import Boundary, Kind, Place
from yiwang.places.rules.shapes import array_of, square_metres
from yiwang.plumbing.sheets.writing import write

TODAY = date(2026, 3, 1)
SHARED = Path(__file__).parents[4] / "shared" / "data"
COUNTY, TOWN, COMMUNITY, GRID = "990101", "990101001", "990101001001", "990101001001001"
SIZE = 0.002
"""Width and height of a tile in degrees: about 200 m."""


def shared(name: str) -> Path:
    """A file of the real data; skips where it is missing."""
    if not (SHARED / name).exists():
        pytest.skip(f"the real data is not here: {SHARED / name}")
    return SHARED / name


def make_place(code: str, name: str = "", kind: str = "", **values: Any) -> Place:
    """A place under the longest place whose code begins its own; its kind as the length of its code says."""
    kind = kind or {6: "county", 9: "town", 12: "community", 15: "grid", 18: "courtyard"}[len(code)]
    # Tests that really commit sweep the ready-made kinds away.
    Kind.objects.get_or_create(code=kind, defaults={"name": kind, "rank": len(code) // 3, "own_part": r"\d{3}"})
    parent = Place.objects.filter(code__in=[code[:n] for n in range(1, len(code))]).order_by("-code").first()
    place: Place = Place.objects.create(
        code=code, name=name or f"地{code[-3:]}", kind_id=kind, parent=parent, **values
    )
    return place


def make_ground(*codes: str) -> None:
    """County, town and community of the tests, and what else is named."""
    for code in (COUNTY, TOWN, COMMUNITY, *codes):
        make_place(code)


def make_boundary(code: str, shape: Any, **values: Any) -> Boundary:
    (metres,) = square_metres(array_of([shape]))
    return Boundary.objects.create(place_id=code, shape=shape.wkb, square_metres=metres, **values)


def box(column: float, row: float, width: float = 1, height: float = 1) -> Any:
    """A rectangle in tiles from 106° E, 32° N on."""
    west, south = 106 + column * SIZE, 32 + row * SIZE
    return shapely.box(west, south, west + width * SIZE, south + height * SIZE)


def make_list(path: Path, headings: Sequence[str], *rows: Sequence[str]) -> Path:
    write(path, headings, rows)
    return path


def make_drawing(path: Path, shapes: dict[str, Any], **properties: str) -> Path:
    """A GeoJSON file of these shapes by place code."""
    features = [
        {"type": "Feature", "properties": {"code": code, **properties}, "geometry": mapping(shape)}
        for code, shape in shapes.items()
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def tiles(columns: int, rows: int, vertices: int, *, seed: int = 1) -> list[Any]:
    """Neighbouring wavy tiles of so many vertices each that share their borders exactly, row by row."""
    waves = np.random.default_rng(seed)
    steps = np.linspace(0, 1, vertices // 4 + 1)
    taper = np.sin(steps * np.pi)

    def wave() -> NDArray[np.float64]:
        return np.asarray(waves.uniform(-0.1, 0.1, len(steps)) * taper * SIZE)

    along = {
        (c, r): np.column_stack([106 + (c + steps) * SIZE, 32 + r * SIZE + wave()])
        for r in range(rows + 1)
        for c in range(columns)
    }
    up = {
        (c, r): np.column_stack([106 + c * SIZE + wave(), 32 + (r + steps) * SIZE])
        for r in range(rows)
        for c in range(columns + 1)
    }
    return [
        shapely.Polygon(_ring(along[c, r], up[c + 1, r], along[c, r + 1][::-1], up[c, r][::-1]))
        for r in range(rows)
        for c in range(columns)
    ]


def _ring(*sides: NDArray[np.float64]) -> NDArray[np.float64]:
    # Corners come out of two sums; one of them must hold for both sides.
    return np.concatenate([side[:-1] for side in sides])


def codes_of(numbers: Iterable[int], parent: str = COMMUNITY) -> list[str]:
    return [f"{parent}{number:03d}" for number in numbers]


def empty_the_ground() -> None:
    """Take all places and boundaries away, as no act can."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM places_boundary; DELETE FROM places_place")
