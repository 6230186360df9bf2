"""The place that a resident's words name, offered to be taken while none is chosen; of several of one name, each."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yiwang.cases.rules import LONGEST_TEXT
from yiwang.channels.web.picking import chosen_of, path_in_words
from yiwang.places.queries import named_in


@login_not_required
@require_POST
def named(request: HttpRequest) -> HttpResponse:
    """What was typed so far names; nothing once a place was chosen or a position taken."""
    offered = [] if _is_known(request) else _named(request.POST.get("text", "")[:LONGEST_TEXT])
    return render(request, "resident/named.html", {"offered": offered})


def _is_known(request: HttpRequest) -> bool:
    return bool(chosen_of(request.POST.getlist("place")) or request.POST.get("lon"))


def _named(text: str) -> list[tuple[str, str]]:
    found = named_in(text, on=timezone.localdate())
    codes = found.choices or ((found.place,) if found.place else ())
    return [(code, path_in_words(code)) for code in codes]
