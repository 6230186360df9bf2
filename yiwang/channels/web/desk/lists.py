"""The four lists 四清单 of a place or a unit: problems, measures, who answers, what came of it; one line a problem."""

from collections.abc import Mapping
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk import lists_sheet
from yiwang.channels.web.desk.giving_out import given_out
from yiwang.channels.web.naming import names_behind
from yiwang.lists import access, actions, queries
from yiwang.lists.queries import Asked, Lists, Problem
from yiwang.lists.rules import EFFECTS, MEASURES, PROBLEMS, Period, Rate, period_of, periods, rates_of
from yiwang.places.queries import tree
from yiwang.plumbing.refusals import Unseen

MOST = 50
BEARERS = 3
_DIGITS = 10
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Said also where there is none.
_ALWAYS = frozenset({"told", "open", "closed"})


class Figure(NamedTuple):
    """How many, of what."""

    name: str
    n: int


class Line(NamedTuple):
    """A problem in its four lists."""

    problem: Problem
    told: list[Figure]
    taken: list[Figure]
    reached: list[Figure]
    rates: list[Rate]


@require_safe
@never_cache
def lists(request: HttpRequest) -> HttpResponse:
    """`place` and `unit` say whose, `period` of which month or quarter; otherwise the reader's own, this month."""
    by, asked, now = actor_of(request), asked_in(request), timezone.now()
    found = _found(request, asked)
    lines = list(map(line_of, found.problems[:MOST]))
    names = names_behind({leader.owner for problem in found.problems[:MOST] for leader in problem.leaders})
    upper = asked.place[:-3]
    shown = {
        "asked": asked, "lines": lines, "sums": figures(found.sums, (*PROBLEMS, *EFFECTS)), "names": names,
        "rates": list(rates_of(found.sums)), "more": max(0, len(found.problems) - MOST), "now": now,
        "periods": periods(timezone.localdate(now)), "bearers": BEARERS, "mine": access.units(by),
        "upper": upper if access.sees(by, upper, asked.unit) else "",
        "inner": [spot for spot in tree().children(asked.place) if access.sees(by, spot.code, asked.unit)],
    }  # fmt: skip
    return render(request, "desk/lists.html", shown)


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The lists as they are shown, all lines of them, to be taken away as CSV or Excel."""
    asked, found, names = _taken(request, form)
    headings, rows = lists_sheet.headings(), list(lists_sheet.rows(found, names))
    return given_out(request, form, f"lists-{asked.place}", headings, lambda: rows, back=reverse("lists"))


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The same as a document to be printed."""
    asked, found, names = _taken(request, "docx")
    response = HttpResponse(lists_sheet.written(found, names), content_type=_WORD)
    name = f"lists-{asked.place}-{asked.period.code}.docx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def asked_in(request: HttpRequest) -> Asked:
    """Whose lists of which time the address asks for; nothing here where that makes no sense."""
    by, said = actor_of(request), request.GET if request.method == "GET" else request.POST
    unit, period = said.get("unit", ""), _period(said.get("period", ""))
    if period is None or (unit and not _is_number(unit)):
        raise Http404
    own = int(unit) if unit else 0
    place = said.get("place", "")
    if not place and not own and not access.grounds(by):
        own = next(iter(access.units(by)), 0)
    grounds = access.grounds_in(by, own) if own else access.grounds(by)
    place = place or next(iter(grounds), "")
    if not access.sees(by, place, own):
        raise Http404
    return Asked(place, period, own)


def item_in(request: HttpRequest) -> int | None:
    """The item that the address asks for; None for all."""
    item = (request.GET if request.method == "GET" else request.POST).get("item", "")
    if item and not _is_number(item):
        raise Http404
    return int(item) if item else None


def line_of(problem: Problem) -> Line:
    """A problem with what is to be said of it."""
    return Line(
        problem, figures(problem.sums, PROBLEMS), figures(problem.sums, MEASURES), figures(problem.sums, EFFECTS),
        [rate for rate in rates_of(problem.sums) if rate.of],
    )  # fmt: skip


def figures(sums: Mapping[str, int], names: tuple[str, ...]) -> list[Figure]:
    """Figures in their order; what there is none of is not said, but for what one always asks."""
    return [Figure(str(name), sums.get(name, 0)) for name in names if sums.get(name) or name in _ALWAYS]


def _taken(request: HttpRequest, form: str) -> tuple[Asked, Lists, dict[str, str]]:
    asked = asked_in(request)
    try:
        found = actions.give_out(asked, by=actor_of(request), now=timezone.now(), form=form)
    except Unseen as unseen:
        raise Http404 from unseen
    owners = {leader.owner for problem in found.problems for leader in problem.leaders}
    return asked, found, names_behind(owners)


def _found(request: HttpRequest, asked: Asked) -> Lists:
    try:
        return queries.lists(actor_of(request), asked, now=timezone.now())
    except Unseen as unseen:
        raise Http404 from unseen


def _period(code: str) -> Period | None:
    return period_of(code) if code else periods(timezone.localdate())[0]


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < _DIGITS
