"""Whose lists somebody sees, and for what they may write down a measure."""

from collections.abc import Iterable

from yiwang.cases.access import OVERSEEING, Actor
from yiwang.insight import access as numbers
from yiwang.insight.rules.outcomes import LEVELS
from yiwang.people.roster import roster
from yiwang.people.rules import WHOLE, Duty, Grant
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import outermost

# Whoever looks after a ground sees every matter on it; whoever sees its numbers, how many there are.
_SEES = OVERSEEING | {Duty.SEE_NUMBERS}


def grounds(actor: Actor) -> tuple[str, ...]:
    """The places (outermost codes) whose lists are the actor's to see."""
    return _known(grant.ground for grant in actor.grants if not _SEES.isdisjoint(grant.duties))


def units(actor: Actor) -> list[int]:
    """The units (ids) in which the actor deals with cases, and whose lists are theirs to see on that ground."""
    return [unit for unit in numbers.units_of(actor) if grounds_in(actor, unit)]


def grounds_in(actor: Actor, unit: int) -> tuple[str, ...]:
    """Where the actor stands in a unit of theirs."""
    return _known(grant.ground for grant in _in_unit(actor, unit))


def sees(actor: Actor, place: str, unit: int = 0) -> bool:
    """Whether the lists of a place (its code), or of a unit there, are theirs to see."""
    if len(place) not in LEVELS or place not in tree():
        return False
    theirs = (*grounds(actor), *(grounds_in(actor, unit) if unit else ()))
    return any(place.startswith(ground) for ground in theirs)


def writes_in(actor: Actor, place: str, unit: int = 0) -> int | None:
    """The post in which the actor may write down a measure for a place, or for a unit there; None where they may not.

    For a place whoever looks after it, for a unit whoever deals with cases in it. Of several posts the innermost.
    """
    if unit:
        found = _in_unit(actor, unit)
    else:
        found = [grant for grant in actor.grants if not OVERSEEING.isdisjoint(grant.duties)]
    here = [grant for grant in found if place.startswith(grant.ground)]
    return min(here, key=lambda grant: (-len(grant.ground), grant.post)).post if here else None


def _in_unit(actor: Actor, unit: int) -> list[Grant]:
    theirs = roster().of_unit(unit)
    return [grant for grant in actor.grants if grant.post in theirs and not numbers.OF_A_UNIT.isdisjoint(grant.duties)]


def _known(codes: Iterable[str]) -> tuple[str, ...]:
    """Only ground of which outcomes are summed: no road, no courtyard."""
    found = outermost(codes)
    return tuple(code for code in (tree().outermost if WHOLE in found else found) if len(code) in LEVELS)
