"""Give items and responsibilities back as the lists in which they come."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from yiwang.catalogue.actions.columns import ITEM_COLUMNS, RESPONSIBILITY_COLUMNS
from yiwang.catalogue.models import Responsibility
from yiwang.catalogue.queries import ItemLine, catalogue, responsibilities_on_ground_of
from yiwang.catalogue.rules import Stage
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.sheets.writing import write


def export_items(path: Path, *, today: date, county: Place | None = None) -> int:
    """Write the items that may be opened in a county (or, without one, those of every county); gives the lines.

    Everybody may read the catalogue, so nobody is asked. Branches come before what hangs under them.
    """
    where = county.code if county else WHOLE
    lines = [line for line in catalogue() if line.is_open(today) and line.holds_in(where)]
    lines.sort(key=lambda line: (len(line.path), line.code))
    return write(path, [column.headings[0] for column in ITEM_COLUMNS], map(_cells, lines))


def _cells(line: ItemLine) -> list[str]:
    said, whole = line.content, catalogue()
    parent = whole.get(line.path[1]) if len(line.path) > 1 else None
    return [
        line.code,
        parent.code if parent else "",
        said.name,
        said.name_en,
        said.board,
        said.level,
        said.urgency,
        "、".join(said.keywords),
        "；".join(said.examples),
        said.opens_when,
        said.closes_when,
        *(said.limits[stage] for stage in Stage),
        str(said.evidence.photos),
        str(said.evidence.within_metres),
        _yes(said.evidence.note),
        _yes(said.evidence.before_and_after),
        _yes(said.on_the_spot),
        said.secrecy,
        said.handlers,
        said.regulators,
    ]


def _yes(is_so: bool) -> str:  # noqa: FBT001 - a cell
    return "是" if is_so else "否"


def export_responsibilities(path: Path, *, by: Person, today: date) -> int:
    """Write the responsibilities on ground that `by` administers, present and future; gives the lines."""
    given = (
        responsibilities_on_ground_of(by, on=today)
        .exclude(until__lte=today)
        .select_related("item", "post__unit")
        .order_by("place_id", "item__code", "since")
    )
    count = write(path, [column.headings[0] for column in RESPONSIBILITY_COLUMNS], _rows(given.iterator()))
    note("export_responsibilities", "responsibilities", by=f"person:{by.pk}", ground=by.ground_id or "", lines=count)
    return count


def _rows(given: Iterator[Responsibility]) -> Iterator[list[str]]:
    for one in given:
        yield [
            one.item.code,
            one.place_id or "",
            one.post.unit.name,
            one.post.title,
            one.since.isoformat(),
            one.until.isoformat() if one.until else "",
        ]
