"""Bring in places from a list."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from yiwang.places.lists import COLUMNS, PlaceList, Wanted, Words, counties_of
from yiwang.places.models import Kind, Place
from yiwang.places.queries.plans import forms_now
from yiwang.places.rules.redrawing import common_ground
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import read
from yiwang.plumbing.sheets.report import Report
from yiwang.plumbing.walls.ground import reaches

Progress = Callable[[int, int], None]
"""Told now and then how many of how many lines are done."""

AT_ONCE = 2000
# Enough to see what a list would do; more is told as a number.
SHOWN_CHANGES = 200


def silent(_done: int, _of: int) -> None:
    """For those who do not want to hear how far it is."""


@dataclass(slots=True)
class _Difference:
    """How the wanted places differ from those that are there."""

    new: list[Wanted] = field(default_factory=list)
    changed: list[Wanted] = field(default_factory=list)
    renamed_from_code: int = 0
    conflicts: list[tuple[Wanted, str, str]] = field(default_factory=list)

    @property
    def written(self) -> list[Wanted]:
        return [*self.new, *self.changed]


@transaction.atomic
def import_places(
    path: Path,
    *,
    by: str,
    today: date,
    keep_good: bool = False,
    overwrite: bool = False,
    dry_run: bool = False,
    add_missing_counties: bool = True,
    progress: Progress = silent,
) -> Report:
    """Bring in places from CSV (also .gz) or Excel, under Chinese or English headings.

    Nothing is written while a row is rejected, unless `keep_good`; nor while something present would be replaced
    (another name, kind, day or column), unless `overwrite`: then the report says what would change. Filling a gap,
    also naming a county that was called by its code, replaces nothing. `report.kept` says whether it was written;
    its numbers count lines of the list. Rows without a code are the place of the same name in their parent, or get
    the next free number in it. Refuses a file that is no list.
    """
    lock_the_ground()
    rows = read(path, COLUMNS)
    progress(0, len(rows))
    known = _known(counties_of(rows))
    places = PlaceList(forms_now(), _words(), known, add_counties=add_missing_counties)
    report = Report()
    places.read(rows, report)
    difference = _compare(places, known, report)
    if dry_run or (report.rejections and not keep_good) or (difference.conflicts and not overwrite):
        return report
    for done in _write(difference.written):
        progress(done, len(rows))
    report.kept = True
    if difference.written:
        _record(path, difference.written, report, by=by, today=today)
    progress(len(rows), len(rows))
    return report


def lock_the_ground() -> None:
    """One list or redrawing at a time: two must not give the same number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('yiwang.places'))")


def _words() -> Words:
    return Words(Kind.objects.values_list("code", "name", "name_en"))


def _known(counties: Iterable[str]) -> dict[str, Wanted]:
    columns = ("code", "name", "kind_id", "parent_id", "valid_from", "valid_to", "extra")
    listed = Place.objects.filter(county__in=list(counties)).values_list(*columns)
    return {row[0]: Wanted(0, row[0], row[1], row[2], row[3] or "", *row[4:]) for row in listed.iterator()}


def _compare(places: PlaceList, known: dict[str, Wanted], report: Report) -> _Difference:
    found = _Difference()
    above = [place for code, place in places.above.items() if code not in places.wanted]
    for place in above:
        _compare_above(place, known.get(place.code), found)
    named = sum(place.code not in known and place.name != place.code for place in above)
    by_code = sum(place.code not in known and place.name == place.code for place in above)
    for place in places.wanted.values():
        _compare_one(place, known.get(place.code), found, report)
    for code, number in (
        ("counties_added_under_code", by_code),
        ("places_added_above", named),
        ("places_renamed_from_code", found.renamed_from_code),
    ):
        if number:
            report.notices.append(Refused(code, count=number))
    _tell_conflicts(found, report)
    return found


def _compare_above(place: Wanted, before: Wanted | None, found: _Difference) -> None:
    if before is None:
        found.new.append(place)
    elif not reaches(place.code):
        return  # a town's list may name its county, not rename it
    elif before.name == before.code and place.name != place.code:
        found.changed.append(_merged(place, before))
        found.renamed_from_code += 1
    elif place.name not in (before.name, place.code):
        found.changed.append(_merged(place, before))
        found.conflicts.append((place, before.name, place.name))


def _compare_one(place: Wanted, before: Wanted | None, found: _Difference, report: Report) -> None:
    if before is None:
        found.new.append(place)
        report.added += 1
        return
    after = _merged(place, before)
    if _values(after) == _values(before):
        report.unchanged += 1
        return
    report.changed += 1
    found.changed.append(after)
    if before.name == before.code and after.name != before.name:
        found.renamed_from_code += 1
    found.conflicts += [(place, was, now) for was, now in _replaced(before, after)]


def _merged(place: Wanted, before: Wanted) -> Wanted:
    """The place as it will be: what the list leaves empty stays."""
    return Wanted(
        place.line,
        place.code,
        place.name,
        place.kind,
        place.parent,
        place.valid_from or before.valid_from,
        place.valid_to or before.valid_to,
        {**before.extra, **place.extra},
    )


def _values(place: Wanted) -> tuple[object, ...]:
    return place.name, place.kind, place.valid_from, place.valid_to, dict(place.extra)


def _replaced(before: Wanted, after: Wanted) -> Iterator[tuple[str, str]]:
    if before.name not in (before.code, after.name):
        yield before.name, after.name
    if before.kind != after.kind:
        yield before.kind, after.kind
    for was, now in ((before.valid_from, after.valid_from), (before.valid_to, after.valid_to)):
        if was and was != now:
            yield str(was), str(now)
    for key, text in before.extra.items():
        if after.extra[key] != text:
            yield text, after.extra[key]


def _tell_conflicts(found: _Difference, report: Report) -> None:
    for place, was, now in found.conflicts[:SHOWN_CHANGES]:
        report.notices.append(Refused("place_would_change", line=place.line, place=place.code, was=was, now=now))
    if found.conflicts:
        waiting = len({place.code for place, _, _ in found.conflicts})
        report.notices.append(Refused("changes_wait", count=waiting))


def _write(places: list[Wanted]) -> Iterator[int]:
    # Outer places first: each names the one it lies in.
    ordered = sorted(places, key=lambda place: len(place.code))
    for first in range(0, len(ordered), AT_ONCE):
        some = ordered[first : first + AT_ONCE]
        Place.objects.bulk_create(
            [
                Place(
                    code=p.code, name=p.name, kind_id=p.kind, parent_id=p.parent or None,
                    valid_from=p.valid_from, valid_to=p.valid_to, extra=dict(p.extra),
                )
                for p in some
            ],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "kind", "valid_from", "valid_to", "extra"],
        )  # fmt: skip
        yield first + len(some)


def _record(path: Path, places: list[Wanted], report: Report, *, by: str, today: date) -> None:
    ground = common_ground([p.code for p in places], {p.code[:6] for p in places} | {p.code for p in places})
    note(
        "import_places",
        f"list:{path.name}"[:128],
        by=by,
        ground=ground,
        on=today.isoformat(),
        written=len(places),
        added=report.added,
        changed=report.changed,
        rejected=len(report.rejections),
    )
    touched("places")
