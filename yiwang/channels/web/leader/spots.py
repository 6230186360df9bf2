"""Hot spots: where cases of the last weeks gather more than the ground's own past explains, on a map and as a list."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.naming import item_named, place_name
from yiwang.places.queries import tree
from yiwang.spots import queries
from yiwang.spots.queries import Hot
from yiwang.spots.rules import DEALS, FALSE_ALARMS, LEAST_PAST_DAYS, Lookout


class Line(NamedTuple):
    """A hot spot, where it is and what mostly, in words."""

    hot: Hot
    where: str
    what: str


@require_safe
@never_cache
def spots(request: HttpRequest) -> HttpResponse:
    """The hot spots of the own ground, or of the part of it that `place` names."""
    actor, place = actor_of(request), request.GET.get("place", "")
    grounds = queries.grounds_of(actor, place) if not place or place in tree() else ()
    if not grounds:
        raise Http404
    found = queries.hottest(actor, place)
    shown = {
        "lines": [Line(hot, where(hot), what(hot)) for hot in found], "grounds": list(grounds), "place": place,
        "signs": [sign(hot) for hot in found], "names": [spot.name for code in grounds if (spot := tree().get(code))],
        "as_of": max((hot.spot.at for hot in found), default=None), "usual": Lookout(), "deals": DEALS,
        "percent": round(FALSE_ALARMS * 100), "weeks": LEAST_PAST_DAYS // 7,
        "inner": [spot for code in grounds for spot in tree().children(code) if queries.grounds_of(actor, spot.code)],
    }  # fmt: skip
    return render(request, "leader/spots.html", shown)


def where(hot: Hot) -> str:
    """Where it is: the place in which most of its cases lie, and whether in others too."""
    first, *others = hot.places
    return _("%(place)s and around") % {"place": place_name(first)} if others else place_name(first)


def what(hot: Hot) -> str:
    """What mostly: its most frequent items, each with how often; what was told once is left out beside the first."""
    named = [(item_named(item), n) for at, (item, n) in enumerate(hot.items[:3]) if n > 1 or not at]
    return _(", ").join(f"{name} {n}" for name, n in named if name)


def sign(hot: Hot) -> dict[str, Any]:
    """The hot spot as a sign on a map."""
    cases = ngettext("%(n)s case", "%(n)s cases", hot.cases) % {"n": hot.cases}
    return {
        "kind": "hot", "lon": hot.spot.lon, "lat": hot.spot.lat, "href": reverse("spot", args=[hot.spot.pk]),
        "label": " · ".join(filter(None, (where(hot), item_named(hot.spot.item), cases))),
    }  # fmt: skip
