"""Bring in the cases of another system, with their steps.

A file is taken in batches, each a transaction that also writes down how far it is: killed in the middle and started
again, it goes on there. What a source has brought before (by its own key) stays as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils import timezone

from yiwang.cases.numbers import next_counts
from yiwang.past.actions.copying import Desk, copy_in
from yiwang.past.lists import COLUMNS, PastCase, PastList
from yiwang.past.models import Intake
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.refused import RefusedRows
from yiwang.plumbing.sheets.report import Rejection, Unfit
from yiwang.plumbing.sheets.streaming import Cells, Looked, look, streamed
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

Progress = Callable[[int, int | None], None]
BATCH = 5000
LONGEST_SOURCE = 40
SHOWN = 20
_HERE_ALREADY = "SELECT source_key FROM cases_case WHERE county = ANY(%s) AND source = %s AND source_key = ANY(%s)"


@dataclass(slots=True)
class BroughtIn:
    """What became of a file. `before`: rows that earlier runs had done; `refusals`: the first of this run’s."""

    source: str
    before: int = 0
    added: int = 0
    known: int = 0
    refused: int = 0
    refusals: list[Rejection] = field(default_factory=list)
    refused_in: Path | None = None


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    source: str
    looked: Looked
    headings: list[str]


def silent(_done: int, _of: int | None) -> None:
    """For those who do not want to hear how far it is."""


def import_history(
    path: Path, *, by: str, now: datetime, source: str = "", zone: str = "", datum: str = "wgs84",
    progress: Progress = silent, batch: int = BATCH,
) -> BroughtIn:  # fmt: skip
    """Bring in cases from CSV (also .gz) under Chinese or English headings; not inside a transaction of the caller's.

    `source` names the other system (without one: the file's name); times without an offset are in `zone`, without one
    the installation's. Rows that cannot be taken are counted, the first ones told, and all written to
    FILE.refused.csv with the reason, from where they can be mended and brought in. Refuses a file that is no list.
    """
    source = source or path.name.split(".", 1)[0]
    if len(source) > LONGEST_SOURCE:
        raise Refused("past_source_too_long", most=LONGEST_SOURCE)
    looked = look(path)
    known = PastList(zone=_zone(zone), datum=datum, now=now)
    with streamed(path, COLUMNS, encoding=looked.encoding) as stream:
        file = _File(path, source, looked, stream.headings)
        brought = BroughtIn(source, before=_begun(file))
        refused = RefusedRows(path, stream.headings, resumed_behind=brought.before + 1)
        rows = (cells for cells in stream.rows if cells.line > brought.before + 1)
        while cells := list(islice(rows, batch)):
            _take(file, cells, known, brought, refused, now=now)
            progress(cells[-1].line - 1, max(looked.lines, cells[-1].line - 1))
    if refused.count:
        # Also those that an earlier run refused: they are not in yet.
        brought.refused, brought.refused_in = refused.count, refused.path
    _leave_a_line(brought, path, by=by)
    return brought


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or settings.TIME_ZONE)
    except (ValueError, OSError, KeyError) as broken:
        raise Refused("past_zone_unknown", zone=name[:40]) from broken


def _begun(file: _File) -> int:
    """How many rows of the file are done."""
    with standing_on(EVERYWHERE):
        return Intake.objects.get_or_create(source=file.source, sha256=file.looked.sha256)[0].rows


def _take(
    file: _File, batch: list[Cells], known: PastList, brought: BroughtIn, refused: RefusedRows, *, now: datetime
) -> None:
    """One batch: understood, then written in one transaction together with how far the file is."""
    read: list[PastCase] = []
    rejections: list[tuple[Cells, Rejection]] = []
    for cells in batch:
        try:
            read.append(known.read(cells, len(file.headings)))
        except Unfit as unfit:
            rejections.append((cells, Rejection(cells.line, unfit.column, unfit.why)))
    # Before the commit, so that no refusal is lost; what a killed run wrote too much is taken out when it goes on.
    refused.write(rejections)
    with standing_on(EVERYWHERE):
        added = _write(file, read, now=now, upto=batch[-1].line - 1)
    brought.added += added
    brought.known += len(read) - added
    brought.refused += len(rejections)
    brought.refusals += [rejection for _, rejection in rejections[: max(0, SHOWN - len(brought.refusals))]]


def _write(file: _File, read: list[PastCase], *, now: datetime, upto: int) -> int:
    with connection.cursor() as cursor:
        # Two files of one source at the same time: the second waits for each batch, and then sees it.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"yiwang.past.{file.source}"])
    new = list(_new(file.source, read))
    counts = next_counts(len(new))
    copy_in(zip(new, counts, strict=True), desk=Desk(file.source, timezone.localdate(now), now))
    mine = Intake.objects.get(source=file.source, sha256=file.looked.sha256)
    mine.rows, mine.brought = max(upto, mine.rows), mine.brought + len(new)
    mine.save(update_fields=["rows", "brought", "updated_at"])
    return len(new)


def _new(source: str, read: list[PastCase]) -> Iterator[PastCase]:
    """Those that the source has not brought yet, each key once."""
    with connection.cursor() as cursor:
        counties = list({case.place[:6] for case in read})
        cursor.execute(_HERE_ALREADY, [counties, source, [case.key for case in read]])
        seen = {key for (key,) in cursor.fetchall()}
    for case in read:
        if case.key not in seen:
            seen.add(case.key)
            yield case


def _leave_a_line(brought: BroughtIn, path: Path, *, by: str) -> None:
    with standing_on(EVERYWHERE):
        note(
            "import_cases", f"source:{brought.source}", by=by, file=path.name, added=brought.added,
            known=brought.known, refused=brought.refused,
        )  # fmt: skip
