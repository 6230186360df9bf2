"""The cases behind a figure, out of their own marks: exactly those that it counts, each as often as it is counted."""

from calendar import monthrange
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yiwang.cases.access import Actor
from yiwang.insight import access
from yiwang.insight.queries.sums import Span, rows, total
from yiwang.insight.rules.behind import Part, Wanted, keys_in, wanted_of
from yiwang.insight.rules.indicators import INDICATORS
from yiwang.insight.rules.marks import DAILY_LEVELS, LEVELS_BY_HOUR, Facet, Measure
from yiwang.people.roster import roster

# A mark is [day, hour, post, unit, person, counts]. What a person did is counted beside the matter, never with it.
_TIMES = """(SELECT coalesce(sum((mark->5->>%s)::int), 0) FROM jsonb_array_elements(kept.marks) AS mark
    WHERE (mark->>0)::int BETWEEN %s AND %s AND mark->5->>%s IS NOT NULL AND mark->5->>%s IS NULL
        AND (mark->>4)::bigint = 0 AND ((mark->>2)::bigint > 0) = %s AND (%s = 0 OR (mark->>3)::bigint = %s))"""
_BEHIND = f"""SELECT number, times FROM (
    SELECT kept.number, {_TIMES} AS times FROM insight_counted AS kept
    WHERE kept.county = %s AND kept.place >= %s AND kept.place < %s AND kept.number < %s AND (%s = 0 OR kept.item = %s)
        AND {{}}
) AS counted WHERE times > 0 ORDER BY number DESC LIMIT %s"""  # noqa: S608 - texts of our own, values by parameter
_AMONG, _ANYWHERE = _BEHIND.format("kept.number = ANY(%s)"), _BEHIND.format("true")
_KEYED = "SELECT insight_keyed(%s, %s::int[], %s, %s)"
# Of more months there is more than anybody wants to put in order: fifty are soon found on the way down the numbers.
_FEW_MONTHS = 3
# Nearly all that have a key are behind the figure, unless less than a month or one unit is asked for.
_AT_FIRST, _TIMES_MORE = 1000, 8


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator (by name) of a place (code) and days, or of a unit or an item (ids) there."""

    name: str
    place: str
    span: Span
    part: Part = Part.COUNTED
    unit: int = 0
    item: int = 0

    @property
    def wanted(self) -> Wanted:
        return wanted_of(INDICATORS[self.name], self.part)

    @property
    def of_posts(self) -> bool:
        """Whether it is counted of what posts were given or had to do."""
        return bool(self.unit) or self.wanted.of_posts


@dataclass(frozen=True, slots=True)
class Behind:
    """A case (its number), and how often it is in the figure: a case given twice was handed out two times."""

    number: int
    times: int


def behind(actor: Actor, asked: Asked, *, before: int, most: int) -> list[Behind]:
    """The cases in a figure, the newest numbers first, those below `before`; none of ground whose numbers are not
    the actor's to see. One more than `most` comes where more follow."""
    if not access.sees(actor, asked.place):
        return []
    keys = keys_in(asked.wanted, asked.span.first, asked.span.last)
    if len(keys) > _FEW_MONTHS:
        return _found(_ANYWHERE, asked, before, [], most + 1)
    found: list[Behind] = []
    upto, chunk = before, _AT_FIRST
    while len(found) <= most:
        numbers = _keyed(asked.place, keys, upto, chunk)
        found += _found(_AMONG, asked, before, [numbers], most + 1 - len(found)) if numbers else ()
        if len(numbers) < chunk:
            break
        upto, chunk = numbers[-1], chunk * _TIMES_MORE
    return found


def _keyed(place: str, keys: list[int], before: int, most: int) -> list[int]:
    """Numbers of cases with one of these keys, the newest first: whatever is behind the figure is among them."""
    with connection.cursor() as cursor:
        cursor.execute(_KEYED, [place, keys, before, most])
        return [number for (number,) in cursor.fetchall()]


def _found(statement: str, asked: Asked, before: int, among: list[Any], most: int) -> list[Behind]:
    wanted, span, place = asked.wanted, asked.span, asked.place
    given: list[Any] = [
        wanted.has.value, span.first.toordinal(), span.last.toordinal(), wanted.has.value, wanted.lacks,
        asked.of_posts, asked.unit, asked.unit, place[:6], place, f"{place}~", before, asked.item, asked.item,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *among, most])
        return [Behind(number, times) for number, times in cursor.fetchall()]


def counted_in(actor: Actor, asked: Asked) -> int | None:
    """The figure itself as the roll-ups have it; None where none is kept for such a place or for parts of a month."""
    if not access.sees(actor, asked.place):
        return None
    wanted = asked.wanted
    if (sums := _sums(asked)) is None:
        return None
    return sums[wanted.has] - (sums[wanted.lacks] if wanted.lacks else 0)


def _sums(asked: Asked) -> dict[str, int] | None:
    digits, places = len(asked.place), [asked.place]
    if asked.item:
        kept = digits in LEVELS_BY_HOUR and not asked.unit and asked.wanted.has is Measure.REPORTED
        return total(rows(Facet.ITEM, places, asked.span).filter(key=asked.item)) if kept else None
    if digits in LEVELS_BY_HOUR:
        facet = Facet.UNIT if asked.of_posts else Facet.BOARD
        found = rows(facet, places, asked.span)
        return total(found.filter(key=asked.unit) if asked.unit else found)
    if not asked.of_posts:
        whole = digits in DAILY_LEVELS or _is_a_month(asked.span)
        return total(rows(Facet.BOARD, places, asked.span)) if whole else None
    if digits not in DAILY_LEVELS:
        return None
    found = rows(Facet.POST, places, asked.span)
    return total(found.filter(key__in=roster().of_unit(asked.unit)) if asked.unit else found)


def _is_a_month(span: Span) -> bool:
    first, last = span.first, span.last
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    return whole and (first.year, first.month) == (last.year, last.month)
