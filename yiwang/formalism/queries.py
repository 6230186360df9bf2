"""What a supervisor can ask of signs: those of their ground, and how many each unit has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

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


def rarest_first(units: Sequence[OfUnit]) -> list[Kind]:
    """The kinds, the rarest first: what happens everywhere tells least of anybody. What never happened comes last."""
    counted = Counter[Kind]()
    for one in units:
        counted.update(one.kinds)
    return sorted(Kind, key=lambda kind: (not counted[kind], counted[kind], list(Kind).index(kind)))


def signs(
    actor: Actor, *, now: datetime, order: Sequence[Kind] = tuple(Kind), kind: Kind | None = None,
    unit: int | None = None, before: int | None = None,
) -> list[Sign]:  # fmt: skip
    """Signs of the last thirty days, kind after kind in this order and the newest first; one more than `SHOWN` where
    more follow `before` (an id)."""
    ranks = [When(kind=one, then=Value(rank)) for rank, one in enumerate(order)]
    found = _wanted(actor, now, kind).annotate(rank=Case(*ranks, output_field=IntegerField()))
    if unit is not None:
        found = found.filter(post__in=roster().of_unit(unit))
    if before is not None:
        last = Kind(visible_to(actor).filter(pk=before).values_list("kind", flat=True).first() or order[0])
        found = found.filter(Q(rank__gt=order.index(last)) | Q(rank=order.index(last), pk__lt=before))
    return list(found.order_by("rank", "-pk")[: SHOWN + 1])


def by_unit(actor: Actor, *, now: datetime) -> list[OfUnit]:
    """How many signs the cases of each unit have had in the last thirty days; who has the most of the rarest first."""
    counted: dict[int, Counter[Kind]] = {}
    for post, kind, many in _wanted(actor, now, None).values_list("post", "kind").annotate(many=Count("pk")):
        line = roster().get(post)
        counted.setdefault(line.unit if line else 0, Counter())[Kind(kind)] += many
    found = [OfUnit(unit, dict(kinds)) for unit, kinds in counted.items()]
    order = rarest_first(found)
    return sorted(found, key=lambda one: (*(-one.kinds.get(kind, 0) for kind in order), one.unit))


def tolerances_for(actor: Actor) -> Tolerances:
    """The thresholds that hold where the actor supervises."""
    first = next(iter(grounds_of(actor)), "")
    return tolerances_in("" if first == "*" else first[:6])


def _wanted(actor: Actor, now: datetime, kind: Kind | None) -> QuerySet[Sign]:
    found = visible_to(actor).filter(at__gte=now - WITHIN)
    return found.filter(kind=kind) if kind else found
