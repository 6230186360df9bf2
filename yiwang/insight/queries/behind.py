"""The cases behind a figure, out of their own marks: exactly those that it counts, each as often as it is counted."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.insight import access
from yiwang.insight.models import Counted
from yiwang.insight.queries.sums import Span, rows, total
from yiwang.insight.rules.behind import Part, Wanted, wanted_of
from yiwang.insight.rules.indicators import INDICATORS
from yiwang.insight.rules.marks import DAILY_LEVELS, LEVELS_BY_HOUR, Facet, Measure
from yiwang.people.roster import roster
from yiwang.plumbing.walls.ground import lies_in

# A mark is [day, hour, post, unit, person, counts]. What a person did is counted beside the matter, never with it.
_TIMES = """(SELECT coalesce(sum((mark->5->>%s)::int), 0) FROM jsonb_array_elements(insight_counted.marks) AS mark
    WHERE (mark->>0)::int BETWEEN %s AND %s AND mark->5->>%s IS NOT NULL AND mark->5->>%s IS NULL
        AND (mark->>4)::bigint = 0 AND ((mark->>2)::bigint > 0) = %s AND (%s = 0 OR (mark->>3)::bigint = %s))"""


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
    # Nothing is counted of a case before the day it came in.
    end = timezone.make_aware(datetime.combine(asked.span.last + timedelta(days=1), time.min))
    there = Counted.objects.filter(lies_in("place", [asked.place]), county=asked.place[:6], opened_at__lt=end)
    there = there.filter(item=asked.item) if asked.item else there
    found = there.annotate(times=_times(asked)).filter(times__gt=0, number__lt=before).order_by("-number")
    return [Behind(number, times) for number, times in found.values_list("number", "times")[: most + 1]]


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
    return span.first.day == 1 and (span.last + timedelta(days=1)).day == 1 and span.first.month == span.last.month


def _times(asked: Asked) -> RawSQL:
    """How often a row of `Counted` is in the figure."""
    wanted, span = asked.wanted, asked.span
    given = [
        wanted.has.value, span.first.toordinal(), span.last.toordinal(), wanted.has.value, wanted.lacks,
        asked.of_posts, asked.unit, asked.unit,
    ]  # fmt: skip
    return RawSQL(_TIMES, given, output_field=BigIntegerField())  # noqa: S611 - a text of our own, values by parameter
