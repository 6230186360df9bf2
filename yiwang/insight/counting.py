"""Let the roll-ups say of some cases what holds now: what they had added goes, what they add now comes.

In four statements however many cases: what was kept of them is taken out and told by that, the cases as they stand
are copied in, and each sum that changes is changed once, in one order, so that two who count never wait for each
other crosswise. Whoever calls sees to it that nobody else counts the same cases (`actions`).
"""

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import orjson
from django.db import connection
from django.utils import timezone

from yiwang.cases.rules import county_of
from yiwang.insight.matters import KEPT, read
from yiwang.insight.models import BECAME, MEASURES
from yiwang.insight.rules import marks, outcomes
from yiwang.insight.rules.abacus import Abacus
from yiwang.insight.rules.marks import Added, Mark, Where, add
from yiwang.insight.rules.outcomes import At, Summed, sum_up
from yiwang.plumbing.walls.ground import past_the_wall

_TAKE_OUT = """
DELETE FROM insight_counted WHERE number = ANY(%s::bigint[]) AND county = ANY(%s)
RETURNING place, board, item, marks::text, opened_at, outcome::text
"""
_KEEP = f"COPY insight_counted ({', '.join(KEPT)}) FROM STDIN"
_OF_TALLIES = ("facet", "place", "day", "key")
_OF_OUTCOMES = ("place", "month", "item", "unit")
_TYPES = {"facet": "text", "place": "text", "day": "date", "month": "date"}


def _adding(table: str, key: Sequence[str], sums: Sequence[str]) -> str:
    """Add to the rows of these keys, each column given as one array; make those that are not there."""
    names = ", ".join((*key, *sums))
    arrays = ", ".join(f"%s::{_TYPES.get(name, 'bigint')}[]" for name in (*key, *sums))
    return f"""
    INSERT INTO {table} (county, {names}) SELECT left(place, 6), {names} FROM unnest({arrays}) AS added ({names})
    ON CONFLICT (county, {", ".join(key)}) DO UPDATE
    SET {", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)}
    """  # noqa: S608 - names of our own


_ADD = _adding("insight_tally", _OF_TALLIES, MEASURES)
_SUM_UP = _adding("insight_outcome", _OF_OUTCOMES, BECAME)


def count(numbers: Collection[int]) -> None:
    """Let the roll-ups say of these cases what holds now. Stands everywhere, in the caller's transaction."""
    if not numbers:
        return
    added: Added = {}
    summed: Summed = {}
    lines = []
    with _nothing_swept():
        _take_out(numbers, added, summed)
        for one in read(numbers):
            add(added, one.marks, one.where)
            sum_up(summed, one.outcome, at(one.where, one.opened_at))
            lines.append(one.line)
        _keep(lines)
        _write(_ADD, added, marks.SUMS)
        _write(_SUM_UP, summed, outcomes.SUMS)


@contextmanager
def _nothing_swept() -> Iterator[None]:
    """Let Python not look for cycles meanwhile: what is made here has none, and looking took a third of the time."""
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def at(where: Where, opened_at: datetime) -> At:
    """Where the outcome of a case that was received then is summed."""
    return At(where.place, timezone.localdate(opened_at).replace(day=1), where.item)


def _take_out(numbers: Collection[int], added: Added, summed: Summed) -> None:
    """What is kept of these cases goes, and with it what they had added."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_OUT, [_array(numbers), sorted({county_of(number) for number in numbers})])
        for place, board, item, kept, opened_at, outcome in cursor.fetchall():
            where = Where(place, board, item)
            add(added, map(Mark.unpacked, orjson.loads(kept)), where, times=-1)
            became = {int(unit): counts for unit, counts in orjson.loads(outcome).items()}
            sum_up(summed, became, at(where, opened_at), times=-1)


def _keep(lines: list[str]) -> None:
    if lines:
        with past_the_wall(), connection.cursor() as cursor, cursor.copy(_KEEP) as copy:
            copy.write("".join(lines))


def _write(statement: str, sums: Mapping[Any, int], abacus: Abacus) -> None:
    rows = sorted(row for row in sums.items() if row[1])
    if not rows:
        return
    keys = zip(*(key for key, _packed in rows), strict=True)
    counts = zip(*(abacus.unpacked(packed) for _key, packed in rows), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*map(_array, keys), *map(_plain_array, counts)])


def _array(values: Iterable[object]) -> str:
    return f"{{{','.join(map(str, values))}}}"


def _plain_array(values: tuple[int, ...]) -> str:
    """The same of numbers, in half the time: a list writes them by itself."""
    return f"{{{str(list(values))[1:-1]}}}"
