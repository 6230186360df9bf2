"""Say from when on two questions are the same."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from yiwang.figures.actions import put
from yiwang.forms import models
from yiwang.forms.policy import LIKENESS
from yiwang.forms.rules import Likeness
from yiwang.people.models import Person
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note


@transaction.atomic
def set_likeness(
    wanted: Likeness, *, county: Place | None, by: Person, today: date, change: models.Likeness | None = None
) -> models.Likeness:
    """Say for a county, or without one everywhere, when a question is asked already. Refuses as `figures.put`."""
    kept = put(LIKENESS, wanted, of=county, by=by, today=today, change=change)
    note("set_likeness", f"likeness:{kept.pk}", by=f"person:{by.pk}", ground=kept.county_id or "", **asdict(wanted))
    return kept
