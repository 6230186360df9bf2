"""Read the whole history back: every chain of steps with what its case keeps, and the days' digests with their steps.

Each reading is one statement on a cursor of the server's, so that it sees one moment and needs little memory.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from yiwang.cases.models import Step
from yiwang.cases.rules import Line, county_of
from yiwang.plumbing.signing import is_ours, is_signed
from yiwang.proof.models import Digest
from yiwang.proof.rules import Digested, DigestFlaw, Flaw, Found, digest_flaws, digest_of, flaws, published

Progress = Callable[[int, int | None], None]
AT_ONCE = 5000

_STEPS = """
SELECT s.number, s.seq, s.at, s.move, s.state, s.actor, s.capacity, s.post_id, s.channel, s.reason, s.given,
    s.before, s.hash, s.county, c.head, c.steps
FROM cases_step s LEFT JOIN cases_case c ON c.number = s.number AND c.county = s.county
WHERE {only} ORDER BY s.number, s.seq, s.county
"""
_WITHOUT_STEPS = """
SELECT c.number FROM cases_case c WHERE {only}
    AND NOT EXISTS (SELECT FROM cases_step s WHERE s.number = c.number AND s.county = c.county) ORDER BY c.number
"""
_RECORDED_SINCE = "(SELECT number FROM cases_step WHERE recorded_at >= %s)"


@dataclass(frozen=True, slots=True)
class Which:
    """Which cases are looked at: all, one county's, one, or those with a step recorded since a day."""

    county: str = ""
    number: int | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class FoundInDigest:
    """A day whose digest is flawed: how many steps it was made of, and how many there are now."""

    day: date
    flaw: DigestFlaw
    then: int
    now: int


def silent(_done: int, _of: int | None) -> None:
    """For those who do not want to hear how far it is."""


def chain_flaws(which: Which, *, progress: Progress = silent) -> Iterator[Found]:
    """Recompute the chains and say what is wrong, case by case. `progress` is told the steps done.

    Sees only what the transaction's ground shows: stand everywhere.
    """
    done = 0
    for number, rows in groupby(_rows(_STEPS, "s", which), key=lambda row: row[0]):
        chain = list(rows)
        yield from _flaws_of(number, chain)
        done += len(chain)
        progress(done, None)
    for (number,) in _rows(_WITHOUT_STEPS, "c", which):
        yield Found(number, 1, Flaw.CUT)


def _flaws_of(number: int, chain: list[tuple[Any, ...]]) -> Iterator[Found]:
    head, steps = chain[0][14:16]
    strangers = [row for row in chain if row[14] is None or row[13] != county_of(number)]
    if strangers:
        yield Found(number, strangers[0][1], Flaw.ORPHANED)
        return
    read = ((_line(*row[:11]), bytes(row[11]), bytes(row[12])) for row in chain)
    yield from flaws(read, head=bytes(head), steps=steps)


def _line(*said: Any) -> Line:
    # Django hands out jsonb as text where no field of a model reads it.
    return Line(*(*said[:10], json.loads(said[10])))


def _rows(statement: str, table: str, which: Which) -> Iterator[tuple[Any, ...]]:
    conditions, values = ["true"], list[Any]()
    if which.county:
        # A number begins with its county: the order of the numbers serves, and no step hides under another county.
        conditions.append(f"{table}.number >= %s AND {table}.number < %s")
        values += [int(which.county) * 10**10, (int(which.county) + 1) * 10**10]
    if which.number is not None:
        conditions.append(f"{table}.number = %s")
        values.append(which.number)
    if which.since:
        conditions.append(f"{table}.number IN {_RECORDED_SINCE}")
        values.append(_midnight(which.since))
    with _streamed(statement.format(only=" AND ".join(conditions)), values) as rows:
        yield from rows


@contextmanager
def _streamed(statement: str, values: list[Any]) -> Iterator[Iterator[tuple[Any, ...]]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.cursor.itersize = AT_ONCE
        cursor.execute(statement, values)
        yield iter(cursor)


def first_day() -> date | None:
    """The day on which the first step was recorded; None as long as there is none."""
    first = Step.objects.order_by("recorded_at").values_list("recorded_at", flat=True).first()
    return timezone.localdate(first) if first else None


def hashes_of_day(day: date) -> Iterator[bytes]:
    """The hashes of all steps recorded on a day of the installation's time zone, in the order of (number, seq)."""
    statement = "SELECT hash FROM cases_step WHERE recorded_at >= %s AND recorded_at < %s ORDER BY number, seq"
    with _streamed(statement, [_midnight(day), _midnight(day + timedelta(days=1))]) as rows:
        for (one,) in rows:
            yield bytes(one)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def digest_on(day: date) -> Digest | None:
    """The digest of a day, None where none was made."""
    return Digest.objects.filter(day=day).first()


def digested(kept: Digest) -> Digested:
    """A kept digest as the rules know it."""
    return Digested(kept.day, kept.steps, bytes(kept.digest), bytes(kept.before))


def digests_flawed(since: date | None = None, *, progress: Progress = silent) -> Iterator[FoundInDigest]:
    """Make every kept digest anew and say which days are flawed; with `since`, from that day on."""
    kept = list(Digest.objects.order_by("day"))
    previous: Digested | None = None
    for done, row in enumerate(kept, start=1):
        now = digested(row)
        if since is None or row.day >= since:
            yield from _flaws_of_day(row, now, previous)
        previous = now
        progress(done, len(kept))


def _flaws_of_day(row: Digest, kept: Digested, previous: Digested | None) -> Iterator[FoundInDigest]:
    again = digest_of(kept.day, hashes_of_day(kept.day), kept.before)
    key = bytes(row.public_key)
    signed = is_ours(key) and is_signed(published(kept), bytes(row.signature), key)
    for flaw in digest_flaws(kept, again, previous=previous, signed_by_us=signed):
        yield FoundInDigest(kept.day, flaw, kept.steps, again.steps)
