"""My unit: what lies with it by the time that is left, its month, and who in it carries how much."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import IN_A_UNIT, actor_of, only_for
from yiwang.insight import access, queries

_DUE = ("in_time_rate", "closure_rate")
_DONE = (
    "signed_in_time_rate", "hand_back_rate", "rework_rate", "solved_rate", "satisfied_rate", "average_hours",
)  # fmt: skip


@require_safe
@never_cache
def unit(request: HttpRequest) -> HttpResponse:
    """The first of one's units; another of them is asked for by its number."""
    only_for(request, *IN_A_UNIT)
    actor, now = actor_of(request), timezone.now()
    mine = access.units_of(actor)
    asked = request.GET.get("unit", "")
    if not mine or (asked and asked not in map(str, mine)):
        raise Http404
    chosen = int(asked) if asked else mine[0]
    month = queries.month_of(timezone.localdate(now))
    due = queries.unit_rates(actor, chosen, *_DUE, span=month.up_to_yesterday)
    shown: dict[str, Any] = {
        "unit": chosen, "others": [one for one in mine if one != chosen], "now": now,
        "load": queries.unit_load(actor, chosen, now=now), "carried": queries.carried(actor, chosen, now=now),
        "rates": [*due, *queries.unit_rates(actor, chosen, *_DONE, span=month)],
        "mine": actor.posts,
    }  # fmt: skip
    return render(request, "desk/unit.html", shown)
