"""Say from when on two questions are the same."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from yiwang.forms import models
from yiwang.forms.policy import TOPIC
from yiwang.forms.rules import Likeness, likeness_fault
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def set_likeness(
    wanted: Likeness, *, county: Place | None, by: Person, today: date, change: models.Likeness | None = None
) -> models.Likeness:
    """Say for a county, or without one everywhere, when a question is asked already.

    Refuses figures that make no sense, and a second setting for the same county.
    """
    access.demand(by, Duty.ADMINISTER, county.code if county else WHOLE, on=today)
    if fault := likeness_fault(wanted):
        raise Refused(fault)
    kept = change or models.Likeness(county=county)
    if models.Likeness.objects.filter(county=county).exclude(pk=kept.pk).exists():
        raise Refused("likeness_twice")
    kept.percent, kept.days = wanted.percent, wanted.days
    kept.save()
    note("set_likeness", f"likeness:{kept.pk}", by=f"person:{by.pk}", ground=kept.county_id or "", **asdict(wanted))
    touched(TOPIC)
    return kept
