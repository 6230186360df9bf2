"""Published figures: of each day, week and month, as they were frozen, with the formula of each and its signature."""

from datetime import date
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from yiwang.bulletins.queries import papers_of
from yiwang.channels.web.asking import actor_of
from yiwang.insight import publishing
from yiwang.insight.models import Bulletin
from yiwang.insight.queries import places_of
from yiwang.insight.queries.published import bulletin as one_bulletin
from yiwang.insight.queries.published import bulletins as newest
from yiwang.insight.rules.bulletins import Figure, Kind
from yiwang.insight.rules.indicators import INDICATORS, Value
from yiwang.insight.rules.marks import LEVELS_BY_HOUR
from yiwang.insight.weighing import hour_of
from yiwang.places.queries import tree

TOLD = ("reported", "closed", "in_time_rate", "satisfied_rate")


class Line(NamedTuple):
    """A bulletin in the list, and a few of its figures."""

    kept: Bulletin
    told: list[Value]


class Shown(NamedTuple):
    """A frozen figure as pages show values, and whether its formula is still the one in force."""

    value: Value
    figure: Figure


@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """The newest bulletins of a kind; `kind`: day, week or month, which is shown unless something else is asked."""
    actor, place, kind = actor_of(request), request.GET.get("place", ""), request.GET.get("kind", Kind.MONTH.value)
    places = places_of(actor, place) if not place or place in tree() else ()
    if kind not in set(Kind) or not places:
        raise Http404
    shown = {
        "found": [Line(one, _told(one)) for one in newest(actor, kind=Kind(kind), place=place)],
        "told": TOLD, "kind": kind, "kinds": list(Kind),
        "place": place, "hour": hour_of(places[0][:6], Kind(kind)),
        "towns": [spot for code in places for spot in tree().children(code) if len(spot.code) in LEVELS_BY_HOUR],
    }  # fmt: skip
    return render(request, "leader/bulletins.html", shown)


@require_safe
def bulletin(request: HttpRequest, place: str, kind: str, first: str) -> HttpResponse:
    """One of them."""
    day = _day(first)
    if day is None or kind not in set(Kind):
        raise Http404
    kept = one_bulletin(actor_of(request), kind=Kind(kind), place=place, first=day)
    if kept is None:
        raise Http404
    said = publishing.said_by(kept)
    lines = [Shown(_value(one), one) for one in said.figures if one.name in INDICATORS]
    shown = {"kept": kept, "said": said, "lines": lines, "is_signed": publishing.signed_by_us(kept),
             "papers": papers_of(kept)}  # fmt: skip
    return render(request, "leader/bulletin.html", shown)


def _told(kept: Bulletin) -> list[Value]:
    """The figures by which one bulletin is known from another in a list of them."""
    said = {one.name: one for one in publishing.said_by(kept).figures}
    return [_value(said.get(name, Figure(name, 0, 0, 0, None))) for name in TOLD]


def _value(figure: Figure) -> Value:
    return Value(INDICATORS[figure.name], figure.over, figure.of, figure.value)


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None
