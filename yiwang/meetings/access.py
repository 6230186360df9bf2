"""Who leads a town's meetings, and who is what towards an item on their agenda."""

from collections.abc import Iterable
from datetime import date

from yiwang.cases.access import Actor
from yiwang.meetings.models import TOWN, LastItem
from yiwang.meetings.rules.meeting import Capacity
from yiwang.people.roster import PostLine, roster
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, outermost

COUNTY = 6
_CHAIRS = frozenset({Duty.SUPERVISE, Duty.CONVENE})


def grounds(actor: Actor) -> tuple[str, ...]:
    """Where the actor reads agendas: what they supervise, as outermost codes."""
    codes = outermost(grant.ground for grant in actor.grants if Duty.SUPERVISE in grant.duties)
    return EVERYWHERE if WHOLE in codes else codes


def towards(actor: Actor, place: str) -> dict[Capacity, int]:
    """As whom the actor acts on the meetings of a place (a town's code, or one inside), and in which post.

    A chair convenes and supervises, a keeper supervises, both over the whole town; of several posts the innermost.
    """
    found: dict[Capacity, int] = {}
    town = place[:TOWN]
    for grant in sorted(actor.grants, key=lambda grant: (-len(grant.ground), grant.post)):
        if Duty.SUPERVISE in grant.duties and grant.ground != WHOLE and town.startswith(grant.ground):
            found.setdefault(Capacity.KEEPER, grant.post)
            if grant.duties >= _CHAIRS:
                found.setdefault(Capacity.CHAIR, grant.post)
    return found


def towards_item(actor: Actor, item: LastItem) -> dict[Capacity, int]:
    """The same for an item. Whoever was named as its owner does not consent to their own work."""
    found = towards(actor, item.place)
    if item.post_id is not None and (item.owner == actor.identity or item.post_id in actor.posts):
        found[Capacity.OWNER] = item.post_id
        found.pop(Capacity.CHAIR, None)
    return found


def chair_of(town: str, on: date) -> int | None:
    """The post that convenes a town's committee; the county's where the town has none."""
    return next((line.id for line in _leading(town, on) if line.duties >= _CHAIRS), None)


def may_own(town: str, on: date) -> list[PostLine]:
    """The posts whose holders can be named at a meeting: who leads the town or its county, and sits at no desk."""
    return list(_leading(town, on))


def _leading(town: str, on: date) -> Iterable[PostLine]:
    for line in roster().serving(town, on):
        leads = Duty.SUPERVISE in line.duties and Duty.TRIAGE not in line.duties
        if leads and len(line.ground) in {TOWN, COUNTY}:
            yield line
