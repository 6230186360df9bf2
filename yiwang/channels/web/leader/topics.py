"""Hot topics: the same trouble told by many, the hottest first, each down to its cases."""

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.catalogue.queries import catalogue
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.naming import item_name, place_name
from yiwang.places.queries import tree
from yiwang.topics import queries
from yiwang.topics.models import Heat
from yiwang.topics.rules import RECENT_DAYS, VERSION, WINDOW_DAYS
from yiwang.topics.rules.heat import POINTS
from yiwang.topics.words import PARTS


class Line(NamedTuple):
    """A topic and what it is called."""

    name: str
    heat: Heat


@require_safe
@never_cache
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of the own ground, or of the county or town that `place` names."""
    actor = actor_of(request)
    place = ground_of(request)
    found = queries.hottest(actor, place)
    shown = {
        "lines": [Line(called(heat), heat) for heat in found], "place": place, "kept": f"place={place}",
        "version": VERSION,
        "made_of": [(name, getattr(POINTS, part)) for part, name in PARTS.items()], "recent": RECENT_DAYS // 7,
        "window": WINDOW_DAYS // 7, "as_of": max((heat.at for heat in found), default=None),
        "parts": [(code, place_name(code)) for code in (*_others(request, place), *queries.towns_of(place))],
    }  # fmt: skip
    return render(request, "leader/topics.html", shown)


@require_safe
@never_cache
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The topics as they are shown, to be taken away."""
    found = queries.hottest(actor_of(request), ground_of(request))
    headings = [
        _("Topic"), _("item"), _("Heat"), _("This week"), _("A week before"), _("People"), _("Communities"),
        _("Not closed"), _("Cases"),
    ]  # fmt: skip
    return taken_away(request, form, "topics", headings, lambda: map(_cells, found), back=reverse("topics"))


def _cells(heat: Heat) -> list[str]:
    numbers = (heat.index, heat.this_week, f"{heat.weekly_before:.1f}", heat.people, heat.communities, heat.unsolved)
    return [called(heat), item_name(catalogue().get(heat.item)), *map(str, numbers), str(heat.cases)]


def ground_of(request: HttpRequest) -> str:
    """The county or town that is asked for, else the first of one's own; nothing here for whoever sees none."""
    asked = request.GET.get("place", "")
    grounds = queries.grounds_of(actor_of(request), asked) if not asked or asked in tree() else ()
    if not grounds:
        raise Http404
    return grounds[0]


def called(heat: Heat) -> str:
    """What a topic is called: by the words that its tellers share, else by the item most of them told."""
    return _(" · ").join(heat.words) or item_name(catalogue().get(heat.item)) or _("Without words in common")


def _others(request: HttpRequest, place: str) -> list[str]:
    """The other grounds of one's own, and back from a town to its county."""
    own = queries.grounds_of(actor_of(request))
    above = [place[:6]] if len(place) > 6 and queries.grounds_of(actor_of(request), place[:6]) else []
    return [code for code in dict.fromkeys((*above, *own)) if code != place]
