"""Which post a rung tells, and who may answer for it."""

from collections.abc import Collection, Iterable
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
    for one in LEVELS[LEVELS.index(level) :]:
        if found := _FINDS[one](place, holder, on):
            return found
    return None


def responsible(stage: Stage, place: str, lead: int | None, *, on: date) -> int | None:
    """Which post has a case in its stage: who leads, or where it is to be proven, somebody of another unit.

    The innermost who can; of those who can call, whoever does not sit at the inbox: to call is their work.
    """
    duty = _PROVES.get(stage)
    if duty is None:
        return lead
    own = roster().beside(lead)
    able = [line for line in roster().serving(place, on) if duty in line.duties and line.id not in own]
    inner = [line for line in able if line.ground == able[0].ground]
    if stage is Stage.CALL_BACK:
        inner.sort(key=lambda line: Duty.TRIAGE in line.duties)
    return inner[0].id if inner else None


_PROVES = {Stage.CHECK: Duty.CHECK, Stage.CALL_BACK: Duty.CALL_BACK}


def holds(actor: Actor, post: int) -> bool:
    """Whether the actor is in this post today."""
    return post in actor.posts


def _handler(place: str, holder: int | None, on: date) -> int | None:
    line = roster().get(holder)
    return line.id if line and line.serves(place, on) else _first(place, on, Duty.TRIAGE)


def _head(place: str, holder: int | None, on: date) -> int | None:
    """The innermost post of the handler's unit that decides for it, and is not the handler."""
    unit = (line for post in roster().beside(holder) - {holder} if (line := roster().get(post)))
    heads = (line for line in unit if Duty.APPROVE in line.duties and line.serves(place, on))
    return max(((len(line.ground), -line.id, line.id) for line in heads), default=(0, 0, None))[2]


def _centre(place: str, _holder: int | None, on: date) -> int | None:
    return _first(place, on, Duty.TRIAGE, Duty.SUPERVISE)


def _leader(place: str, _holder: int | None, on: date) -> int | None:
    here = roster().serving(place[:TOWN], on)
    return _leading(line for line in here if len(line.ground) == TOWN)


def _county(place: str, _holder: int | None, on: date) -> int | None:
    county = place[:COUNTY]
    leading = _leading(roster().serving(county, on))
    return leading or _first(county, on, Duty.SUPERVISE) or _first(county, on, Duty.DISPATCH)


_FINDS = {
    Level.HANDLER: _handler, Level.HEAD: _head, Level.CENTRE: _centre, Level.LEADER: _leader, Level.COUNTY: _county,
}  # fmt: skip


def _first(place: str, on: date, *duties: Duty) -> int | None:
    return next((line.id for line in roster().serving(place, on) if line.duties.issuperset(duties)), None)


def _leading(lines: Iterable[PostLine]) -> int | None:
    """Who supervises without sitting at the desk."""
    return next((p.id for p in lines if Duty.SUPERVISE in p.duties and Duty.TRIAGE not in p.duties), None)


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


def supervises_in(actor: Actor, place: str) -> int | None:
    """The innermost post in which the actor supervises a place (its code); None where they do not."""
    able = [grant for grant in actor.grants if Duty.SUPERVISE in grant.duties and place.startswith(grant.ground)]
    return min(able, key=lambda grant: (-len(grant.ground), grant.post)).post if able else None


def of_own_unit(actor: Actor, posts: Collection[int]) -> int | None:
    """The post of the actor's that is of a unit with one of these posts; None where there is none."""
    units = frozenset[int]().union(*(roster().beside(post) for post in posts))
    return min(actor.posts & units, default=None)


def deciders(place: str, post: int, *, on: date) -> tuple[int, ...]:
    """The posts that may decide about an appeal of this post's unit, the innermost first: as `decides_appeal` says."""
    own = roster().beside(post)
    serving = roster().serving(place, on)
    return tuple(line.id for line in serving if Duty.SUPERVISE in line.duties and line.id not in own)


def decides_appeal(actor: Actor, appeal: Appeal) -> bool:
    """Whether the actor decides about an appeal: supervises there, and is not of the unit that asks."""
    supervises = any(
        Duty.SUPERVISE in grant.duties and appeal.place.startswith(grant.ground) for grant in actor.grants
    )
    return supervises and actor.posts.isdisjoint(roster().beside(appeal.post_id))
