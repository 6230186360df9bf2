"""How far two points of the Earth lie from each other."""

from functools import cache
from typing import Any


def metres_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """The way between two WGS 84 points (degrees) over the ellipsoid, in metres (Karney's method, by PROJ)."""
    return float(_earth().inv(lon, lat, other_lon, other_lat)[2])


@cache
def _earth() -> Any:
    # PROJ holds 14 MB: a web process takes it up with the first distance it is asked for.
    from pyproj import Geod  # noqa: PLC0415

    return Geod(ellps="WGS84")
