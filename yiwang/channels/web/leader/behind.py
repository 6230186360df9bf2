"""The cases behind a figure: exactly those that it counts, of a place and days, as they are marked now."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.cases import queries as cases
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.rules import read_number, written
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.giving_out import headings_of_cases, row_of, taken_away
from yiwang.channels.web.naming import item_named, unit_named
from yiwang.insight.access import sees
from yiwang.insight.queries.behind import Asked, behind, counted_in
from yiwang.insight.queries.sums import Span
from yiwang.insight.rules.behind import Part, parts_of, wanted_of
from yiwang.insight.rules.indicators import INDICATORS
from yiwang.insight.words import MEANINGS, NAMES
from yiwang.places.queries import tree

MOST = 50
AT_ONCE = 500
_DIGITS = 10


class Line(NamedTuple):
    """A case that is counted, how often, and the case itself where it is the reader's to open."""

    number: int
    times: int
    case: Case | None


@require_safe
@never_cache
def cases_behind(request: HttpRequest, name: str) -> HttpResponse:
    """`place`, `from` and `to` say of what; `part` which side of a quotient; `unit` narrows to what it had to do."""
    actor, asked = actor_of(request), _asked(request, name)
    if asked is None or not sees(actor, asked.place):
        raise Http404
    before = read_number(request.GET.get("before", "")) or cases.FIRST
    found = behind(actor, asked, before=before, most=MOST)
    lines = lines_of(actor, [(one.number, one.times) for one in found[:MOST]])
    narrowed = {name: n for name, n in (("unit", asked.unit), ("item", asked.item)) if n}
    kept = {"place": asked.place, "from": asked.span.first, "to": asked.span.last, **narrowed}
    shown = {
        "asked": asked, "lines": lines, "name": NAMES[name], "indicator": INDICATORS[name],
        "means": MEANINGS[wanted_of(INDICATORS[name], asked.part).has],
        "parts": parts_of(INDICATORS[name]),
        "of": urlencode(kept), "kept": urlencode({**kept, "part": asked.part.value}), "named": name,
        "unit": unit_named(asked.unit) or item_named(asked.item),
        "figure": counted_in(actor, asked), "hidden": sum(line.case is None for line in lines),
        "following": written(found[MOST - 1].number) if len(found) > MOST else "",
    }  # fmt: skip
    return render(request, "leader/behind.html", shown)


def lines_of(actor: Actor, counted: Sequence[tuple[int, int]]) -> list[Line]:
    """A line for each case (its number) that a figure counts, and how often."""
    numbers = [number for number, _times in counted]
    seen = cases.visible_to(actor).filter(number__in=numbers).in_bulk() if numbers else {}
    return [Line(number, times, seen.get(number)) for number, times in counted]


@require_safe
@never_cache
def as_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """All cases behind the figure, to be taken away; of those that are not the reader's to open only the number."""
    actor, asked = actor_of(request), _asked(request, name)
    if asked is None or not sees(actor, asked.place):
        raise Http404
    headings = [_("counted"), *headings_of_cases()]
    rows = (_cells(line) for line in _every(request, asked))
    back = reverse("cases-behind", args=[name])
    return taken_away(request, form, "cases-behind", headings, lambda: rows, back=back)


def _every(request: HttpRequest, asked: Asked) -> Iterator[Line]:
    before = cases.FIRST
    while found := behind(actor_of(request), asked, before=before, most=AT_ONCE):
        yield from lines_of(actor_of(request), [(one.number, one.times) for one in found[:AT_ONCE]])
        if len(found) <= AT_ONCE:
            return
        before = found[AT_ONCE - 1].number


def _cells(line: Line) -> list[str]:
    return [str(line.times), *(row_of(line.case) if line.case else [written(line.number)])]


def _asked(request: HttpRequest, name: str) -> Asked | None:
    """What the address asks for; None where it makes no sense."""
    said = request.GET
    part, place = said.get("part", Part.COUNTED.value), said.get("place", "")
    unit, item = said.get("unit", "0"), said.get("item", "0")
    span = _span(said.get("from", ""), said.get("to", ""))
    if name not in INDICATORS or place not in tree() or span is None:
        return None
    if part not in parts_of(INDICATORS[name]) or not all(
        one.isdecimal() and len(one) < _DIGITS for one in (unit, item)
    ):
        return None
    return Asked(name, place, span, Part(part), int(unit), int(item))


def _span(first: str, last: str) -> Span | None:
    try:
        begin, end = parse_date(first), parse_date(last)
    except ValueError:
        return None
    return Span(begin, end) if begin and end and begin <= end else None
