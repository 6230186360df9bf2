"""Figures of places rebuilt from the history: every step is read again, no roll-up and hardly a row of a case.

A walk over a county's steps of a year and more, for publishing and for proving what was published; no page asks here.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

import orjson
from django.db import connection, transaction
from django.utils import timezone

from yiwang.cases.models import Case, Note
from yiwang.cases.rules import NoteKind
from yiwang.catalogue.models import Item, ItemVersion
from yiwang.catalogue.rules import Secrecy
from yiwang.insight.matters import offices_of
from yiwang.insight.queries.sums import NO_SUMS, Span, Sums
from yiwang.insight.rules.durations import bucket_of
from yiwang.insight.rules.marks import LEVELS_BY_HOUR, Mark, Measure, marks_of
from yiwang.insight.rules.replay import Beside, Line, Retold, retold
from yiwang.people.roster import roster
from yiwang.supervision.queries import exempt_before

# No limit reaches further than a year: whatever is due in a month has a step since then.
_OLDEST_STEP = timedelta(days=400)
_AT_ONCE = 5000
_STEPS = """
SELECT s.number, s.at, s.move, s.state, coalesce(s.post_id, 0), s.given FROM cases_step s
WHERE s.county = %(county)s AND s.recorded_at < %(as_of)s
    AND s.number IN (SELECT number FROM cases_step WHERE county = %(county)s AND recorded_at >= %(since)s)
ORDER BY s.number, s.seq
"""
# Older steps do not say everything; what they lack stands in these rows.
_LENT = """
SELECT k.number, k.due_at, coalesce((
    SELECT array_agg(a.sign_due ORDER BY a.id) FROM cases_assignment a
    WHERE a.county = k.county AND a.case_id = k.number AND a.part = 'lead'), '{}')
FROM cases_case k WHERE k.county = %s AND k.number IN (
    SELECT number FROM cases_step WHERE county = %s AND (
        (move IN ('accept', 'reclassify') AND NOT given ? 'due_at') OR
        (move IN ('dispatch', 'assign_firmly') AND NOT given ? 'sign_due') OR
        (move = 'reopen' AND NOT given ? 'handle_due')))
"""
_PARTS = """
SELECT DISTINCT jsonb_array_elements(given->'parts')::bigint FROM cases_step WHERE county = %s AND move = 'split'
"""
_OF_POSTS = (Measure.GIVEN.value, Measure.SIGNED_IN_TIME.value, Measure.HANDED_BACK.value)
_NOTHING = Beside()


@dataclass(slots=True)
class Rebuilt:
    """Sums and durations by place (county and town). `lent`: cases of which something was not in their steps."""

    sums: dict[str, Sums] = field(default_factory=lambda: defaultdict(lambda: dict(NO_SUMS)))
    durations: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    cases: int = 0
    lent: int = 0


def rebuilt(county: str, span: Span, *, as_of: datetime) -> Rebuilt:
    """What was counted of a county and its towns in a span, by what was recorded before a moment.

    Stands everywhere. Sealed cases are left out, as far as they were by then.
    """
    found, zone, posts = Rebuilt(), timezone.get_default_timezone(), roster()
    sealed, let_off = _Sealed.of(county), exempt_before(county, as_of)
    for number, case in _cases(county, span, as_of):
        if sealed.was(number, case):
            continue
        found.cases += 1
        found.lent += case.lent
        matter = replace(case.matter, exempt=True) if number in let_off else case.matter
        for mark in marks_of(matter, offices_of(matter, posts), zone):
            if span.first <= mark.day <= span.last:
                _add(found, case.place, mark)
    return found


def _add(found: Rebuilt, place: str, mark: Mark) -> None:
    """A matter's mark whole; of a post's only what is counted of whom it was given to."""
    counts = mark.counts if not mark.post else {name: mark.counts[name] for name in _OF_POSTS if name in mark.counts}
    for code in dict.fromkeys(place[:digits] for digits in LEVELS_BY_HOUR):
        sums = found.sums[code]
        for name, n in counts.items():
            sums[name] += n
        if Measure.MINUTES.value in counts:
            bucket = bucket_of(counts[Measure.MINUTES.value])
            found.durations[code][bucket] = found.durations[code].get(bucket, 0) + 1


def _cases(county: str, span: Span, as_of: datetime) -> Iterator[tuple[int, Retold]]:
    begin = datetime.combine(span.first, time.min, timezone.get_default_timezone())
    asked: dict[str, str | datetime] = {"county": county, "as_of": as_of, "since": begin - _OLDEST_STEP}
    beside = _beside(county, as_of)
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.cursor.itersize = _AT_ONCE
        cursor.execute(_STEPS, asked)
        for number, rows in groupby(cursor, key=lambda row: row[0]):
            yield number, retold((_line(*row[1:]) for row in rows), beside.get(number, _NOTHING))


def _line(at: datetime, move: str, state: str, post: int, given: Any) -> Line:
    return Line(at, move, state, post, orjson.loads(given) if isinstance(given, str) else given)


def _beside(county: str, as_of: datetime) -> dict[int, Beside]:
    """By case what its steps do not say; most cases need nothing."""
    attempts: dict[int, list[datetime]] = defaultdict(list)
    tried = Note.objects.filter(county=county, kind=NoteKind.ATTEMPT, at__lt=as_of).order_by("at")
    for number, at in tried.values_list("case_id", "at"):
        attempts[number].append(at)
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [county])
        parts = {number for (number,) in cursor.fetchall()}
        cursor.execute(_LENT, [county, county])
        lent = {number: (due, dues) for number, due, dues in cursor.fetchall()}
    return {
        number: Beside(attempts.get(number, ()), number in parts, *lent.get(number, (None, ())))
        for number in {*attempts, *parts, *lent}
    }


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The cases that are sealed now, and the items by which a case is. What was sealed only later was counted."""

    numbers: frozenset[int]
    codes: frozenset[str]
    ids: frozenset[int]

    @classmethod
    def of(cls, county: str) -> "_Sealed":
        cases = Case.objects.filter(county=county, secrecy=Secrecy.SEALED).values_list("number", flat=True)
        ids = ItemVersion.objects.filter(secrecy=Secrecy.SEALED).values_list("item_id", flat=True)
        codes = Item.objects.filter(pk__in=ids).values_list("code", flat=True)
        return cls(frozenset(cases), frozenset(codes), frozenset(ids))

    def was(self, number: int, case: Retold) -> bool:
        """Whether it was sealed by what it was said to be at that time."""
        if number not in self.numbers:
            return False
        return case.item in self.codes if case.item else case.item_id in self.ids
