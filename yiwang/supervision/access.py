"""Which post a rung tells, and who may answer for it."""

from collections.abc import Collection
from datetime import date

from yiwang.cases.access import Actor
from yiwang.catalogue.rules import Stage
from yiwang.people.roster import PostLine, roster
from yiwang.people.rules import Duty
from yiwang.supervision.models import Appeal, Order
from yiwang.supervision.rules.ladder import LEVELS, Level
from yiwang.supervision.rules.orders import Capacity

COUNTY, TOWN = 6, 9


def told(level: Level, place: str, holder: int | None, *, on: date) -> int | None:
    """The post that a level means for a case at a place (its code) that `holder` has: by post, never by name.

    Where nobody sits at that level, the next one up that somebody holds; None where there is no such post at all.
    """
    there = list(roster().serving(place, on))
    for one in LEVELS[LEVELS.index(level) :]:
        if found := _FINDS[one](there, holder):
            return found
    return None


def responsible(stage: Stage, place: str, lead: int | None, *, on: date) -> int | None:
    """Which post has a case in its stage: who leads, or where it is to be proven, somebody of another unit."""
    duty = _PROVES.get(stage)
    if duty is None:
        return lead
    own = roster().beside(lead)
    return next((p.id for p in roster().serving(place, on) if duty in p.duties and p.id not in own), None)


_PROVES = {Stage.CHECK: Duty.CHECK, Stage.CALL_BACK: Duty.CALL_BACK}


def holds(actor: Actor, post: int) -> bool:
    """Whether the actor is in this post today."""
    return post in actor.posts


def _handler(there: list[PostLine], holder: int | None) -> int | None:
    if holder and any(line.id == holder for line in there):
        return holder
    return _first(there, Duty.TRIAGE)


def _head(there: list[PostLine], holder: int | None) -> int | None:
    """The innermost post of the handler's unit that decides for it, and is not the handler."""
    unit = roster().beside(holder) - {holder}
    return next((line.id for line in there if line.id in unit and Duty.APPROVE in line.duties), None)


def _centre(there: list[PostLine], _holder: int | None) -> int | None:
    return _first(there, Duty.TRIAGE, Duty.SUPERVISE)


def _leader(there: list[PostLine], _holder: int | None) -> int | None:
    return _leading([line for line in there if len(line.ground) == TOWN])


def _county(there: list[PostLine], _holder: int | None) -> int | None:
    county = [line for line in there if len(line.ground) <= COUNTY]
    return _leading(county) or _first(county, Duty.SUPERVISE) or _first(county, Duty.DISPATCH)


_FINDS = {
    Level.HANDLER: _handler, Level.HEAD: _head, Level.CENTRE: _centre, Level.LEADER: _leader, Level.COUNTY: _county,
}  # fmt: skip


def _first(there: list[PostLine], *duties: Duty) -> int | None:
    return next((line.id for line in there if line.duties.issuperset(duties)), None)


def _leading(there: list[PostLine]) -> int | None:
    """Who supervises without sitting at the desk."""
    return next((p.id for p in there if Duty.SUPERVISE in p.duties and Duty.TRIAGE not in p.duties), None)


def capacities_towards(actor: Actor, order: Order) -> dict[Capacity, int]:
    """As whom the actor may act on an order, and in which post."""
    found: dict[Capacity, int] = {}
    if order.post_id in actor.posts:
        found[Capacity.OWNER] = order.post_id
    if order.given_in_id in actor.posts:
        found[Capacity.GIVER] = order.given_in_id
    for grant in sorted(actor.grants, key=lambda grant: (-len(grant.ground), grant.post)):
        if Duty.SUPERVISE in grant.duties and order.place.startswith(grant.ground):
            found.setdefault(Capacity.WATCHER, grant.post)
    return found


def of_own_unit(actor: Actor, posts: Collection[int]) -> int | None:
    """The post of the actor's that is of a unit with one of these posts; None where there is none."""
    units = frozenset[int]().union(*(roster().beside(post) for post in posts))
    return min(actor.posts & units, default=None)


def decides_appeal(actor: Actor, appeal: Appeal) -> bool:
    """Whether the actor decides about an appeal: supervises there, and is not of the unit that asks."""
    supervises = any(
        Duty.SUPERVISE in grant.duties and appeal.place.startswith(grant.ground) for grant in actor.grants
    )
    return supervises and actor.posts.isdisjoint(roster().beside(appeal.post_id))
