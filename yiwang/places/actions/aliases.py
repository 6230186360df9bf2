"""What people call a place besides its name: said one by one, or brought in as a list."""

from pathlib import Path

from django.db import transaction

from yiwang.places.models import Alias, Place
from yiwang.places.rules.codes import LONGEST_NAME, is_damaged
from yiwang.places.rules.redrawing import common_ground
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Column, Row, read
from yiwang.plumbing.sheets.report import Rejection, Report, Unfit, in_column
from yiwang.plumbing.walls.ground import reaches

ALIAS_COLUMNS = (
    Column("name", ("俗名", "地标", "name"), required=True),
    Column("place", ("区划代码", "代码", "place code"), required=True),
)
_HEADING = {column.name: column.headings[0] for column in ALIAS_COLUMNS}


@transaction.atomic
def call_place(name: str, *, place: str, by: str) -> Alias:
    """Let a name (a landmark's, say) stand for a place (its code) in what people tell; harmless when said twice.

    Refuses a name of less than two characters, too long or damaged, and a place that is not there or on other ground.
    """
    alias, new = _called(name, place)
    if new:
        _note("call_place", alias, by=by)
    return alias


@transaction.atomic
def call_no_longer(alias: Alias, *, by: str) -> None:
    """Let a name stand for a place no longer. Refuses one of other ground."""
    if not reaches(alias.place_id):
        raise Refused("place_not_your_ground", place=alias.place_id)
    if Alias.objects.filter(pk=alias.pk).delete()[0]:
        _note("call_no_longer", alias, by=by)


@transaction.atomic
def import_aliases(path: Path, *, by: str, keep_good: bool = False, dry_run: bool = False) -> Report:
    """Bring in names people use, from CSV or Excel: the name and the code of the innermost place in which it lies.

    With one bad row nothing is kept, unless `keep_good`; with `dry_run` nothing is. Nothing is ever replaced: a name
    may stand for several places.
    """
    report, named = Report(), set[str]()
    for row in read(path, ALIAS_COLUMNS):
        try:
            named.add(_take(row, report))
        except Unfit as wrong:
            report.rejections.append(Rejection(row.line, _HEADING[wrong.column], wrong.why))
    report.kept = not dry_run and (keep_good or not report.rejections)
    if not report.kept:
        transaction.set_rollback(True)
    elif report.added:
        ground = common_ground(named, {code[:6] for code in named} | set(named))
        note("import_aliases", f"list:{path.name}"[:128], by=by, ground=ground, added=report.added)
        touched("places")
    return report


def _take(row: Row, report: Report) -> str:
    with in_column("name"):
        _refuse_unfit(row["name"].strip())
    with in_column("place"):
        alias, new = _called(row["name"], row["place"])
    report.added += new
    report.unchanged += not new
    return alias.place_id


def _called(name: str, place: str) -> tuple[Alias, bool]:
    name, place = name.strip(), place.strip()
    _refuse_unfit(name)
    # No lock beyond the unique constraint: two who say the same at once are both right.
    if not Place.objects.filter(code=place, valid_to=None).exists():
        raise Refused("boundary_place_unknown", place=place)
    if not reaches(place):
        raise Refused("place_not_your_ground", place=place)
    return Alias.objects.get_or_create(name=name, place_id=place)


def _refuse_unfit(name: str) -> None:
    if len(name) < 2:
        raise Refused("alias_too_short", name=name)
    if len(name) > LONGEST_NAME:
        raise Refused("place_name_too_long", length=len(name))
    if is_damaged(name):
        raise Refused("place_name_damaged", name=name)


def _note(act: str, alias: Alias, *, by: str) -> None:
    note(act, f"place:{alias.place_id}", by=by, ground=alias.place_id, name=alias.name)
    touched("places")
