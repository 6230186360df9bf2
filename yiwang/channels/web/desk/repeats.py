"""Repeated demands: who tells again and again with the same phone, of what, and how it stands. Nobody is uncovered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.naming import place_name
from yiwang.places.queries import tree
from yiwang.repeats import queries

_LONGEST_ID = 18


@require_safe
@never_cache
def repeats(request: HttpRequest) -> HttpResponse:
    """Whoever told often of the own ground, or of the county or town that `place` names; `after` pages on."""
    actor, place, after = actor_of(request), request.GET.get("place", ""), request.GET.get("after", "0")
    own = queries.grounds_of(actor)
    grounds = queries.grounds_of(actor, place) if place in tree() else () if place else own
    if not grounds or not after.isdecimal() or len(after) > _LONGEST_ID:
        raise Http404
    ground = grounds[0]
    told, more = queries.told_often(actor, ground, now=timezone.now(), after=int(after))
    inner = [spot.code for spot in tree().children(ground) if queries.grounds_of(actor, spot.code)]
    above = [code for code in own if code != ground]
    shown = {
        "told": told, "more": more, "after": int(after), "ground": ground, "often": queries.often_at(ground),
        "parts": [(code, place_name(code)) for code in (*above, *inner)],
    }  # fmt: skip
    return render(request, "desk/repeats.html", shown)
