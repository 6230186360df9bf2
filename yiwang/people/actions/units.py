"""Units: organisations, in a tree."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from yiwang.people.actions.asking import administers, code_of, record, unless_taken
from yiwang.people.models import Person, Unit, UnitKind
from yiwang.people.rules import WHOLE
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused


@transaction.atomic
def establish_unit(
    name: str, *, kind: UnitKind, by: Person, today: date,
    ground: Place | None, parent: Unit | None = None, valid_from: date | None = None,
) -> Unit:  # fmt: skip
    """Set up an organisation on a ground. Refuses a name it already has there, and a parent that lies elsewhere."""
    administers(by, code_of(ground), today=today)
    _refuse_name_taken(name, ground)
    _refuse_wrong_parent(parent, code_of(ground))
    unit = Unit(name=name, kind=kind, ground=ground, parent=parent, valid_from=valid_from)
    with unless_taken({"unit_name_once_on_a_ground": Refused("unit_name_taken", unit=name)}):
        unit.save(force_insert=True)
    record("establish_unit", unit, by=by, ground=code_of(ground), name=name)
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: Person, today: date, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    """Rename a unit or hang it elsewhere in the tree; its ground stays. Refuses a circle."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    administers(by, unit.ground_id or WHOLE, today=today)
    _refuse_name_taken(name, unit.ground, besides=unit.pk)
    _refuse_wrong_parent(parent, unit.ground_id or WHOLE, child=unit.pk)
    was = {"name": unit.name, "kind": unit.kind, "parent": unit.parent_id}
    unit.name, unit.kind, unit.parent = name, kind, parent
    unit.save(update_fields=["name", "kind", "parent"])
    said = {"name": name, "kind": unit.kind, "parent": unit.parent_id}
    record("change_unit", unit, by=by, ground=unit.ground_id or WHOLE, was=was, **said)
    return unit


@transaction.atomic
def close_unit(unit: Unit, *, on: date, by: Person, today: date) -> Unit:
    """Close a unit from that day on; it stays in history. Refuses while it has posts or units of its own."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    administers(by, unit.ground_id or WHOLE, today=today)
    living = Q(valid_to=None) | Q(valid_to__gt=on)
    if unit.posts.filter(living).exists() or unit.children.filter(living).exists():
        raise Refused("unit_still_has_posts", unit=unit.name)
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])
    record("close_unit", unit, by=by, ground=unit.ground_id or WHOLE, on=on.isoformat())
    return unit


def _refuse_name_taken(name: str, ground: Place | None, *, besides: int | None = None) -> None:
    if Unit.objects.filter(name=name, ground=ground).exclude(pk=besides or 0).exists():
        raise Refused("unit_name_taken", unit=name)


def _refuse_wrong_parent(parent: Unit | None, ground: str, *, child: int | None = None) -> None:
    if parent is not None and not ground.startswith(parent.ground_id or WHOLE):
        raise Refused("parent_unit_elsewhere", unit=parent.name)
    above = parent
    while above is not None:
        if above.pk == child:
            raise Refused("unit_above_itself", unit=above.name)
        above = above.parent
