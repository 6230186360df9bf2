"""How much a post has on its hands, and what was done with a case last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from yiwang.cases.models import Case, Step
from yiwang.cases.rules import WITH_A_POST
from yiwang.catalogue.rules import Secrecy
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


@dataclass(frozen=True, slots=True)
class Load:
    """What a post leads now, and how much of it is overdue."""

    open: int = 0
    overdue: int = 0


def loads(posts: Collection[int], *, now: datetime) -> dict[int, Load]:
    """How many cases each of these posts leads now, on whatever ground, and how many of them are overdue.

    Only figures, so that whoever dispatches sees who is overloaded; of the cases themselves nothing is told, and
    sealed ones are not counted.
    """
    led = Case.objects.filter(~Q(secrecy=Secrecy.SEALED), lead__in=posts, state__in=sorted(WITH_A_POST))
    late = Q(next_due_at__lt=now)
    each = led.order_by().values("lead").annotate(led=Count("number"), late=Count("number", filter=late))
    with standing_on(EVERYWHERE, sealed=()):
        return {row["lead"]: Load(row["led"], row["late"]) for row in each}


def last_steps(case: Case, *, most: int, moves: Collection[str] = ()) -> list[Step]:
    """The last steps of a case that one has found, or of these moves only; the oldest of them first."""
    steps = Step.objects.filter(county=case.county, number=case.number)
    steps = steps.filter(move__in=moves) if moves else steps
    return list(steps.order_by("-seq")[:most])[::-1]
