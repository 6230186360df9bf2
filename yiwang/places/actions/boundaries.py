"""Bring in boundaries from drawings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import shapely
from django.db import transaction

from yiwang.places.actions.imports import AT_ONCE, Progress, lock_the_ground, silent
from yiwang.places.drawings import Drawing, drawings
from yiwang.places.models import Boundary, Place
from yiwang.places.queries.plans import forms_now
from yiwang.places.rules.codes import Forms, is_damaged, plain
from yiwang.places.rules.coordinates import Datum, convert_all
from yiwang.places.rules.faults import Fault
from yiwang.places.rules.redrawing import common_ground
from yiwang.places.rules.shapes import array_of, is_same, judge, square_metres
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.report import Report
from yiwang.plumbing.walls.ground import reaches


@dataclass(slots=True)
class _Reading:
    """What has been seen of the file so far."""

    forms: Forms
    datum: str
    today: date
    report: Report = field(default_factory=Report)
    # Place code → number of its drawing
    seen: dict[str, int] = field(default_factory=dict)
    written: int = 0
    replaced: int = 0
    counties: int = 0

    def reject(self, drawing: Drawing, fault: Fault) -> None:
        column = "code" if fault.code in _ABOUT_CODES else "geometry"
        self.report.reject(drawing.number, f"{drawing.file}: {column}", fault.code, **fault.figures)


_ABOUT_CODES = frozenset(
    {
        "boundary_code_missing",
        "boundary_place_unknown",
        "boundary_place_ended",
        "boundary_twice",
        "place_not_your_ground",
    }
)


@transaction.atomic
def import_boundaries(
    path: Path,
    *,
    datum: str,
    by: str,
    today: date,
    keep_good: bool = False,
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Report:
    """Bring in boundaries from GeoJSON, bare county outlines (.json), shapefiles (also zipped) or a folder of these.

    Coordinates come in the given datum and are kept in WGS 84. Areas need polygons, roads lines. A place that is
    not known is rejected, except a county that the file names. Nothing is written while a shape is rejected,
    unless `keep_good`; nor while a different boundary would be replaced, unless `overwrite`. The replaced one stays,
    valid up to `today`. In the report "line" is the number of the shape in its file. Refuses a file that cannot be
    read, and an unknown datum.
    """
    if datum not in set(Datum):
        raise Refused("boundary_datum_unknown", datum=datum)
    lock_the_ground()
    reading = _Reading(forms_now(), datum, today)
    report = reading.report
    # Large files go by once: they are written on trial, and taken back if something stands against it.
    with transaction.atomic():
        _take_in(path, reading, progress)
        report.kept = not (dry_run or (report.rejections and not keep_good) or (reading.replaced and not overwrite))
        transaction.set_rollback(not report.kept)
    if reading.replaced and not overwrite:
        report.notices.append(Refused("boundaries_wait", count=reading.replaced))
    if report.kept and (reading.written or reading.counties):
        _record(path, reading, by=by)
    return report


def _take_in(path: Path, reading: _Reading, progress: Progress) -> None:
    coming = drawings(path)
    done = 0
    while some := list(islice(coming, AT_ONCE)):
        sound = _sound(some, reading)
        _write(sound, reading)
        done += len(some)
        progress(done, 0)


def _sound(some: list[Drawing], reading: _Reading) -> list[tuple[Place, Any]]:
    """The shapes of these drawings that can be boundaries, with their places."""
    named = _with_places(some, reading)
    lines = [reading.forms.by_kind[place.kind_id].is_line for _, place in named]
    shapes = array_of([drawing.shape for drawing, _ in named])
    verdicts = judge(shapes, lines) if named else []
    good = []
    for (drawing, place), verdict in zip(named, verdicts, strict=True):
        if isinstance(verdict, Fault):
            reading.reject(drawing, verdict)
        else:
            good.append((place, verdict))
    if reading.datum == Datum.WGS84 or not good:
        return good
    turned = shapely.transform(
        array_of([shape for _, shape in good]), lambda p: convert_all(p, of=reading.datum, to=Datum.WGS84)
    )
    return list(zip([place for place, _ in good], turned, strict=True))


def _with_places(some: list[Drawing], reading: _Reading) -> list[tuple[Drawing, Place]]:
    places = Place.objects.in_bulk({plain(drawing.code) for drawing in some})
    found = []
    for drawing in some:
        code = plain(drawing.code)
        fault = _code_fault(drawing, code, reading)
        place = None if fault else (places.get(code) or _new_county(drawing, code, reading))
        if place and place.valid_to and place.valid_to <= reading.today:
            place, fault = None, Fault("boundary_place_ended", {"place": code})
        if place is None:
            reading.reject(drawing, fault or Fault("boundary_place_unknown", {"place": code}))
            continue
        reading.seen[code] = drawing.number
        found.append((drawing, place))
    return found


def _code_fault(drawing: Drawing, code: str, reading: _Reading) -> Fault | None:
    if not code:
        return Fault("boundary_code_missing")
    if code in reading.seen:
        return Fault("boundary_twice", {"place": code, "first": reading.seen[code]})
    if not reaches(code):
        return Fault("place_not_your_ground", {"place": code})
    return Fault("boundary_unreadable") if drawing.shape is None else None


def _new_county(drawing: Drawing, code: str, reading: _Reading) -> Place | None:
    kind = next((k for k in reading.forms.kinds_of(code) if not reading.forms.by_kind[k].parents), None)
    if kind is None or not drawing.name or is_damaged(drawing.name):
        return None
    reading.counties += 1
    reading.report.notices.append(Refused("place_added_from_boundary", place=code, name=drawing.name))
    return Place.objects.create(code=code, name=drawing.name[:100], kind_id=kind)


def _write(sound: list[tuple[Place, Any]], reading: _Reading) -> None:
    present = Boundary.objects.filter(place__in=[place for place, _ in sound], valid_to=None)
    before = dict(present.values_list("place_id", "shape"))
    fresh = list(_different(sound, before, reading))
    replaced = [place.pk for place, _ in fresh if place.pk in before]
    Boundary.objects.filter(place__in=replaced, valid_to=None).update(valid_to=reading.today)
    Boundary.objects.bulk_create(new_boundaries(fresh, came_in=reading.datum, since=None, replaced=replaced,
                                                today=reading.today))  # fmt: skip
    reading.written += len(fresh)
    reading.replaced += len(replaced)


def _different(
    sound: list[tuple[Place, Any]], before: dict[str, Any], reading: _Reading
) -> Iterator[tuple[Place, Any]]:
    for place, shape in sound:
        old = before.get(place.pk)
        if old is None:
            reading.report.added += 1
        elif is_same(shapely.from_wkb(bytes(old)), shape):
            reading.report.unchanged += 1
            continue
        else:
            reading.report.changed += 1
        yield place, shape


def new_boundaries(
    drawn: list[tuple[Place, Any]], *, came_in: str, since: date | None, today: date, replaced: list[str]
) -> list[Boundary]:
    """Rows for these shapes. A place's first boundary holds since `since` (None: always), a new one since today."""
    shapes = array_of([shape for _, shape in drawn])
    later = set(replaced)
    return [
        Boundary(
            place=place,
            shape=well_known,
            came_in=came_in,
            square_metres=metres,
            valid_from=today if place.pk in later else since,
        )
        for (place, _), well_known, metres in zip(
            drawn, shapely.to_wkb(shapes).tolist(), square_metres(shapes).tolist(), strict=True
        )
    ]


def _record(path: Path, reading: _Reading, *, by: str) -> None:
    codes = list(reading.seen)
    note(
        "import_boundaries",
        f"file:{path.name}"[:128],
        by=by,
        ground=common_ground(codes, {*codes, *(code[:6] for code in codes)}),
        datum=reading.datum,
        on=reading.today.isoformat(),
        added=reading.report.added,
        replaced=reading.replaced,
        rejected=len(reading.report.rejections),
    )
    if reading.counties:
        touched("places")
    touched("boundaries")
