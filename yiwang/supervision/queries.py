"""What can be asked of supervision: who was reminded of what, and by when a case takes on which colour."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from yiwang.cases import queries as cases
from yiwang.cases.access import Actor, overseen
from yiwang.cases.models import Case
from yiwang.cases.rules import county_of
from yiwang.plumbing.walls.ground import lies_in
from yiwang.supervision.models import Reminder, Watch
from yiwang.supervision.rules.clock import Colour, Warnings

MOST_REMINDERS = 20
"""How many are shown; who has more begins with these."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that waits for somebody, and its case."""

    reminder: Reminder
    case: Case


def reminders_visible_to(actor: Actor) -> QuerySet[Reminder]:
    """The reminders that went to a post of the actor's, or concern ground that they look after."""
    return Reminder.objects.filter(Q(post__in=actor.posts) | lies_in("place", overseen(actor)))


def reminders_for(actor: Actor) -> list[Reminded]:
    """What the actor's posts were reminded of and have not acknowledged: first what must be answered, then the newest.

    At most `MOST_REMINDERS`; of a case that is not theirs to see any more, nothing.
    """
    if not actor.posts:
        return []
    waiting = Reminder.objects.filter(post__in=actor.posts, acknowledged_at=None, lapsed_at=None)
    found = sorted(
        waiting.order_by("-at", "-pk")[:MOST_REMINDERS],
        key=lambda one: (one.answer_by is None, one.answer_by or one.at),
    )
    numbers = {one.case for one in found}
    seen = cases.visible_to(actor).filter(number__in=numbers, county__in={county_of(n) for n in numbers})
    by_number = {case.number: case for case in seen} if found else {}
    return [Reminded(one, by_number[one.case]) for one in found if one.case in by_number]


def warnings(numbers: Collection[int]) -> dict[int, Warnings]:
    """When each of these cases (that one has found) takes on its colours; of one whose clock stands still, nothing."""
    kept = Watch.objects.filter(number__in=numbers, county__in={county_of(n) for n in numbers})
    rows = kept.values_list("number", "soon_at", "pressing_at", "due_at") if numbers else ()
    return {
        number: Warnings(soon, pressing, late)
        for number, soon, pressing, late in rows if soon and pressing and late
    }  # fmt: skip


def colour(warned: Warnings | None, due: datetime | None, now: datetime) -> Colour:
    """The colour of a case: by its warnings, or where supervision has not read it yet by its end alone."""
    if warned is not None:
        return warned.colour(now)
    return Colour.LATE if due is not None and due < now else Colour.CALM
