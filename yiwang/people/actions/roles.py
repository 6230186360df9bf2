"""Roles: named bundles of duties."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from yiwang.people import access
from yiwang.people.actions.asking import code_of, may_grant, record, unless_taken
from yiwang.people.models import Person, Role
from yiwang.people.rules import NOT_FOR_LOCAL_ADMINISTRATORS, WHOLE, Duty
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@transaction.atomic
def define_role(
    code: str, *, name: str, name_en: str, duties: Collection[str], by: Person, today: date,
    county: Place | None, role_set: str = "",
) -> Role:  # fmt: skip
    """A role of a county's own, or (`county` none) of the whole installation.

    Refuses duties that do not exist, a code that is taken, and what `by` could not grant.
    """
    role = Role(code=code, name=name, name_en=name_en, duties=_known(duties), county=county, role_set=role_set)
    may_grant(by, role, code_of(county), today=today)
    with standing_on(EVERYWHERE):
        if Role.objects.filter(code=code).exists():
            raise Refused("role_code_taken", code=code)
    with unless_taken({"code": Refused("role_code_taken", code=code)}):
        role.save(force_insert=True)
    record("define_role", role, by=by, ground=code_of(county), duties=role.duties)
    return role


@transaction.atomic
def change_role(role: Role, *, by: Person, today: date, name: str, name_en: str, duties: Collection[str]) -> Role:
    """Change a role, and with it every post that has it.

    Refuses adding a duty to a role that `by` holds, and touching duties that are not for local administrators.
    """
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    ground = role.county_id or WHOLE
    may_grant(by, role, ground, today=today)
    was, wanted = list(role.duties), _known(duties)
    added = set(wanted) - set(was)
    if added and by.holdings.filter(post__role=role).exists():
        raise Refused("administering_oneself")
    if not NOT_FOR_LOCAL_ADMINISTRATORS.isdisjoint(added):
        access.demand(by, Duty.ADMINISTER, WHOLE, on=today)
    role.name, role.name_en, role.duties = name, name_en, wanted
    role.save(update_fields=["name", "name_en", "duties"])
    record("change_role", role, by=by, ground=ground, was=was, duties=wanted)
    return role


def _known(duties: Collection[str]) -> list[str]:
    unknown = sorted(set(duties) - set(Duty))
    if unknown:
        raise Refused("no_such_duty", duty=", ".join(unknown))
    return [duty.value for duty in Duty if duty in set(duties)]
