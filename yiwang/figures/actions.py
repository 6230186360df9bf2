"""Set the figures of a ground."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from yiwang.figures.policy import Figures, M, R
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import touched
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def put(figures: Figures[R, M], wanted: R, *, of: Place | None, by: Person, today: date, change: M | None = None) -> M:
    """Write down what holds for a ground, or without one everywhere; `change`: the row that is there, whose ground
    stays. The room's own act says so in the trail.

    Refuses whoever does not administer that ground, ground of another level, figures with a fault, and a second row.
    """
    row = change or figures.table(**{figures.ground: of})
    ground: Place | None = getattr(row, figures.ground)
    access.demand(by, Duty.ADMINISTER, ground.code if ground else WHOLE, on=today)
    if ground is not None and len(ground.code) not in figures.levels:
        raise Refused(figures.unfit)
    if fault := figures.fault(wanted):
        raise Refused(fault)
    if QuerySet(figures.table).filter(**{figures.ground: ground}).exclude(pk=row.pk).exists():
        raise Refused(figures.twice)
    for column, value in figures.written(wanted).items():
        setattr(row, column, value)
    row.save()
    touched(figures.topic)
    return row
