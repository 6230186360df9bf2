"""How a ground goes: its weeks beside the same weeks of last year, and what broke out in the newest of them."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.leader.bars import HEIGHT, WIDTH, Bar, bars_of
from yiwang.insight import queries
from yiwang.insight.queries.trends import Week, outbreaks, trend
from yiwang.insight.rules.indicators import Value
from yiwang.insight.rules.outbreaks import FALSE_ALARMS, FEWEST
from yiwang.places.queries import tree


class Line(NamedTuple):
    """A week, its rate in time, and that of last year."""

    week: Week
    in_time: Value
    then_in_time: Value


@require_safe
@never_cache
def trends(request: HttpRequest) -> HttpResponse:
    """The last thirteen weeks and the outbreaks of the newest; `place` narrows the ground."""
    actor, place, today = actor_of(request), request.GET.get("place", ""), timezone.localdate()
    places = queries.places_of(actor, place) if not place or place in tree() else ()
    if not places:
        raise Http404
    weeks = trend(actor, today=today, place=place)
    shown = {
        "lines": [_line(week) for week in reversed(weeks)], "bars": _bars(weeks), "width": WIDTH, "height": HEIGHT,
        "outbreaks": outbreaks(actor, today=today, place=place), "place": place,
        "one_place": places[0] if len(places) == 1 else "", "few": FEWEST, "percent": round(FALSE_ALARMS * 100),
        "names": [spot.name for code in places if (spot := tree().get(code))],
        "inner": [spot for code in places for spot in tree().children(code) if queries.has_numbers(spot.code)],
        "has_last_year": any(week.there for week in weeks),
    }  # fmt: skip
    return render(request, "leader/trends.html", shown)


def _line(week: Week) -> Line:
    [now], [then] = queries.valued(week.now, "in_time_rate"), queries.valued(week.then, "in_time_rate")
    return Line(week, now, then)


def _bars(weeks: list[Week]) -> list[Bar]:
    """What was reported as bars, and the same weeks of last year as marks across them."""
    return bars_of([
        (week.span.first, week.now["reported"], week.then["reported"] if week.there else 0) for week in weeks
    ])  # fmt: skip
