"""What is listed for everybody's eyes: the matter's kind, the community, who answers for it by name, until when."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.places.queries import tree
from yiwang.supervision.queries import public_orders


@login_not_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The list, the most pressing first; `place` (a code) narrows it to a part of the ground."""
    asked = request.GET.get("place", "")
    place = asked if asked in tree() else ""
    spot = tree().get(place) if place else None
    orders = public_orders(place)
    shown = {
        "open": [one for one in orders if one.ended_at is None], "ended": [one for one in orders if one.ended_at],
        "now": timezone.now(), "spot": spot,
    }  # fmt: skip
    return render(request, "resident/listed_public.html", shown)
