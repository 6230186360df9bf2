"""What a supervisor can ask of signs: those of their ground, and how many each unit has."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from yiwang.cases.access import Actor
from yiwang.formalism.models import Sign
from yiwang.formalism.policy import tolerances_in
from yiwang.formalism.rules import Kind, Tolerances
from yiwang.people.roster import roster
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, outermost

SHOWN = 50
WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OfUnit:
    """How many signs of each kind the cases of a unit (its id; 0 where nobody led) have."""

    unit: int
    kinds: dict[Kind, int]

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


def grounds_of(actor: Actor) -> tuple[str, ...]:
    """Where the actor supervises, and so sees signs."""
    codes = outermost(grant.ground for grant in actor.grants if Duty.SUPERVISE in grant.duties)
    return EVERYWHERE if WHOLE in codes else codes


def visible_to(actor: Actor) -> QuerySet[Sign]:
    """The signs of the ground that the actor supervises."""
    return Sign.objects.filter(lies_in("place", grounds_of(actor)))


def signs(
    actor: Actor, *, now: datetime, kind: Kind | None = None, unit: int | None = None, before: int | None = None
) -> list[Sign]:
    """Signs of the last thirty days, the newest first, one more than `SHOWN` where more follow `before` (an id)."""
    found = _wanted(actor, now, kind)
    if unit is not None:
        found = found.filter(post__in=roster().of_unit(unit))
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: SHOWN + 1])


def by_unit(actor: Actor, *, now: datetime) -> list[OfUnit]:
    """How many signs the cases of each unit have had in the last thirty days, the most first."""
    counted: dict[int, Counter[Kind]] = {}
    for post, kind, many in _wanted(actor, now, None).values_list("post", "kind").annotate(many=Count("pk")):
        line = roster().get(post)
        counted.setdefault(line.unit if line else 0, Counter())[Kind(kind)] += many
    found = [OfUnit(unit, dict(kinds)) for unit, kinds in counted.items()]
    return sorted(found, key=lambda one: (-one.total, one.unit))


def tolerances_for(actor: Actor) -> Tolerances:
    """The thresholds that hold where the actor supervises."""
    first = next(iter(grounds_of(actor)), "")
    return tolerances_in("" if first == "*" else first[:6])


def _wanted(actor: Actor, now: datetime, kind: Kind | None) -> QuerySet[Sign]:
    found = visible_to(actor).filter(at__gte=now - WITHIN)
    return found.filter(kind=kind) if kind else found
