"""Weights of the ranking and hours of publishing: data of the county or of the whole installation, changed by acts.

Weights hold from a month on that is not over yet: no ranking that somebody has read is reckoned by others afterwards.
What was set stays (append-only); the newest version in force counts, a county's own before everybody's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max, Q

from yiwang.insight import models
from yiwang.insight.rules import scores
from yiwang.insight.rules.bulletins import Kind
from yiwang.insight.rules.scores import Weight
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.refusals import Refused

HOUR = 7
"""From this hour of the installation's day on, what is complete is published, unless a county has set another."""
COUNTY_DIGITS = 6
LAST_HOUR = 23


@dataclass(frozen=True, slots=True)
class InForce:
    """The weights by which a month is ranked, and which they are: version and county ("" for everybody's)."""

    weights: tuple[Weight, ...]
    version: int
    county: str = ""


def weights_for(of: str, county: str, *, on: date) -> InForce:
    """The weights of units or grids (`scores.UNITS`, `scores.GRIDS`) of a county (code) that are in force on a day."""
    known = models.Weighing.objects.filter(Q(county=county) | Q(county=None), of=of, since__lte=on)
    newest = known.order_by(F("county").asc(nulls_last=True), "-number").first()
    if newest is None:
        return InForce(scores.BUILT_IN[of], scores.VERSION)
    return InForce(scores.weights_of(newest.points), newest.number, newest.county_id or "")


@transaction.atomic
def set_weights(
    points: Mapping[str, int], *, of: str, county: Place | None, since: date, by: Person, today: date
) -> models.Weighing:  # fmt: skip
    """Say by how many points each rate counts from a month on (its first day).

    Refuses rates that there are not, less than a point altogether, and a month that is over.
    """
    access.demand(by, Duty.ADMINISTER, county.code if county else WHOLE, on=today)
    if county is not None and len(county.code) != COUNTY_DIGITS:
        raise Refused("weights_of_no_county", place=county.name)
    if fault := scores.fault_of(points):
        raise Refused(fault)
    if since.day != 1 or since < today.replace(day=1):
        raise Refused("weights_of_a_month_that_is_over")
    last = models.Weighing.objects.filter(county=county, of=of).aggregate(last=Max("number"))["last"]
    kept = models.Weighing.objects.create(
        county=county, of=of, number=(last or scores.VERSION) + 1, since=since,
        points={name: n for name, n in points.items() if n}, set_by=f"person:{by.pk}",
    )  # fmt: skip
    note("set_weights", f"weighing:{kept.pk}", by=kept.set_by, ground=kept.county_id or "", of=of,
         since=since.isoformat(), points=kept.points)  # fmt: skip
    return kept


def hour_of(county: str, kind: Kind) -> int:
    """From which hour of the day on a county's bulletins of a kind are published."""
    known = models.PublishingHour.objects.filter(Q(county=county) | Q(county=None), kind=kind.value)
    found = known.order_by(F("county").asc(nulls_last=True)).first()
    return found.hour if found else HOUR


@transaction.atomic
def set_hour(
    hour: int, *, kind: Kind, county: Place | None, by: Person, today: date,
    change: models.PublishingHour | None = None,
) -> models.PublishingHour:  # fmt: skip
    """Say from which hour on bulletins of a kind are published. Refuses a second hour for the same, and no hour."""
    access.demand(by, Duty.ADMINISTER, county.code if county else WHOLE, on=today)
    kept = change or models.PublishingHour(county=county, kind=kind.value)
    if not 0 <= hour <= LAST_HOUR:
        raise Refused("no_such_hour")
    if models.PublishingHour.objects.filter(county=county, kind=kind.value).exclude(pk=kept.pk).exists():
        raise Refused("publishing_hour_twice")
    kept.hour = hour
    kept.save()
    note("set_publishing_hour", f"publishing_hour:{kept.pk}", by=f"person:{by.pk}", ground=kept.county_id or "",
         kind=kept.kind, hour=hour)  # fmt: skip
    return kept
