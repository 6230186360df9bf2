"""Take in a list of items: ours, or a city's table of standards."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection, transaction
from django.db.models import Q

from yiwang.catalogue.actions.asking import administers, record, refuse_what_is_no_county
from yiwang.catalogue.actions.columns import HEADING, ITEM_COLUMNS, STANDARD_COLUMNS
from yiwang.catalogue.actions.wanted import ItemRows, Wanted
from yiwang.catalogue.models import Board, Item, ItemVersion
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Row, read
from yiwang.plumbing.sheets.report import Rejection, Report, Unfit

Progress = Callable[[int, int], None]


def silent(_done: int, _of: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class _Known:
    """An item that is there, with what it says now."""

    item: Item
    last: ItemVersion


@dataclass(slots=True)
class _Difference:
    new: list[Wanted] = field(default_factory=list)
    changed: list[tuple[_Known, Wanted]] = field(default_factory=list)


@transaction.atomic
def import_items(
    path: Path, *, by: Person, county: Place | None, today: date, keep_good: bool = False, overwrite: bool = False,
    dry_run: bool = False, progress: Progress = silent,
) -> Report:  # fmt: skip
    """Bring in items from CSV (also .gz) or Excel, for a county or for all, under Chinese or English headings.

    Takes our own list (code, name …) and a city's table of standards (category, sub-category, open and close
    condition, limit), where each open condition of a sub-category becomes an item under it. An item is recognised by
    its code, there by its condition. Nothing is written while a row is rejected, unless `keep_good`; nor while
    present items would say something else, unless `overwrite`: then they get a new version. Refuses ground that `by`
    does not administer, and a file that is no list of items.
    """
    refuse_what_is_no_county(county)
    administers(by, county, today=today)
    return bring_in(
        read(path, (*ITEM_COLUMNS, *STANDARD_COLUMNS)), source=path.name, by=f"person:{by.pk}", county=county,
        today=today, keep_good=keep_good, overwrite=overwrite, dry_run=dry_run, progress=progress,
    )  # fmt: skip


def bring_in(
    rows: list[Row], *, source: str, by: str, county: Place | None, today: date, keep_good: bool = False,
    overwrite: bool = False, dry_run: bool = False, add_only: bool = False, progress: Progress = silent,
) -> Report:  # fmt: skip
    """Bring in items of rows that were read; whoever calls has asked. `add_only` leaves present items as they are."""
    _lock()
    _refuse_another_list(rows)
    progress(0, len(rows))
    report, known = Report(), _known(county)
    wanted = _checked(_wanted(rows, county, known, report), known, report)
    found = _compare(wanted, known, report)
    if add_only:
        report.unchanged, report.changed = report.unchanged + report.changed, 0
        found.changed.clear()
    if found.changed and not overwrite:
        report.notices.append(Refused("items_would_change", count=len(found.changed)))
    if dry_run or (report.rejections and not keep_good) or (found.changed and not overwrite):
        return report
    _write(found, known, county, today)
    report.kept = True
    if found.new or found.changed:
        record(
            "import_items", f"list:{source}"[:128], by=by, ground=county.code if county else WHOLE,
            added=len(found.new), changed=len(found.changed), rejected=len(report.rejections),
        )  # fmt: skip
    progress(len(rows), len(rows))
    return report


def _lock() -> None:
    """One list at a time: two must not bring the same item twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('yiwang.catalogue'))")


def _refuse_another_list(rows: Iterable[Row]) -> None:
    named = {name for row in rows for name in row.cells}
    if rows and not ({"code", "name"} <= named or {"big", "small"} <= named):
        raise Refused("items_list_unknown")


def _known(county: Place | None) -> dict[str, _Known]:
    """The items a list for this county may name; its own hide those of every county."""
    present = (
        ItemVersion.objects.filter(Q(item__county=None) | Q(item__county=county))
        .order_by("item_id", "-number").distinct("item_id").select_related("item", "board")
    )  # fmt: skip
    ordered = sorted(present, key=lambda version: version.item.county_id or "")
    return {version.item.code: _Known(version.item, version) for version in ordered}


def _wanted(rows: list[Row], county: Place | None, known: dict[str, _Known], report: Report) -> dict[str, Wanted]:
    codes = {one.item.pk: code for code, one in known.items()}
    numbered = {(codes.get(one.item.parent_id or 0, ""), one.last.opens_when): code for code, one in known.items()}
    reader = ItemRows(Board.objects.filter(Q(county=None) | Q(county=county)), numbered)
    wanted: dict[str, Wanted] = {}
    for row in rows:
        try:
            *branches, item = reader.read(row)
        except Unfit as unfit:
            report.rejections.append(Rejection(row.line, HEADING[unfit.column], unfit.why))
            continue
        if (twin := wanted.get(item.code)) is not None and twin.line:
            report.reject(row.line, HEADING["code"], "item_twice_in_list", item=item.code, first=twin.line)
            continue
        for branch in branches:
            wanted.setdefault(branch.code, branch)
        wanted[item.code] = item
    return wanted


def _checked(wanted: dict[str, Wanted], known: dict[str, _Known], report: Report) -> list[Wanted]:
    """Those whose branch is there, or comes along; outer branches first."""
    depths: dict[str, int] = {}

    def depth(code: str, below: frozenset[str]) -> int:
        if code in below:
            return -1  # would hang under itself
        if code not in wanted:
            return 0 if code in known else -1
        if code not in depths:
            above = wanted[code].parent
            outer = depth(above, below | {code}) if above else 0
            depths[code] = outer + 1 if outer >= 0 else -1
        return depths[code]

    fit = []
    for item in wanted.values():
        if depth(item.code, frozenset()) > 0:
            fit.append(item)
        else:
            report.reject(item.line, HEADING["parent"], "no_such_item", item=item.parent)
    return sorted(fit, key=lambda item: depths[item.code])


def _compare(wanted: list[Wanted], known: dict[str, _Known], report: Report) -> _Difference:
    found = _Difference()
    for item in wanted:
        before = known.get(item.code)
        if before is None:
            found.new.append(item)
            report.added += bool(item.line)
        elif item.line and before.last.content != item.content:
            found.changed.append((before, item))
            report.changed += 1
        else:
            report.unchanged += bool(item.line)
    return found


def _write(found: _Difference, known: dict[str, _Known], county: Place | None, today: date) -> None:
    boards = {
        board.code: board for board in Board.objects.filter(Q(county=None) | Q(county=county)).order_by("-county_id")
    }
    items = {code: one.item for code, one in known.items()}
    waiting = found.new
    while waiting:
        level = [one for one in waiting if not one.parent or one.parent in items]
        assert level, "every branch is there, or comes along"
        waiting = [one for one in waiting if one not in level]
        made = Item.objects.bulk_create(
            Item(code=one.code, parent=items[one.parent] if one.parent else None, county=county, valid_from=today)
            for one in level
        )
        items |= {item.code: item for item in made}
    first = [(items[one.code], 1, one) for one in found.new]
    further = [(before.item, before.last.number + 1, one) for before, one in found.changed]
    ItemVersion.objects.bulk_create(
        ItemVersion.of(item, one.content, number=number, since=today, board=boards[one.content.board])
        for item, number, one in [*first, *further]
    )
