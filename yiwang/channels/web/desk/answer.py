"""Beside the form with which a case is finished: what is wanting in the reply that is being written. Never a block."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yiwang.cases.rules import LONGEST_TEXT
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.case.making import case_of
from yiwang.replies.queries import warnings
from yiwang.replies.words import FLAWS


@sensitive_post_parameters()
@require_POST
@never_cache
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The warnings of a reply as it stands; nothing of it is kept."""
    case, actor = case_of(request, number), actor_of(request)
    found = warnings(case, request.POST.get("note", "")[:LONGEST_TEXT], posts=actor.posts)
    return render(request, "desk/answer.html", {"warnings": [(FLAWS[one.flaw], one.piece) for one in found]})
