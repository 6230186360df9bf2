"""What waits for my posts, for my decision and for my eyes, by the time that is left."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yiwang.cases import queries
from yiwang.channels.web.asking import TAKES_TURNS, actor_of, only_for
from yiwang.channels.web.polled import unless_known


class Group(NamedTuple):
    """Turns of one kind, under what they are called."""

    title: str
    turns: list[queries.Turn]


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    keys = [("j / k", _("next, previous case")), ("Enter", _("open the case")), ("?", _("these keys"))]
    return render(request, "desk/mine.html", {**_groups(request), "keys": keys})


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The groups alone, for whoever has had them before."""
    return unless_known(request, render(request, "desk/mine_groups.html", _groups(request)))


def _groups(request: HttpRequest) -> dict[str, Any]:
    only_for(request, *TAKES_TURNS)
    found = queries.mine_now(actor_of(request))
    return {"groups": [g for g in _titled(found) if g.turns], "most": queries.MOST_TURNS, "now": timezone.now()}


def _titled(found: queries.MineNow) -> Iterator[Group]:
    yield Group(_("To sign for"), found.to_sign)
    yield Group(_("Whistled for"), found.summoned)
    yield Group(_("In hand"), found.in_hand)
    yield Group(_("Helping"), found.helping)
    yield Group(_("To decide"), found.to_decide)
    yield Group(_("To check"), found.to_check)
