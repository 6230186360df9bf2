"""How a ground goes: its weeks beside the same weeks of last year, and what broke out in the newest of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Min

from yiwang.cases.access import Actor
from yiwang.catalogue.queries import catalogue
from yiwang.insight.models import Tally
from yiwang.insight.queries.ground import places_of
from yiwang.insight.queries.sums import NO_SUMS, Span, Sums, by, rows, summed
from yiwang.insight.rules import outbreaks as law
from yiwang.insight.rules.marks import Facet
from yiwang.places.queries import tree

SHOWN = 13
_WEEK = timedelta(days=7)
_YEAR = 52 * _WEEK
_TOWN, _COUNTY = 9, 6
_WEEKS = """SELECT place, key, (%s::date - day) / 7 AS week, sum(reported) FROM insight_tally
    WHERE county = ANY(%s) AND facet = 'item' AND key = ANY(%s) AND place = ANY(%s) AND day > %s AND day <= %s
    GROUP BY 1, 2, 3"""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days and the same weekdays of last year, 52 weeks before; `there` where all of these were counted."""

    span: Span
    now: Sums
    then: Sums
    there: bool


@dataclass(frozen=True, slots=True)
class Outbreak:
    """An item (id) in a town (code) with more reports in the newest week than its past explains."""

    item: int
    place: str
    judged: law.Judged


@dataclass(frozen=True, slots=True)
class Outbreaks:
    """What broke out in a span, the surest first, of how many series that were looked at."""

    span: Span
    found: list[Outbreak]
    looked_at: int


def trend(actor: Actor, *, today: date, place: str = "") -> list[Week]:
    """The last `SHOWN` weeks up to yesterday, the oldest first."""
    last, places = today - timedelta(days=1), places_of(actor, place)
    first = last - SHOWN * _WEEK + timedelta(days=1)
    span = Span(first - _YEAR, last)
    days = by(rows(Facet.BOARD, places, span), "day", ("reported", "closed", "due", "due_in_time"))

    def sums(one: Span) -> Sums:
        every = (one.first + timedelta(days=n) for n in range(7))
        return summed(days.get(day, NO_SUMS) for day in every)

    spans = [Span(first + n * _WEEK, first + (n + 1) * _WEEK - timedelta(days=1)) for n in range(SHOWN)]
    # Of a week in which counting began nothing can be compared.
    known = min((day for day in days if isinstance(day, date)), default=last)
    return [
        Week(one, sums(one), sums(Span(one.first - _YEAR, one.last - _YEAR)), there=one.first - _YEAR >= known)
        for one in spans
    ]


def outbreaks(actor: Actor, *, today: date, place: str = "") -> Outbreaks:
    """What broke out in the seven days up to yesterday, in the towns of a ground (`rules.outbreaks`)."""
    last = today - timedelta(days=1)
    span = Span(last - _WEEK + timedelta(days=1), last)
    towns = [code for one in places_of(actor, place) for code in _towns(one)]
    # Every item that there is in every town is looked at, also those of which nothing was told.
    looked_at = len(towns) * sum(not item.is_branch for item in catalogue())
    sums = rows(Facet.ITEM, towns, span).filter(key__gt=0).order_by().values_list("place", "key", "reported")
    newest: dict[tuple[str, int], int] = defaultdict(int)
    for town, item, n in sums:
        newest[town, item] += n
    many = [one for one, n in newest.items() if n >= law.FEWEST]
    found = [Outbreak(item, town, judged) for (town, item), judged in _judged(many, last).items()]
    limit = law.discoveries([one.judged.chance for one in found], looked_at)
    called = [one for one in found if one.judged.chance <= limit]
    return Outbreaks(span, sorted(called, key=lambda one: (one.judged.chance, one.place, one.item)), looked_at)


def _towns(code: str) -> Iterable[str]:
    inner = (spot.code for spot in tree().children(code)) if len(code) == _COUNTY else [code]
    return [one for one in inner if len(one) == _TOWN]


def _judged(series: Sequence[tuple[str, int]], last: date) -> dict[tuple[str, int], law.Judged]:
    if not series:
        return {}
    counties = sorted({town[:_COUNTY] for town, _ in series})
    places, items = sorted({town for town, _ in series}), sorted({item for _, item in series})
    weeks: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0] * law.WEEKS)
    first = last - law.WEEKS * _WEEK
    with connection.cursor() as cursor:
        cursor.execute(_WEEKS, [last, counties, items, [*places, *counties], first, last])
        for place, item, week, n in cursor.fetchall():
            weeks[place, item][week] = n
    known = _known([*places, *counties], last)
    # Whoever stands on a town alone does not see its county's sums: there the town's own past tells the season.
    every = (
        (which, law.judged(weeks[which], weeks.get((which[0][:_COUNTY], which[1])) or weeks[which], known=known))
        for which in series
    )
    return {which: one for which, one in every if one is not None}


def _known(places: Sequence[str], last: date) -> int:
    """For how many whole weeks up to a day anything is counted of these places at all."""
    counties = {place[:_COUNTY] for place in places}
    there = Tally.objects.filter(county__in=counties, facet=Facet.BOARD.value, place__in=places)
    first = there.aggregate(first=Min("day"))["first"]
    return min(law.WEEKS, ((last - first).days + 1) // 7) if first else 0
