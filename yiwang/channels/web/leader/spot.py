"""One hot spot: how much is told there against how much usually, on a map, and exactly its cases."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.drawing import drawn_for, spots_of
from yiwang.channels.web.leader.spots import sign, what, where
from yiwang.plumbing.refusals import Unseen
from yiwang.spots import queries
from yiwang.supervision.queries import warnings


@require_safe
@never_cache
def spot(request: HttpRequest, number: int) -> HttpResponse:
    """A hot spot as it stands; one that is gone says so."""
    try:
        found = queries.behind(actor_of(request), number)
    except Unseen:
        raise Http404 from None
    now, clock = timezone.now(), warnings([case.number for case in found.cases])
    shown = {
        "hot": found.hot, "spot": found.hot.spot, "cases": found.cases, "where": where(found.hot),
        "what": what(found.hot), "now": now, "clock": clock, "drawn": drawn_for(request, found.hot.spot.place),
        "signs": [*spots_of(found.cases, now, clock), sign(found.hot)],
    }  # fmt: skip
    return render(request, "leader/spot.html", shown)
