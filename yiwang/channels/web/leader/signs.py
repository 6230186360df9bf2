"""Signs of formalism: what looks as if it was closed on paper only, by unit and one by one, each with its case."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.cases.access import Actor
from yiwang.cases.rules import written
from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.naming import moment, place_name, unit_named
from yiwang.channels.web.templatetags.case_lines import unit_name
from yiwang.formalism import queries
from yiwang.formalism.models import Sign
from yiwang.formalism.rules import BITS, Kind, Sameness
from yiwang.formalism.words import KINDS, RULES, SAMENESS
from yiwang.people.rules import Duty


class Line(NamedTuple):
    """A sign in words, with the other cases that it names."""

    sign: Sign
    kind: str
    said: str
    others: list[int]


class Row(NamedTuple):
    """How many signs a unit has, of each kind in the order of the columns."""

    unit: int
    name: str
    counts: list[int]
    total: int


@require_safe
@never_cache
def signs(request: HttpRequest) -> HttpResponse:
    """The last thirty days of the ground that one supervises; `kind` and `unit` narrow the list."""
    only_for(request, Duty.SUPERVISE)
    actor, now = actor_of(request), timezone.now()
    kind, unit, before = _asked(request)
    units = queries.by_unit(actor, now=now)
    order = queries.rarest_first(units)
    found = queries.signs(actor, now=now, order=order, kind=kind, unit=unit, before=before)
    kept = {name: value for name, value in (("kind", kind), ("unit", unit)) if value}
    tolerances = queries.tolerances_for(actor)
    figures = {name: getattr(tolerances, name) for name in tolerances.__slots__}
    shown = {
        "lines": list(map(_line, found[: queries.SHOWN])), "rows": [_row(one, order) for one in units],
        "kinds": [(one.value, KINDS[one], str(RULES[one]) % figures) for one in order], "kind": kind, "unit": unit,
        "whole": [sum(row.kinds.get(one, 0) for row in units) for one in order],
        "total": sum(row.total for row in units),
        "unit_name": unit_named(unit) if unit else "", "before": before, "kept": urlencode(kept),
        "more": found[queries.SHOWN - 1].pk if len(found) > queries.SHOWN else None,
    }  # fmt: skip
    return render(request, "leader/signs.html", shown)


@require_safe
@never_cache
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """All signs of the last thirty days that are asked for, to be taken away."""
    only_for(request, Duty.SUPERVISE)
    kind, unit, _before = _asked(request)
    headings = [_("case"), _("sign"), _("what was noticed"), _("other cases"), _("unit"), _("place"), _("when")]
    rows = (_cells(_line(sign)) for sign in _every(actor_of(request), kind, unit))
    return taken_away(request, form, "signs", headings, lambda: rows, back=reverse("signs"))


def _asked(request: HttpRequest) -> tuple[Kind | None, int | None, int | None]:
    kind, unit, before = (request.GET.get(name, "") for name in ("kind", "unit", "before"))
    if (kind and kind not in set(Kind)) or not all(value.isdecimal() for value in (unit, before) if value):
        raise Http404
    return Kind(kind) if kind else None, int(unit) if unit else None, int(before) if before else None


def _every(actor: Actor, kind: Kind | None, unit: int | None) -> Iterator[Sign]:
    now, before = timezone.now(), None
    order = queries.rarest_first(queries.by_unit(actor, now=now))
    while found := queries.signs(actor, now=now, order=order, kind=kind, unit=unit, before=before):
        yield from found[: queries.SHOWN]
        if len(found) <= queries.SHOWN:
            return
        before = found[queries.SHOWN - 1].pk


def _cells(line: Line) -> list[str]:
    others = _(", ").join(map(written, line.others))
    sign = line.sign
    where = (unit_name(sign.post) or "", place_name(sign.place), moment(sign.at))
    return [written(sign.number), line.kind, line.said, others, *where]


def _row(one: queries.OfUnit, order: list[Kind]) -> Row:
    counts = [one.kinds.get(kind, 0) for kind in order]
    return Row(one.unit, unit_named(one.unit) or _("A unit that is gone"), counts, one.total)


def _line(sign: Sign) -> Line:
    kind, figures = Kind(sign.kind), sign.figures
    return Line(sign, str(KINDS[kind]), _SAID[kind](figures), figures.get("others", []) or _other(sign))


def _other(sign: Sign) -> list[int]:
    other = sign.figures.get("other")
    return [other] if other and other != sign.number else []


def _quick(figures: dict[str, Any]) -> str:
    minutes = figures["minutes"]
    return ngettext("%(n)s minute after signing", "%(n)s minutes after signing", minutes) % {"n": minutes}


def _photo(figures: dict[str, Any]) -> str:
    return _("looks %(percent)s %% like an earlier one") % {"percent": round(100 * (1 - figures["bits"] / BITS))}


def _again(figures: dict[str, Any]) -> str:
    return _("closed %(times)s times in %(days)s days within %(metres)s metres") % figures


def _device(figures: dict[str, Any]) -> str:
    return str(SAMENESS[Sameness(figures["same"])])


_SAID = {Kind.QUICK: _quick, Kind.PHOTO: _photo, Kind.AGAIN: _again, Kind.DEVICE: _device}
