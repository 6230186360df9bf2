"""Open data: what everybody may have of a month, made once when the month is published, small counts hidden.

Made once and never anew: two tables of the same month that differ by a case would give that case away.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yiwang.insight.models import Bulletin, OpenMonth
from yiwang.insight.queries.sums import NO_SUMS, Span, by, rows
from yiwang.insight.rules.bulletins import Kind, last_of
from yiwang.insight.rules.marks import DAILY_LEVELS, Facet
from yiwang.insight.rules.suppression import Cell, hidden
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

VERSION = 1
"""Of what stands in these tables."""
MEASURES = ("reported", "closed", "due", "due_in_time")
_WITHIN = {"due_in_time": "due"}


def open_published(*, now: datetime) -> list[str]:
    """Open the months whose bulletin of the county is published and that are not open yet; as "990101 2026-10".

    Stands everywhere; safe to run at any time, and twice.
    """
    months = Bulletin.objects.filter(kind=Kind.MONTH.value).order_by("first", "place")
    published = [(one.county, one.first) for one in months if one.place == one.county]
    there = set(OpenMonth.objects.values_list("county", "first"))
    waiting = [one for one in published if one not in there]
    for county, first in waiting:
        open_month(county, first, now=now)
    return [f"{county} {first:%Y-%m}" for county, first in waiting]


@transaction.atomic
def open_month(county: str, first: date, *, now: datetime) -> OpenMonth:
    """Keep a month of a county as everybody may have it: for each place a count or None, by measure."""
    span, inner = Span(first, last_of(Kind.MONTH, first)), _inner(county)
    places = [county, *(code for below in inner.values() for code in below)]
    sums = by(rows(Facet.BOARD, places, span), "place", MEASURES)
    counts = {place: sums.get(place, NO_SUMS) for place in places}
    gone = {measure: hidden(_cells(counts, measure), inner, county) for measure in MEASURES}
    lines = {
        place: [None if place in gone[measure] else counts[place][measure] for measure in MEASURES]
        for place in sorted(places)
    }  # fmt: skip
    return OpenMonth.objects.create(county=county, first=first, version=VERSION, lines=lines, made_at=now)


def months(county: str = "") -> list[OpenMonth]:
    """The open months, the newest first: for everybody."""
    with standing_on(EVERYWHERE):
        found = OpenMonth.objects.filter(county=county) if county else OpenMonth.objects.all()
        return list(found.order_by("-first", "county"))


def month(county: str, first: date) -> OpenMonth | None:
    """One of them; None where it is not open."""
    with standing_on(EVERYWHERE):
        return OpenMonth.objects.filter(county=county, first=first).first()


def table(kept: OpenMonth) -> Iterator[dict[str, str | int | None]]:
    """An open month line by line: month, place, its name, and each count; None where it is hidden."""
    for place, counts in sorted(kept.lines.items()):
        spot = tree().get(place)
        said = {"month": f"{kept.first:%Y-%m}", "place": place, "name": spot.name if spot else ""}
        yield {**said, **dict(zip(MEASURES, counts, strict=True))}


def _inner(county: str) -> dict[str, list[str]]:
    """Towns of the county and communities of each town."""
    towns = [spot.code for spot in tree().children(county) if len(spot.code) == DAILY_LEVELS[1]]
    inside = {town: [s.code for s in tree().children(town) if len(s.code) == DAILY_LEVELS[2]] for town in towns}
    return {county: towns, **inside}


def _cells(counts: Mapping[str, Mapping[str, int]], measure: str) -> dict[str, Cell]:
    around = _WITHIN.get(measure)
    return {
        place: Cell(sums[measure], sums[around] - sums[measure] if around else 0) for place, sums in counts.items()
    }  # fmt: skip


def made_on(kept: OpenMonth) -> date:
    """The day on which it was made, in the installation's zone."""
    return timezone.localdate(kept.made_at)
