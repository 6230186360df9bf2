"""All cases that one sees: filtered in the address bar, newest or most pressing first, given out as they are shown."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yiwang.cases import actions, queries
from yiwang.cases.rules import read_number, written
from yiwang.channels.web.asking import actor_of, person_of
from yiwang.channels.web.desk.giving_out import given_out, headings_of_cases, row_of
from yiwang.channels.web.desk.pressing import written_cursor
from yiwang.channels.web.desk.wanted import Asked, asked_in
from yiwang.channels.web.drawing import spots_of
from yiwang.people import access
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import EVERYWHERE
from yiwang.supervision.queries import warnings

MOST = 50
MOST_ON_A_MAP = 300
_SORTS = {"": gettext_lazy("newest first"), queries.PRESSING: gettext_lazy("what is due first")}


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One page of them, as a list or on a map."""
    asked, now = asked_in(request), timezone.now()
    on_a_map = asked.typed["view"] == "map"
    page = queries.Page([], None)
    if not asked.wrong:
        cursor = read_number(request.GET.get("before", "")) or queries.FIRST
        most = MOST_ON_A_MAP if on_a_map else MOST
        page = queries.search(actor_of(request), asked.wanted, cursor=cursor, limit=most)
    keys = [
        ("j / k", _("next, previous case")), ("Enter", _("open the case")), ("/", _("search")), ("?", _("these keys")),
    ]  # fmt: skip
    begun = bool(request.GET.get("before") or request.GET.get("after"))
    clock = warnings([case.number for case in page.cases])
    shown = asked.shown() | {
        "page": page, "now": now, "clock": clock, "keys": keys, "begun": begun, "following": _following(page, asked),
        # Words are looked for from the newest on, in no other order.
        "sorts": asked.sorts(_SORTS) if not asked.typed["q"] else [],
        "pressing": asked.wanted.sort == queries.PRESSING, "whole": not begun and page.next is None,
        "view": "map" if on_a_map else "list", "other": _other_view(request),
        "spots": spots_of(page.cases, now, clock) if on_a_map else [], "grounds": _drawn(request, asked.wanted.place),
    }  # fmt: skip
    return render(request, "desk/cases.html", shown, status=422 if asked.wrong else 200)


def _other_view(request: HttpRequest) -> str:
    """The same cases, shown the other way."""
    other = request.GET.copy()
    for cursor in ("before", "after"):
        other.pop(cursor, None)
    other["view"] = "list" if other.get("view") == "map" else "map"
    return other.urlencode()


def _drawn(request: HttpRequest, place: str) -> list[str]:
    """The place that is asked for; otherwise the reader's ground, or every county for who stands on all."""
    grounds = access.grounds_of(person_of(request).pk, timezone.localdate())
    ours = tree().outermost if grounds == EVERYWHERE else grounds
    inside = [place for ground in ours if place.startswith(ground)] if place else []
    return inside[:1] or list(ours)


@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """How many there are; asked for behind the page, which does not wait for it."""
    asked = asked_in(request)
    if asked.wrong:
        raise Http404
    return render(request, "desk/count.html", {"count": queries.count(actor_of(request), asked.wanted)})


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """All that the filter finds."""
    asked = asked_in(request)
    if asked.wrong or not access.present(person_of(request).pk, timezone.localdate()):
        raise Http404
    found = actions.export_cases(asked.wanted, by=actor_of(request), now=timezone.now(), form=form)
    return given_out(request, form, "cases", headings_of_cases(), lambda: map(row_of, found), back=reverse("cases"))


def _following(page: queries.Page, asked: Asked) -> dict[str, Any]:
    """What goes into the address for the next page; nothing where none follows."""
    if page.next is None:
        return {}
    if asked.wanted.sort == queries.PRESSING:
        return {"after": written_cursor(page.cases[-1])}
    return {"before": written(page.next)}
