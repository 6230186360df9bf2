"""What stands against a plan of redrawing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import shapely
from pydantic import TypeAdapter
from shapely.errors import ShapelyError

from yiwang.places.models import Kind, Place, Redrawing
from yiwang.places.rules.codes import Forms
from yiwang.places.rules.faults import Fault
from yiwang.places.rules.redrawing import Ground, Plan, Standing, State, faults_of
from yiwang.places.rules.shapes import array_of, judge
from yiwang.plumbing.refusals import Refused

PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
"""Between a plan and the JSON in which a redrawing keeps it."""


def forms_now() -> Forms:
    """The forms of codes of this installation."""
    return Forms(kind.form for kind in Kind.objects.all())


def faults_of_plan(plan: Plan, *, effective: date, apart_from: int = 0) -> list[Refused]:
    """Everything that keeps this plan from being carried out on that day; empty when it is sound."""
    ground = ground_of(plan, effective, apart_from=apart_from)
    faults = [*faults_of(plan, ground), *_unsound_boundaries(plan, ground)]
    return [Refused(fault.code, **fault.figures) for fault in faults]


def ground_of(plan: Plan, effective: date, *, apart_from: int) -> Ground:
    """The places of all counties that the plan touches, as they are now."""
    counties = {code[:6] for code in plan.codes()}
    columns = ("code", "kind_id", "valid_from", "valid_to")
    listed = Place.objects.filter(county__in=counties).values_list(*columns)
    others = Redrawing.objects.filter(state=State.PLANNED).exclude(pk=apart_from)
    promised = {new.code for other in others for new in PLAN.validate_python(other.plan).establishes}
    return Ground(forms_now(), {row[0]: Standing(*row[1:]) for row in listed}, effective, promised)


def _unsound_boundaries(plan: Plan, ground: Ground) -> Iterator[Fault]:
    for new in plan.establishes:
        form = ground.forms.by_kind.get(new.kind)
        if new.boundary is None or form is None:
            continue
        (verdict,) = judge(array_of([shape_of(new.boundary)]), [form.is_line])
        if isinstance(verdict, Fault):
            why = str(Refused(verdict.code, **verdict.figures))
            yield Fault("redrawing_boundary_unsound", {"place": new.code, "why": why})


def shape_of(geometry: dict[str, Any]) -> Any:
    """A GeoJSON geometry as a shape; what is none comes as an empty one."""
    try:
        return shapely.force_2d(shapely.geometry.shape(geometry))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return shapely.Point()  # empty, and so judged unsound
