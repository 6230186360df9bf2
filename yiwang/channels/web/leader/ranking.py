"""Who stands where: units and grids of a ground by one score over a whole month, each down to its cases."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import count, islice
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.naming import place_name, unit_named
from yiwang.insight import queries
from yiwang.insight.rules import scores
from yiwang.insight.rules.bulletins import Kind, last_of
from yiwang.insight.rules.indicators import Value
from yiwang.insight.rules.scores import GRIDS, UNITS, Scored, Weight
from yiwang.people.roster import roster
from yiwang.places.queries import tree

MOST = 100
_MONTHS = 12


class Gap(NamedTuple):
    """A figure, and by how many points it lies behind the best quarter; less than 0 before it."""

    value: Value
    behind: float | None


class Line(NamedTuple):
    """A line with its rank, its name, and the filter of its cases of any time; a unit of several posts has many.

    `place` and `unit`: of whom the figures are, so that each leads to what it counts; no place for several.
    """

    rank: int
    name: str
    scored: Scored
    behind: str
    posts: list[int]
    place: str
    unit: int = 0
    gaps: Sequence[Gap] = ()


@require_safe
@never_cache
def ranking(request: HttpRequest) -> HttpResponse:
    """The month before this one, unless `month` names another; `of`: units or grids; `place` narrows the ground."""
    actor, place, of = actor_of(request), request.GET.get("place", ""), request.GET.get("of", UNITS)
    places = queries.places_of(actor, place) if not place or place in tree() else ()
    months = list(islice(_months_before(timezone.localdate()), _MONTHS))
    month = _month(request, months)
    if not places or month is None or of not in {UNITS, GRIDS}:
        raise Http404
    weighing = queries.weighing_of(of, places, month=month)
    by: dict[str, Any] = {"month": month, "place": place, "weights": weighing.weights}
    if of == UNITS:
        found = queries.units_by_score(actor, **by)
        lines = list(map(partial(_unit, places), count(1), found))
    else:
        lines = list(map(partial(_grid, month), count(1), queries.grids_by_score(actor, **by)))
    models = scores.best_quarter([line.scored for line in lines])
    shown = {
        "lines": _beside(lines[:MOST], models, weighing.weights), "models": models,
        "more": max(0, len(lines) - MOST), "of": of, "month": month,
        "last": last_of(Kind.MONTH, month), "months": months,
        "place": place, "names": [spot.name for code in places if (spot := tree().get(code))], "few": scores.FEW,
        "weighing": weighing,
        "inner": [spot for code in places for spot in tree().children(code) if queries.has_numbers(spot.code)],
    }  # fmt: skip
    return render(request, "leader/ranking.html", shown)


def _unit(places: Sequence[str], rank: int, line: Scored) -> Line:
    posts = sorted(roster().of_unit(int(line.key)))
    behind = urlencode({"lead": posts[0]}) if len(posts) == 1 else ""
    name, place = unit_named(int(line.key)) or _("A unit that is gone"), places[0] if len(places) == 1 else ""
    return Line(rank, name, line, behind, posts, place, int(line.key))


def _grid(month: date, rank: int, line: Scored) -> Line:
    behind = urlencode({"place": line.key, "since": month.isoformat()})
    return Line(rank, place_name(line.key), line, behind, [], line.key)


def _beside(lines: Sequence[Line], models: Sequence[Value], weights: Sequence[Weight]) -> list[Line]:
    """Each line with how far it lies behind the best quarter in each column."""
    return [line._replace(gaps=_gaps(line, models, weights)) for line in lines]


def _gaps(line: Line, models: Sequence[Value], weights: Sequence[Weight]) -> list[Gap]:
    if not models:
        return [Gap(own, None) for own in line.scored.values]
    columns = zip(line.scored.values, models, weights, strict=True)
    return [Gap(own, scores.gap(own, model, less_is_better=one.less_is_better)) for own, model, one in columns]


def _months_before(today: date) -> Iterator[date]:
    """The first days of the months that are over, the newest first."""
    first = today
    while True:
        first = (first.replace(day=1) - timedelta(days=1)).replace(day=1)
        yield first


def _month(request: HttpRequest, months: list[date]) -> date | None:
    """The month that is asked for, if it is one of those there are."""
    asked = request.GET.get("month", "")
    return next((one for one in months if not asked or one.strftime("%Y-%m") == asked), None)
