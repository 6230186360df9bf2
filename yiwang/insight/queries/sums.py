"""Sums of tallies: the one place where the roll-ups are read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from yiwang.insight.models import MEASURES, Tally
from yiwang.insight.rules.marks import Facet

Sums = dict[str, int]
NO_SUMS: Sums = dict.fromkeys(MEASURES, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first up to and with the last."""

    first: date
    last: date

    @property
    def up_to_yesterday(self) -> "Span":
        """Without its last day, on which things may still come due."""
        return Span(self.first, self.last - timedelta(days=1))


def month_of(day: date) -> Span:
    """The month up to that day."""
    return Span(day.replace(day=1), day)


def local_day(now: datetime) -> date:
    """The installation's day."""
    return timezone.localdate(now)


def rows(facet: Facet, places: Collection[str], span: Span) -> QuerySet[Tally]:
    """The tallies of a facet for exactly these places (codes)."""
    counties = {place[:6] for place in places}
    return Tally.objects.filter(
        county__in=counties, facet=facet.value, place__in=places, day__gte=span.first, day__lte=span.last
    )


def total(found: QuerySet[Tally]) -> Sums:
    """All measures summed."""
    summed = found.aggregate(**{f"sum_{name}": Sum(name) for name in MEASURES})
    return {name: summed[f"sum_{name}"] or 0 for name in MEASURES}


def by(found: QuerySet[Tally], column: str, measures: Iterable[str] = MEASURES) -> dict[object, Sums]:
    """Measures summed for each value of a column of the tallies."""
    asked = {f"sum_{name}": Sum(name) for name in measures}
    return {
        line[column]: {name.removeprefix("sum_"): line[name] for name in asked}
        for line in found.order_by().values(column).annotate(**asked)
    }


def durations(places: Collection[str], span: Span) -> dict[int, int]:
    """How many of the closed cases took how long, by the bucket of their minutes (`rules.durations`)."""
    found = by(rows(Facet.DURATION, places, span), "key", ("closed",))
    return {int(str(bucket)): sums["closed"] for bucket, sums in found.items()}


def summed(several: Iterable[Sums]) -> Sums:
    """The sum of sums."""
    found = dict(NO_SUMS)
    for sums in several:
        for name, n in sums.items():
            found[name] += n
    return found
