"""WGS 84, and the two shifted datums that Chinese maps use: GCJ-02 (state) and BD-09 (Baidu).

The formulas are the published approximation that all map services answer to; a shift is at most about a kilometre.
Both are defined from WGS 84 outwards. The way back is found by iteration until it stands still (below a
millimetre), because the usual one-step inverse is metres wrong.
"""

import math
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Coordinates = NDArray[np.float64]
"""Longitude and latitude in degrees, one pair a row."""


class Datum(StrEnum):
    """In which datum coordinates come or are wanted."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


# China's bounding box, in WGS 84: outside, the shifted datums are the same as WGS 84.
WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
_AXIS = 6_378_245.0  # Krasovsky 1940, metres
_FLAT = 0.00669342162296594323
_BAIDU = math.pi * 3000 / 180
# Each round leaves less than a hundredth of the error, so 1 km is below 10 nm after six.
_ROUNDS = 8
# Degrees; more than any shift, so that what was in the box before it is not missed.
_MARGIN = 0.1

# WGS 84, for areas
_A = 6_378_137.0
_E = math.sqrt(6.69437999014e-3)


def convert(longitude: float, latitude: float, *, of: str, to: str) -> tuple[float, float]:
    """One point (degrees) of one datum in another. Back and forth stays within a millimetre."""
    if of == to:
        return longitude, latitude
    x, y = _back(longitude, latitude, of, math) if of != Datum.WGS84 else (longitude, latitude)
    return _forth(x, y, to, math) if to != Datum.WGS84 and _in_china(x, y) else (x, y)


def convert_all(points: Coordinates, *, of: str, to: str) -> Coordinates:
    """Many points at once (shape n × 2, degrees) of one datum in another."""
    if of == to:
        return points
    x, y = points[:, 0], points[:, 1]
    if of != Datum.WGS84:
        x, y = _back_all(x, y, of)
    if to != Datum.WGS84:
        there = _forth(x, y, to, np)
        inside = _in_china(x, y)
        x, y = np.where(inside, there[0], x), np.where(inside, there[1], y)
    return np.column_stack([x, y])


def equal_area(points: Coordinates) -> Coordinates:
    """Longitude and latitude laid out so that a plane area is the true one, in square metres.

    Lambert's cylindrical projection of the WGS 84 ellipsoid (Snyder 1987, eq. 10-1 and 3-12). Edges are taken as
    straight in longitude and latitude, as RFC 7946 says; for edges of a kilometre the area is right to 1e-7.
    """
    latitude = np.radians(points[:, 1])
    e_sin = _E * np.sin(latitude)
    q = (1 - _E**2) * (np.sin(latitude) / (1 - e_sin**2) + np.arctanh(e_sin) / _E)
    return np.column_stack([np.radians(points[:, 0]) * _A, q * _A / 2])


def is_in_china(longitude: float, latitude: float) -> bool:
    """Whether a WGS 84 point lies in China's bounding box."""
    return bool(_in_china(longitude, latitude))


# The formulas are written once; `m` is math for one point, numpy for many.


def _in_china(x: Any, y: Any) -> Any:
    return (x > WEST) & (x < EAST) & (y > SOUTH) & (y < NORTH)


def _near_china(x: Any, y: Any) -> Any:
    return (x > WEST - _MARGIN) & (x < EAST + _MARGIN) & (y > SOUTH - _MARGIN) & (y < NORTH + _MARGIN)


def _forth(x: Any, y: Any, to: str, m: Any) -> tuple[Any, Any]:
    east, north = _gcj_shift(x, y, m)
    x, y = x + east, y + north
    return _baidu(x, y, m) if to == Datum.BD09 else (x, y)


def _back(x: float, y: float, of: str, m: Any) -> tuple[float, float]:
    found = _iterate(x, y, of, m) if _near_china(x, y) else (x, y)
    return found if _in_china(*found) else (x, y)


def _back_all(x: Any, y: Any, of: str) -> tuple[Any, Any]:
    near = _near_china(x, y)
    # Far away the formulas run wild: those points go through from a place where they do not, and are put back.
    found = _iterate(np.where(near, x, 105.0), np.where(near, y, 35.0), of, np)
    inside = near & _in_china(*found)
    return np.where(inside, found[0], x), np.where(inside, found[1], y)


def _iterate(x: Any, y: Any, of: str, m: Any) -> tuple[Any, Any]:
    at_x, at_y = x, y
    for _ in range(_ROUNDS):
        there_x, there_y = _forth(at_x, at_y, of, m)
        at_x, at_y = at_x - (there_x - x), at_y - (there_y - y)
    return at_x, at_y


def _gcj_shift(longitude: Any, latitude: Any, m: Any) -> tuple[Any, Any]:
    x, y, pi = longitude - 105.0, latitude - 35.0, math.pi
    root, wave = m.sqrt(m.fabs(x)), 20.0 * m.sin(6.0 * pi * x) + 20.0 * m.sin(2.0 * pi * x)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave * 2.0 / 3.0
    east += (20.0 * m.sin(pi * x) + 40.0 * m.sin(pi / 3.0 * x)) * 2.0 / 3.0
    east += (150.0 * m.sin(pi / 12.0 * x) + 300.0 * m.sin(pi / 30.0 * x)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave * 2.0 / 3.0
    north += (20.0 * m.sin(pi * y) + 40.0 * m.sin(pi / 3.0 * y)) * 2.0 / 3.0
    north += (160.0 * m.sin(pi / 12.0 * y) + 320.0 * m.sin(pi / 30.0 * y)) * 2.0 / 3.0
    sine = m.sin(latitude * pi / 180.0)
    bulge = 1.0 - _FLAT * sine * sine
    per_north = _AXIS * (1.0 - _FLAT) / (bulge * m.sqrt(bulge)) * pi / 180.0
    per_east = _AXIS / m.sqrt(bulge) * m.cos(latitude * pi / 180.0) * pi / 180.0
    return east / per_east, north / per_north


def _baidu(x: Any, y: Any, m: Any) -> tuple[Any, Any]:
    far = m.sqrt(x * x + y * y) + 0.00002 * m.sin(y * _BAIDU)
    turn = m.atan2(y, x) + 0.000003 * m.cos(x * _BAIDU)
    return far * m.cos(turn) + 0.0065, far * m.sin(turn) + 0.006
