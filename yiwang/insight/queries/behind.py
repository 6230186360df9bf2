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
_THERE = """SELECT number, marks FROM insight_counted
    WHERE county = %s AND place >= %s AND place < %s AND number < %s AND (%s = 0 OR item = %s)
        AND (%s OR behind && %s::int[])
"""
_TIMES = """(SELECT coalesce(sum((mark->5->>%s)::int), 0) FROM jsonb_array_elements(kept.marks) AS mark
    WHERE (mark->>0)::int BETWEEN %s AND %s AND mark->5->>%s IS NOT NULL AND mark->5->>%s IS NULL
        AND (mark->>4)::bigint = 0 AND ((mark->>2)::bigint > 0) = %s AND (%s = 0 OR (mark->>3)::bigint = %s))"""
# The few that keys lead to are put in order first: PostgreSQL would else walk down the numbers, through all that was
# told since. Of many months there is more than anybody wants to put in order.
_BEHIND = f"""WITH there AS {{}} ({_THERE} ORDER BY number DESC)
SELECT number, times FROM (SELECT kept.number, {_TIMES} AS times FROM there AS kept) AS counted
WHERE times > 0 ORDER BY number DESC LIMIT %s"""  # noqa: S608 - texts of our own, values by parameter
_BEHIND_FEW, _BEHIND_MANY = _BEHIND.format("MATERIALIZED"), _BEHIND.format("NOT MATERIALIZED")
_FEW_MONTHS, _MANY_MONTHS = 3, 120


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
    keys, wanted, place = keys_in(asked.wanted, asked.span.first, asked.span.last), asked.wanted, asked.place
    times: list[Any] = [
        wanted.has.value, asked.span.first.toordinal(), asked.span.last.toordinal(), wanted.has.value, wanted.lacks,
        asked.of_posts, asked.unit, asked.unit,
    ]  # fmt: skip
    # So many keys would take longer to compare than the marks.
    all_times = len(keys) > _MANY_MONTHS
    keys = [] if all_times else keys
    there: list[Any] = [place[:6], place, f"{place}~", before, asked.item, asked.item, all_times, keys]
    with connection.cursor() as cursor:
        cursor.execute(
            _BEHIND_MANY if all_times or len(keys) > _FEW_MONTHS else _BEHIND_FEW, [*there, *times, most + 1]
        )
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
