"""Give back what came in: places as a list, boundaries as GeoJSON."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping

from yiwang.places.lists import HEADING
from yiwang.places.models import Boundary, Kind, Place
from yiwang.places.rules.coordinates import Datum, convert_all
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.writing import write

_OURS = ("code", "name", "kind", "parent", "valid_from", "valid_to")
# Nine digits are a tenth of a millimetre: what goes out and comes in again has not moved.
_DIGITS = 9


def export_places(path: Path, ground: str = "") -> int:
    """Write all places inside a ground (empty: all), also those that ended, as CSV or Excel; gives their number.

    Columns of the imported list that the platform has no word for come back under their own headings.
    """
    places = Place.objects.filter(code__startswith=ground).order_by("code")
    kinds = dict(Kind.objects.values_list("code", "name"))
    others = sorted({key for extra in places.values_list("extra", flat=True).iterator() for key in extra})
    headings = [*(HEADING[column] for column in _OURS), *others]
    return write(path, headings, (_row(place, kinds, others) for place in places.iterator(chunk_size=5000)))


def _row(place: Place, kinds: dict[str, str], others: list[str]) -> list[str]:
    days = [_day(place.valid_from), _day(place.valid_to)]
    ours = [place.code, place.name, kinds[place.kind_id], place.parent_id or "", *days]
    return [*ours, *(str(place.extra.get(key, "")) for key in others)]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def export_boundaries(path: Path, ground: str = "", datum: str = "wgs84") -> int:
    """Write the present boundaries inside a ground as GeoJSON in the given datum; gives their number.

    Refuses an unknown datum.
    """
    if datum not in set(Datum):
        raise Refused("boundary_datum_unknown", datum=datum)
    written = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        for written, feature in enumerate(_features(ground, datum), start=1):
            file.write(",\n" if written > 1 else "\n")
            json.dump(feature, file, ensure_ascii=False)
        file.write("\n]}\n")
    return written


def _features(ground: str, datum: str) -> Iterator[dict[str, Any]]:
    present = Boundary.objects.filter(place__code__startswith=ground, valid_to=None).order_by("place_id")
    columns = ("place_id", "place__name", "place__kind_id", "shape")
    for code, name, kind, shape in present.values_list(*columns).iterator(chunk_size=2000):
        turned = shapely.transform(
            shapely.from_wkb(bytes(shape)), lambda p: convert_all(p, of=Datum.WGS84, to=datum).round(_DIGITS)
        )
        properties = {"code": code, "name": name, "kind": kind}
        yield {"type": "Feature", "properties": properties, "geometry": mapping(turned)}
