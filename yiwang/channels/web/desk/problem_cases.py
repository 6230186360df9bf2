"""The cases behind a figure of the four lists: exactly those that it counts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.cases import queries as cases
from yiwang.cases.rules import read_number, written
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.lists import asked_in, item_in
from yiwang.channels.web.leader.behind import lines_of
from yiwang.lists import queries
from yiwang.plumbing.refusals import Unseen

MOST = 50


@require_safe
@never_cache
def problem_cases(request: HttpRequest) -> HttpResponse:
    """`of` names the figure, `item` the problem (all of them where there is none)."""
    by, asked, item, figure = actor_of(request), asked_in(request), item_in(request), request.GET.get("of", "")
    before = read_number(request.GET.get("before", "")) or cases.FIRST
    try:
        found = queries.behind(by, asked, figure, now=timezone.now(), before=before, most=MOST, item=item)
    except Unseen as unseen:
        raise Http404 from unseen
    shown = {
        "asked": asked, "item": item, "figure": figure,
        "lines": lines_of(by, [(one.number, one.times) for one in found[:MOST]]),
        "following": written(found[MOST - 1].number) if len(found) > MOST else "",
    }  # fmt: skip
    return render(request, "desk/problem_cases.html", shown)
