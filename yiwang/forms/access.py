"""Who may ask forms where, and who is what towards one."""

from yiwang.cases.access import Actor
from yiwang.forms.models import Form
from yiwang.forms.rules import Capacity
from yiwang.people.roster import roster
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import outermost

ASKING = frozenset({Duty.ASSIGN_TASKS, Duty.SUPERVISE, Duty.APPROVE})
_PERSON = "person:"


def person_in(actor: Actor) -> int:
    """The number of the human being behind an actor; 0 where there is none."""
    return int(actor.identity.removeprefix(_PERSON)) if actor.identity.startswith(_PERSON) else 0


def asks_in(actor: Actor, place: str) -> int | None:
    """The post in which the actor may ask a form of a place (its code), the innermost; None where they may not."""
    able = [one for one in actor.grants if not ASKING.isdisjoint(one.duties) and place.startswith(one.ground)]
    return min(able, key=lambda one: (-len(one.ground), one.post)).post if able else None


def grounds_to_ask(actor: Actor) -> tuple[str, ...]:
    """Where the actor may ask forms (outermost codes)."""
    return outermost(one.ground for one in actor.grants if not ASKING.isdisjoint(one.duties))


def supervised(actor: Actor) -> tuple[str, ...]:
    """Where the actor supervises (outermost codes)."""
    return outermost(one.ground for one in actor.grants if Duty.SUPERVISE in one.duties)


def units_of(actor: Actor) -> frozenset[int]:
    """The units (ids) for which the actor asks forms."""
    lines = (roster().get(one.post) for one in actor.grants if not ASKING.isdisjoint(one.duties))
    return frozenset(line.unit for line in lines if line)


def capacities(actor: Actor, form: Form) -> frozenset[Capacity]:
    """As whom the actor may act on a form."""
    found = set()
    if form.unit in units_of(actor):
        found.add(Capacity.ASKER)
    if any(form.place.startswith(ground) for ground in supervised(actor)):
        found.add(Capacity.SUPERVISOR)
    return frozenset(found)
