"""What is open at a desk at this moment, as it is handed from one shift to the next."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from yiwang.cases.access import Actor, overseen
from yiwang.cases.models import Case, Summons
from yiwang.cases.queries.listing import MOST_COUNTED, PRESSING, Count, Filter, count_listed, counted
from yiwang.cases.rules import OPEN, WAITING
from yiwang.catalogue.rules import Secrecy, Urgency
from yiwang.plumbing.walls.ground import lies_in

MOST_NAMED = 50
_EMERGENCIES = "SELECT cases_pressing(%s, %s, NULL, NULL, %s)"


@dataclass(frozen=True, slots=True)
class Matters:
    """How many cases wait to be classified or dispatched, how many open ones are overdue, which are emergencies.

    `unanswered`: (number of the case, post) of those who were whistled for and have not reported in. Emergencies and
    whistles are named up to `MOST_NAMED`, the most pressing first.
    """

    waiting: Count
    overdue: Count
    emergencies: list[int]
    unanswered: list[tuple[int, int]]


def matters_at(actor: Actor, desk: str, *, now: datetime) -> Matters:
    """What is open at a desk (its place's code) on ground that the actor looks after; otherwise nothing."""
    if not any(code == "*" or desk.startswith(code) for code in overseen(actor)):
        return Matters(Count(0), Count(0), [], [])
    here = Case.objects.exclude(secrecy=Secrecy.SEALED).filter(lies_in("desk", [desk]))
    waiting = here.filter(state__in=sorted(WAITING))[: MOST_COUNTED + 1].count()
    return Matters(
        counted(waiting),
        count_listed(actor, Filter(place=desk, overdue_at=now, sort=PRESSING)),
        _emergencies(desk),
        _unanswered(desk),
    )


def _emergencies(desk: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_EMERGENCIES, [desk, f'{{"urgency": "{Urgency.EMERGENCY}"}}', MOST_NAMED])
        return [number for (number,) in cursor.fetchall()]


def _unanswered(desk: str) -> list[tuple[int, int]]:
    called = Summons.objects.filter(lies_in("place", [desk]), county=desk[:6], reported_in_at=None)
    called = called.filter(case__state__in=sorted(OPEN)).exclude(case__secrecy=Secrecy.SEALED)
    return list(called.order_by("due_at", "pk").values_list("case", "post")[:MOST_NAMED])
