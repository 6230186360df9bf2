"""What waits for me, on a telephone: the most pressing first, or what is nearest to where I stand."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.cases import queries
from yiwang.channels.web.asking import TAKES_TURNS, actor_of, only_for
from yiwang.channels.web.turns import groups_of


class Waiting(NamedTuple):
    """A case and what it waits for."""

    asks: str
    turn: queries.Turn


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """One list of everything; where the browser knows its position, its script can put the nearest first."""
    only_for(request, *TAKES_TURNS)
    found = queries.mine_now(actor_of(request))
    waiting = (Waiting(group.asks, turn) for group in groups_of(found) for turn in group.turns)
    # What has no date waits behind what has one.
    pressing = sorted(waiting, key=lambda one: (one.turn.due_at is None, one.turn.due_at, one.turn.case.number))
    return render(request, "worker/today.html", {"waiting": pressing, "now": timezone.now()})
