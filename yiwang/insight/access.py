"""Whose numbers somebody sees: those of the ground on which they have that duty, of their own units, and their own."""

from yiwang.cases.access import Actor
from yiwang.people.roster import roster
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import outermost

OF_A_UNIT = frozenset({Duty.HANDLE, Duty.APPROVE})
"""Who has one of these deals with cases in a unit, or decides about them."""


def grounds_of(actor: Actor) -> tuple[str, ...]:
    """The places (outermost codes) whose numbers are the actor's to see; the counties for whoever sees all."""
    codes = outermost(grant.ground for grant in actor.grants if Duty.SEE_NUMBERS in grant.duties)
    return tree().outermost if WHOLE in codes else codes


def sees(actor: Actor, place: str) -> bool:
    """Whether the numbers of this place (code) are theirs to see."""
    return any(place.startswith(ground) for ground in grounds_of(actor))


def units_of(actor: Actor) -> list[int]:
    """The units (ids) in which the actor deals with cases or decides about them, in order."""
    posts = (grant.post for grant in actor.grants if not OF_A_UNIT.isdisjoint(grant.duties))
    return sorted({line.unit for post in posts if (line := roster().get(post))})
