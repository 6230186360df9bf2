"""The numbers of a ground: today against what is usual, rates, boards, units, what got worse, what is stuck.

Everything here is for whoever has the duty to see numbers there; for anybody else it is empty. A `place` is a code; ""
is all the ground whose numbers are theirs. Small ground (below the town) has no numbers by the hour: there a usual day
is a whole one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from yiwang.cases.access import Actor
from yiwang.insight import access, open_now
from yiwang.insight.models import Counted
from yiwang.insight.open_now import Stuck
from yiwang.insight.queries.sums import NO_SUMS, Span, Sums, by, durations, local_day, rows, total
from yiwang.insight.rules.indicators import INDICATORS, Value, value_of
from yiwang.insight.rules.marks import DAILY_LEVELS, LEVELS_BY_HOUR, Facet, Measure
from yiwang.insight.rules.usual import WEEKS, by_this_time, is_worse, shrunken, usual
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import lies_in

R, C = Measure.REPORTED.value, Measure.CLOSED.value
_WEEK = timedelta(days=7)
_COMMUNITY = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of today, and what it mostly is (by this time of the day where `Pulse.by_hour`)."""

    now: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class Pulse:
    """How a ground does today. `stuck`: who has what is overdue, those with the most first."""

    reported: Figure
    closed: Figure
    open: int
    overdue: int
    by_hour: bool
    stuck: Sequence[Stuck]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """What a board (its id, 0 for cases nobody has named) had in a span."""

    board: int
    sums: Sums


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit (its id) among the others: what it was to have done, and its rate drawn towards the common one the more
    the fewer parts it had. Per cent."""

    unit: int
    due: int
    in_time: int
    rate: float
    fair_rate: float


@dataclass(frozen=True, slots=True)
class Worse:
    """An item (id) or a place (code) with more reports in the last seven days than chance explains."""

    now: int
    usual: float
    item: int = 0
    place: str = ""


def has_numbers(place: str) -> bool:
    """Whether a place (code) has numbers of its own for each day: counties, towns and communities have."""
    return len(place) in DAILY_LEVELS


def places_of(actor: Actor, place: str = "") -> tuple[str, ...]:
    """The places whose tallies are asked for: the one that is named as far as it is theirs, or all that are."""
    theirs = ((place,) if access.sees(actor, place) else ()) if place else access.grounds_of(actor)
    return tuple(code for code in theirs if has_numbers(code))


def pulse(actor: Actor, *, now: datetime, place: str = "") -> Pulse:
    """Today against the same weekday of the eight weeks before: the median, up to this time of the day."""
    places, today, here = places_of(actor, place), local_day(now), timezone.localtime(now)
    by_hour = all(len(code) in LEVELS_BY_HOUR for code in places)
    days = [today - _WEEK * n for n in range(WEEKS + 1)]
    told, ended = _by_hour(places, days, here) if by_hour else _whole_days(places, days)
    here_now = open_now.read(places, now)
    overdue = sum(one.overdue for one in here_now.stuck)
    return Pulse(told, ended, open=here_now.open, overdue=overdue, by_hour=by_hour, stuck=here_now.stuck)


def rates(actor: Actor, *names: str, span: Span, place: str = "") -> list[Value]:
    """Indicators (by name) of the matters of a ground in a span; a median for counties and towns alone."""
    places = places_of(actor, place)
    spread = durations(places, span) if any(INDICATORS[name].by_median for name in names) else {}
    return valued(total(rows(Facet.BOARD, places, span)), *names, durations=spread)


def valued(sums: Sums, *names: str, durations: Mapping[int, int] | None = None) -> list[Value]:
    """Indicators (by name) of sums that one has already."""
    return [value_of(INDICATORS[name], sums, durations or {}) for name in names]


def boards(actor: Actor, *, span: Span, place: str = "") -> list[BoardLine]:
    """Each board's numbers in a span, by the board's id."""
    found = by(rows(Facet.BOARD, places_of(actor, place), span), "key")
    return [BoardLine(int(str(board)), sums) for board, sums in sorted(found.items(), key=lambda one: str(one[0]))]


def daily(actor: Actor, *, span: Span, place: str = "") -> list[tuple[date, Sums]]:
    """Every day of a span with all that was counted on it."""
    sums = by(rows(Facet.BOARD, places_of(actor, place), span), "day")
    every = (span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1))
    return [(day, sums.get(day, NO_SUMS)) for day in every]


def ranking(actor: Actor, *, span: Span, place: str = "", fewest: int = 1) -> list[Standing]:
    """Units by the share of their parts due in a span (let it end yesterday) that they did in time, the best first.

    Those with fewer than `fewest` parts due are left out. Ordered by the rate that small numbers cannot flatter. For
    counties and towns; smaller ground ranks nobody.
    """
    found = by(rows(Facet.UNIT, places_of(actor, place), span), "key", ("due", "due_in_time"))
    units = [(int(str(unit)), s["due_in_time"], s["due"]) for unit, s in found.items() if s["due"] >= fewest and unit]
    fair = shrunken([(in_time, due) for _, in_time, due in units])
    lines = [
        Standing(unit, due, in_time, round(in_time / due * 100, 2), round(rate * 100, 2))
        for (unit, in_time, due), rate in zip(units, fair, strict=True)
    ]
    return sorted(lines, key=lambda line: (-line.fair_rate, -line.due, line.unit))


def worse(actor: Actor, *, today: date, place: str = "", most: int = 5) -> list[Worse]:
    """Items and communities with more reports in the seven days up to yesterday than in the eight weeks before.

    More than chance explains (`rules.usual.threshold`); the furthest above what is usual first.
    """
    places = places_of(actor, place)
    found = [Worse(now, was, item=int(item)) for item, now, was in _risen("key", Facet.ITEM, places, today) if item]
    inner = [spot.code for code in places for spot in tree().inside(code, "community") if len(spot.code) == _COMMUNITY]
    if len(inner) > 1:
        found += [Worse(now, was, place=code) for code, now, was in _risen("place", Facet.BOARD, inner, today)]
    return sorted(found, key=lambda one: one.usual - one.now)[:most]


def neglected(actor: Actor, *, now: datetime, place: str = "", most: int = 5) -> list[int]:
    """Numbers of open cases that fare worst: opened again most often, then overdue the longest."""
    places = places_of(actor, place)
    found = _open_in(places).filter(Q(next_due_at__lt=now) | Q(reopened__gt=0))
    if len(counties := {code[:6] for code in places}) == 1:
        # In the order of the index, so that the first few are enough.
        found = found.filter(county=counties.pop())
    return list(found.order_by("-reopened", "next_due_at", "number").values_list("number", flat=True)[:most])


def _open_in(places: Sequence[str]) -> QuerySet[Counted]:
    return Counted.objects.filter(lies_in("place", places), is_open=True)


def _by_hour(places: Sequence[str], days: Sequence[date], here: datetime) -> list[Figure]:
    hours: dict[date, dict[str, list[int]]] = defaultdict(lambda: {R: [0] * 24, C: [0] * 24})
    tallies = rows(Facet.HOUR, places, Span(days[-1], days[0])).filter(day__in=days)
    for day, hour, reported, closed in tallies.values_list("day", "key", R, C):
        hours[day][R][hour] += reported
        hours[day][C][hour] += closed
    return [
        _figure(sum(hours[days[0]][one]), [by_this_time(hours[day][one], here.hour, here.minute) for day in days[1:]])
        for one in (R, C)
    ]


def _whole_days(places: Sequence[str], days: Sequence[date]) -> list[Figure]:
    sums = by(rows(Facet.BOARD, places, Span(days[-1], days[0])).filter(day__in=days), "day", (R, C))
    return [
        _figure(sums.get(days[0], NO_SUMS)[one], [sums.get(day, NO_SUMS)[one] for day in days[1:]]) for one in (R, C)
    ]


def _figure(now: int, then: Sequence[float]) -> Figure:
    return Figure(now, usual(then) if any(then) else None)


_RISEN = """SELECT {column}, (%s::date - day) / 7 AS week, sum(reported) FROM insight_tally
    WHERE county = ANY(%s) AND facet = %s AND place = ANY(%s) AND day > %s AND day <= %s GROUP BY 1, 2"""


def _risen(column: str, facet: Facet, places: Sequence[str], today: date) -> list[tuple[str, int, float]]:
    """Which values of a column had more in the last week than is usual: the value, the number, the mean before."""
    last = today - timedelta(days=1)
    first = last - _WEEK * (WEEKS + 1)
    weeks: dict[str, list[int]] = defaultdict(lambda: [0] * (WEEKS + 1))
    with connection.cursor() as cursor:
        counties = sorted({place[:6] for place in places})
        cursor.execute(_RISEN.format(column=column), [last, counties, facet.value, list(places), first, last])
        for value, week, n in cursor.fetchall():
            weeks[value][week] = n
    return [
        (value, now, sum(before) / WEEKS) for value, (now, *before) in weeks.items() if is_worse(now, before)
    ]  # fmt: skip
