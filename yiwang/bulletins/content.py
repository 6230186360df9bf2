"""What a bulletin's papers say, gathered: the frozen figures, and beside them what the roll-ups hold of its days."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yiwang.bulletins.rules import Content, Line, Printed, Table, days_drawn, first_before, moment
from yiwang.catalogue.models import Board
from yiwang.insight.models import Bulletin
from yiwang.insight.publishing import said_by
from yiwang.insight.queries.sums import NO_SUMS, Span, Sums, by, rows
from yiwang.insight.rules.bulletins import Figure, Kind
from yiwang.insight.rules.indicators import INDICATORS, value_of
from yiwang.insight.rules.marks import DAILY_LEVELS, Facet
from yiwang.insight.rules.scores import UNITS, Scored, scored
from yiwang.insight.weighing import weights_for
from yiwang.insight.words import KINDS, NAMES
from yiwang.people.roster import roster
from yiwang.places.queries import tree

_COUNTS = ("reported", "due", "closed")
_RATES = ("closure_rate", "in_time_rate", "satisfied_rate")


def content_of(kept: Bulletin) -> Content:
    """All that the papers of a bulletin say, in the language that is active. Stands everywhere."""
    kind, span = Kind(kept.kind), Span(kept.first, kept.last)
    figures = {figure.name: figure for figure in said_by(kept).figures}
    tables = [_inner(kept.place, span), _boards(kept.place, span)]
    if kind is Kind.MONTH:
        tables.append(_units(kept.place, span))
    return Content(
        title=f"{_named(kept.place)} {KINDS[kind]}",
        days=f"{kept.first.isoformat()}" if kept.first == kept.last else f"{kept.first} – {kept.last}",
        summary=tuple(_summary(figures)),
        figures=tuple(_printed(kept, figures)),
        daily=_daily(kept.place, *days_drawn(kind, kept.first)),
        tables=tuple(table for table in tables if table.lines),
        notes=tuple(_notes(kept)),
    )


def address_of(kept: Bulletin) -> str:
    """The address of the bulletin's page; without a host where the installation knows none of its own."""
    return _host() + reverse("bulletin", args=[kept.place, kept.kind, kept.first.isoformat()])


def _host() -> str:
    return next(iter(settings.CSRF_TRUSTED_ORIGINS), "")


def _named(place: str) -> str:
    spot = tree().get(place)
    return spot.name if spot else place


def _summary(figures: Mapping[str, Figure]) -> Iterator[str]:
    said: dict[str, Any] = {name: figures[name].over for name in ("reported", "accepted", "closed")}
    yield _("%(reported)d reported, %(accepted)d accepted, %(closed)d closed.") % said
    closure, in_time = figures["closure_rate"], figures["in_time_rate"]
    if closure.of:
        about = {"due": closure.of, "n": closure.over, "rate": f"{closure.value:.2f}"}
        yield _("%(due)d were to be closed; %(n)d are: closure rate %(rate)s %%.") % about
        about = {"due": in_time.of, "n": in_time.over, "rate": f"{in_time.value:.2f}"}
        yield _("Of these %(n)d in time: rate in time %(rate)s %%.") % about
    asked, satisfied = figures["response_rate"], figures["satisfied_rate"]
    if satisfied.of:
        about = {"asked": asked.of, "reached": asked.over, "rate": f"{satisfied.value:.2f}"}
        yield _("%(asked)d reporters were called, %(reached)d reached; satisfied %(rate)s %%.") % about


def _printed(kept: Bulletin, figures: Mapping[str, Figure]) -> Iterator[Printed]:
    before = Bulletin.objects.filter(
        county=kept.county, place=kept.place, kind=kept.kind, first=first_before(Kind(kept.kind), kept.first)
    ).first()
    earlier = {one.name: one for one in said_by(before).figures} if before else {}
    for name, figure in figures.items():
        same = earlier.get(name)
        was = same.value if same and same.version == figure.version else None
        asked = {"place": kept.place, "from": kept.first.isoformat(), "to": kept.last.isoformat()}
        address = f"{_host()}{reverse('cases-behind', args=[name])}?{urlencode(asked)}" if name in INDICATORS else ""
        unit = INDICATORS[name].unit.value if name in INDICATORS else "cases"
        yield Printed(str(NAMES.get(name, name)), figure, unit, was, address)


