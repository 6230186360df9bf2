"""What waits for me, on a telephone: the most pressing first, or what is nearest to where I stand."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yiwang.cases import queries
from yiwang.channels.web.asking import TAKES_TURNS, actor_of, only_for


class Waiting(NamedTuple):
    """A case and what it waits for."""

    asks: str
    turn: queries.Turn


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """One list of everything; where the browser knows its position, its script can put the nearest first."""
    only_for(request, *TAKES_TURNS)
    found = queries.mine_now(actor_of(request))
    # What has no date waits behind what has one.
    pressing = sorted(_all(found), key=lambda one: (one.turn.due_at is None, one.turn.due_at, one.turn.case.number))
    return render(request, "worker/today.html", {"waiting": pressing, "now": timezone.now()})


def _all(found: queries.MineNow) -> Iterator[Waiting]:
    for asks, turns in (
        (_("To sign for"), found.to_sign),
        (_("Whistled for"), found.summoned),
        (_("In hand"), found.in_hand),
        (_("Helping"), found.helping),
        (_("To decide"), found.to_decide),
        (_("To check"), found.to_check),
    ):
        yield from (Waiting(asks, turn) for turn in turns)
