"""The ground: its places as a tree beside a map."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from yiwang.channels.web.asking import has_duty, person_of
from yiwang.people import access
from yiwang.people.rules import Duty
from yiwang.places import queries


def _grounds(request: HttpRequest) -> tuple[str, ...]:
    return access.grounds_of(person_of(request).pk, timezone.localdate())


def ground(request: HttpRequest) -> HttpResponse:
    """Roots of the reader's ground, or what a search finds in it."""
    words = request.GET.get("q", "").strip()
    grounds = _grounds(request)
    after = request.GET.get("after", "")
    page = queries.search(words, inside=grounds, after=after) if words else queries.roots(grounds, after=after)
    drawn = [line.code for line in page.lines if line.has_boundary]
    may_draw = has_duty(request, Duty.DRAW_GROUND)
    template = "desk/ground_lines.html" if "HX-Request" in request.headers else "desk/ground.html"
    return render(request, template, {"page": page, "q": words, "drawn": drawn, "may_draw": may_draw})


def children(request: HttpRequest, code: str) -> HttpResponse:
    """The places one level below, as lines of the tree."""
    _refuse_strangers(request, code)
    page = queries.children(code, after=request.GET.get("after", ""))
    return render(request, "desk/ground_lines.html", {"page": page, "of": code})


def outline(request: HttpRequest, code: str) -> HttpResponse:
    """The boundary of a place and of the places one level below it, for the map."""
    _refuse_strangers(request, code)
    return JsonResponse(queries.outline_of(code), content_type="application/geo+json")


def _refuse_strangers(request: HttpRequest, code: str) -> None:
    """A place outside the reader's ground does not exist for them."""
    if not any(mine == "*" or code.startswith(mine) for mine in _grounds(request)):
        raise Http404
