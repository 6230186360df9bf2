"""Read drawings of boundaries: GeoJSON of every make, county outlines without a type, shapefiles, folders of these.

Large GeoJSON is taken feature by feature, so that a hundred thousand grids never stand in memory as objects.
"""

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.errors import ShapelyError

from yiwang.plumbing.refusals import Refused

if TYPE_CHECKING:
    from pyproj import Transformer

_CODES = ("code", "区划代码", "place_code", "adcode", "代码", "xzqdm", "id")
_NAMES = ("name", "名称", "xzqmc")
_JSON = (".geojson", ".json")
_SHAPEFILE = (".shp", ".zip")
_FEATURES = re.compile(r'\s*\{[^\[\]]*?"features"\s*:\s*\[')
_GAP = re.compile(r"[\s,]*")
_AT_ONCE = 2000
_SHAPEFILE_BEGINS = b"\x00\x00\x27\x0a"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One shape as it came: its number in the file (1 is the first), whose it is, None where it cannot be read."""

    number: int
    file: str
    code: str
    name: str
    shape: Any


def drawings(path: Path) -> Iterator[Drawing]:
    """Every shape in a file or folder, in longitude and latitude of the datum it was drawn in.

    Refuses what is no file of boundaries.
    """
    if not path.exists():
        raise Refused("boundary_file_missing", file=path.name)
    if not path.is_dir():
        yield from _one_file(path)
        return
    for file in sorted(path.iterdir()):
        if file.suffix.lower() in (*_JSON, *_SHAPEFILE):
            yield from _one_file(file)


def _one_file(path: Path) -> Iterator[Drawing]:
    if path.suffix.lower() in _SHAPEFILE:
        return _shapefile(path)
    if path.suffix.lower() in _JSON:
        return _geojson(path)
    raise Refused("boundary_file_unreadable", file=path.name)


def _geojson(path: Path) -> Iterator[Drawing]:
    try:
        for number, feature in enumerate(_features(path.read_text(encoding="utf-8-sig")), start=1):
            code, name = _whose(feature)
            yield Drawing(number, path.name, code or (path.stem if number == 1 else ""), name, _shape(feature))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as broken:
        raise Refused("boundary_file_unreadable", file=path.name) from broken


def _features(text: str) -> Iterator[dict[str, Any]]:
    start = _FEATURES.match(text)
    if not start:
        whole = json.loads(text)
        listed = whole.get("features", [whole]) if isinstance(whole, dict) else whole
        yield from (f if isinstance(f, dict) else {} for f in (listed if isinstance(listed, list) else [listed]))
        return
    decoder = json.JSONDecoder()
    at = _after_gap(text, start.end())
    while text[at : at + 1] != "]":
        feature, at = decoder.raw_decode(text, at)
        yield feature if isinstance(feature, dict) else {}
        at = _after_gap(text, at)


def _after_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    assert gap is not None
    return gap.end()


def _whose(feature: dict[str, Any]) -> tuple[str, str]:
    properties = feature.get("properties")
    said = {**feature, **(properties if isinstance(properties, dict) else {})}
    return _said(said, _CODES), _said(said, _NAMES)


def _said(properties: dict[str, Any], names: tuple[str, ...]) -> str:
    folded = {str(key).casefold(): value for key, value in properties.items()}
    values = (_text(folded.get(name)) for name in names)
    return next((value for value in values if value), "")


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # tables of shapefiles keep codes as numbers
    return str(value).strip() if isinstance(value, str | int) else ""


def _shape(feature: dict[str, Any]) -> Any:
    geometry = feature.get("geometry", feature)
    if not isinstance(geometry, dict):
        return None
    kind = geometry.get("type") or _kind_by_depth(geometry.get("coordinates"))
    try:
        return shapely.force_2d(shapely.geometry.shape({**geometry, "type": kind}))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None


def _kind_by_depth(coordinates: object) -> str:
    """A bare object without a type: what it is can only be told by how deep its numbers lie."""
    depth = 0
    while isinstance(coordinates, list) and coordinates:
        coordinates, depth = coordinates[0], depth + 1
    return {2: "LineString", 3: "Polygon", 4: "MultiPolygon"}.get(depth, "")


def _shapefile(path: Path) -> Iterator[Drawing]:
    # GDAL and PROJ come with them: 50 MB in every web process, for a list that is read once a year.
    import pyogrio  # noqa: PLC0415
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        for source in _true_shapefiles(path):
            info = pyogrio.read_info(source)
            turn = into_degrees(info["crs"])
            for first in range(0, info["features"], _AT_ONCE):
                yield from _part_of_shapefile(path, source, first, turn, pyogrio.raw.read)
    except (DataSourceError, DataLayerError, CRSError, UnicodeDecodeError, OSError, zipfile.BadZipFile) as broken:
        raise Refused("boundary_file_unreadable", file=path.name) from broken


def _true_shapefiles(path: Path) -> list[str]:
    """What GDAL is to open. It knows formats that name other files and addresses: only true shapefiles reach it."""
    if path.suffix.lower() != ".zip":
        with path.open("rb") as file:
            begins = {str(path): file.read(4)}
    else:
        with zipfile.ZipFile(path) as packed:
            inner = sorted(name for name in packed.namelist() if name.lower().endswith(".shp"))
            begins = {f"/vsizip/{path}/{name}": packed.read(name)[:4] for name in inner}
    if not begins or set(begins.values()) != {_SHAPEFILE_BEGINS}:
        raise Refused("boundary_file_unreadable", file=path.name)
    return list(begins)


def _part_of_shapefile(
    path: Path, source: str, first: int, turn: "Transformer | None", read: Callable[..., Any]
) -> Iterator[Drawing]:
    encoding = None if _says_its_encoding(path) else "gb18030"
    meta, _, shapes, columns = read(source, skip_features=first, max_features=_AT_ONCE, encoding=encoding)
    names = [str(name) for name in meta["fields"]]
    for row, well_known in enumerate(shapes):
        said = {name: column[row] for name, column in zip(names, columns, strict=True)}
        said = {name: v.item() if isinstance(v, np.generic) else v for name, v in said.items()}
        number = first + row + 1
        code = _said(said, _CODES) or (Path(source).stem if number == 1 else "")
        yield Drawing(number, Path(source).name, code, _said(said, _NAMES), _from_wkb(well_known, turn))


def _from_wkb(well_known: object, turn: "Transformer | None") -> Any:
    shape = shapely.force_2d(shapely.from_wkb(well_known, on_invalid="ignore"))
    if shape is None or turn is None:
        return shape
    return shapely.transform(shape, lambda p: np.column_stack(turn.transform(p[:, 0], p[:, 1])))


def _says_its_encoding(path: Path) -> bool:
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as packed:
            return any(name.lower().endswith(".cpg") for name in packed.namelist())
    return any(path.with_suffix(suffix).exists() for suffix in (".cpg", ".CPG"))


def into_degrees(system: str | None) -> "Transformer | None":
    """From the metres of a projected drawing (Gauss-Krüger, say) to longitude and latitude of the same datum."""
    from pyproj import CRS, Transformer  # noqa: PLC0415 - as above

    projected = CRS.from_user_input(system) if system else None
    if projected is None or not projected.is_projected or projected.geodetic_crs is None:
        return None
    return Transformer.from_crs(projected, projected.geodetic_crs, always_xy=True)
