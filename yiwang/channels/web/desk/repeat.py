"""What one phone told again and again: demand by demand, with exactly its cases. Nobody is uncovered here."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.plumbing.refusals import Unseen
from yiwang.repeats import queries
from yiwang.supervision.queries import warnings


@require_safe
@never_cache
def repeat(request: HttpRequest, teller: int) -> HttpResponse:
    """All that this phone told of the county or town, as far as it is the reader's to see."""
    now = timezone.now()
    try:
        told, place = queries.told_by_one(actor_of(request), teller, now=now)
    except Unseen:
        raise Http404 from None
    clock = warnings([case.number for demand in told.demands for case in demand.cases])
    shown = {"told": told, "place": place, "often": queries.often_at(place), "now": now, "clock": clock}
    return render(request, "desk/repeat.html", shown)
