"""Who is what towards a shift, and at which desks somebody sits."""

from yiwang.cases.access import Actor
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import outermost
from yiwang.shifts.models import Shift
from yiwang.shifts.rules import Capacity

# A desk stands in a county or further in; the whole installation has none.
COUNTY_LENGTH = 6


def desks_of(actor: Actor) -> dict[str, int]:
    """The desks (codes of places) at which the actor classifies what comes in, each with the post they do it in."""
    return {
        grant.ground: grant.post
        for grant in sorted(actor.grants, key=lambda grant: -grant.post)
        if Duty.TRIAGE in grant.duties and len(grant.ground) >= COUNTY_LENGTH
    }


def read_at(actor: Actor) -> tuple[str, ...]:
    """The grounds on whose desks the actor reads the log: where they sit, and where they supervise."""
    reading = {Duty.TRIAGE, Duty.SUPERVISE}
    return outermost(grant.ground for grant in actor.grants if not reading.isdisjoint(grant.duties))


def capacities(actor: Actor, shift: Shift) -> dict[Capacity, int]:
    """As whom the actor may act on a shift, and in which post."""
    found: dict[Capacity, int] = {}
    if (post := desks_of(actor).get(shift.place)) is not None:
        found[Capacity.COLLEAGUE] = post
    if actor.identity == shift.keeper:
        found[Capacity.KEEPER] = shift.post_id
    for grant in sorted(actor.grants, key=lambda grant: (-len(grant.ground), grant.post)):
        if Duty.SUPERVISE in grant.duties and shift.place.startswith(grant.ground):
            found.setdefault(Capacity.HEAD, grant.post)
    return found
