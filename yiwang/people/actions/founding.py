"""The first account: somebody must be there before anybody can be appointed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from yiwang.people.actions.accounts import open_unasked
from yiwang.people.actions.asking import record
from yiwang.people.models import Holding, Person, Post, Role, Unit, UnitKind
from yiwang.people.rules import WHOLE
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

OPERATOR = "platform_operator"


@transaction.atomic
def found_installation(login: str, *, name: str, today: date) -> tuple[Person, str]:
    """Open the operator's account of an empty installation, with a post over all of it.

    Gives the person and a one-time password. Refuses when anybody is there already.
    """
    with standing_on(EVERYWHERE):
        if Person.objects.exists():
            raise Refused("not_the_first_account")
        person, password = open_unasked(login, name=name, ground=None, phone="", by=None)
        role = Role.objects.get(code=OPERATOR)
        unit = Unit.objects.create(name=_("Platform operation"), kind=UnitKind.CENTRE)
        post = Post.objects.create(unit=unit, role=role, title=role.name)
        holding = Holding.objects.create(person=person, post=post, since=today)
        record("found_installation", holding, by=None, ground=WHOLE)
    return person, password
