"""What is wanting in a reply before it is sent, and how often something was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone

from yiwang.cases.access import Actor, overseen
from yiwang.cases.models import Case, Step
from yiwang.catalogue.queries import catalogue, said_by_words
from yiwang.catalogue.rules import clear_share
from yiwang.people.roster import roster
from yiwang.plumbing.walls.ground import lies_in
from yiwang.replies.models import Flawed
from yiwang.replies.rules import Flaw, Warned, flaws_of

RECENT = 60
"""With so many of the unit's newest cases a reply is compared."""

FINISHING = frozenset({"finish", "settle"})
"""Moves with a reply that the reporter reads."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many replies had a flaw."""

    flaw: Flaw
    replies: int


def warnings(case: Case, reply: str, *, posts: Iterable[int]) -> list[Warned]:
    """What is wanting in a reply to a case that somebody in one of these posts would send.

    Asks of a case that the asker was found to see; the unit's other replies are read behind the asker's own wall.
    """
    elsewhere = speaks_of_another(reply, case.item_id, case.place)
    return flaws_of(reply, asked=case.text, recent=_recent(case, posts), elsewhere=elsewhere)


def speaks_of_another(reply: str, item: int | None, place: str) -> bool:
    """Whether the catalogue's words clearly read another kind of matter, on another branch, in the reply."""
    said, _share = clear_share(said_by_words(reply, place, on=timezone.localdate()), length=len(reply))
    read, ours = (catalogue().get(one) if one else None for one in (said, item))
    return read is not None and ours is not None and read.path[1:] != ours.path[1:]


def _recent(case: Case, posts: Iterable[int]) -> list[str]:
    """What the unit wrote at the end of its newest other cases."""
    unit = {post for own in posts for post in (own, *roster().beside(own))}
    if not unit:
        return []
    newest = Case.objects.filter(lead__in=unit, county=case.county).exclude(number=case.number)
    numbers = list(newest.order_by("-number").values_list("number", flat=True)[:RECENT])
    steps = Step.objects.filter(county=case.county, number__in=numbers, move__in=FINISHING)
    return [note for note in steps.values_list("given__note", flat=True) if note]


def counted(actor: Actor, *, since: datetime) -> list[Counted]:
    """How many replies had which flaw, on ground that the actor looks after; the most frequent first."""
    there = Flawed.objects.filter(lies_in("place", overseen(actor)), at__gte=since, sealed=False)
    found = there.values("flaw").annotate(replies=Count("pk")).order_by("-replies", "flaw")
    return [Counted(Flaw(row["flaw"]), row["replies"]) for row in found]