def _daily(place: str, first: Any, last: Any) -> Table:
    sums = by(rows(Facet.BOARD, [place], Span(first, last)), "day", ("reported", "closed"))
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    lines = [
        Line(day.strftime("%m-%d"), (found.get("reported", 0), found.get("closed", 0)))
        for day in every
        if (found := sums.get(day, {})) is not None
    ]
    return Table(_("Day by day"), (_("Date"), _("Reported"), _("Closed")), tuple(lines))


def _inner(place: str, span: Span) -> Table:
    inner = [spot for spot in tree().children(place) if len(spot.code) in DAILY_LEVELS]
    sums = by(rows(Facet.BOARD, [spot.code for spot in inner], span), "place")
    lines = [_line(spot.name, sums.get(spot.code, NO_SUMS)) for spot in inner]
    return _table(_("By place"), _("Place"), lines)


def _boards(place: str, span: Span) -> Table:
    names = dict(Board.objects.values_list("pk", "name"))
    found = by(rows(Facet.BOARD, [place], span), "key")
    lines = [
        _line(names.get(int(str(board)), _("Not named yet")), sums)
        for board, sums in sorted(found.items(), key=lambda one: -one[1]["reported"])
        if any(sums.values())
    ]
    return _table(_("By board"), _("Board"), lines)


def _line(name: str, sums: Sums) -> Line:
    rates = (value_of(INDICATORS[rate], sums).value for rate in _RATES)
    return Line(name, (*(sums[one] for one in _COUNTS), *rates))


def _table(heading: str, of: str, lines: list[Line]) -> Table:
    columns = (of, *(str(NAMES[name]) for name in (*_COUNTS, *_RATES)))
    return Table(heading, columns, tuple(lines), per_cent=frozenset({4, 5, 6}))


def _units(place: str, span: Span) -> Table:
    weighing = weights_for(UNITS, place[:6], on=span.last)
    found = by(rows(Facet.UNIT, [place], span), "key")
    ranked = scored({str(unit): sums for unit, sums in found.items() if unit}, weighing.weights)
    heading = _("Units by score (weights version %(n)d)") % {"n": weighing.version}
    columns = (_("Unit"), _("Score"), _("To be closed"), *(str(NAMES[one.indicator]) for one in weighing.weights))
    lines = tuple(Line(_unit_named(one), (one.score, one.due, *(v.value for v in one.values))) for one in ranked)
    return Table(heading, columns, lines, per_cent=frozenset(range(3, len(columns))))


def _unit_named(line: Scored) -> str:
    posts = roster().of_unit(int(line.key))
    known = roster().get(min(posts)) if posts else None
    return known.unit_name if known else _("A unit that is gone")


def _notes(kept: Bulletin) -> Iterator[str]:
    yield _("The figures are frozen by what was recorded before %(when)s, counted by version %(n)d of the rules.") % {
        "when": moment(timezone.localtime(kept.as_of)), "n": kept.rules,
    }  # fmt: skip
    if kept.history_day and kept.history_digest:
        yield _("They name the digest of the history of %(day)s: %(digest)s.") % {
            "day": kept.history_day.isoformat(), "digest": bytes(kept.history_digest).hex(),
        }  # fmt: skip
    yield _("Signature (Ed25519): %(signature)s") % {"signature": bytes(kept.signature).hex()}
    yield _("Tables and charts beside them are as the roll-ups stood when this paper was made.")
    yield _("Page with the cases behind each figure: %(address)s") % {"address": address_of(kept)}
