"""What is wanting in a reply before it is sent, and how often something was."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from yiwang.cases.access import Actor, involved, overseen
from yiwang.cases.models import Case, Step
from yiwang.cases.queries import FIRST, visible_to
from yiwang.cases.rules import county_of
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


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that was sent with flaws: in which step (`seq`) of which case, by which post (0: none), where, when."""

    number: int
    seq: int
    place: str
    post: int
    at: datetime
    reply: str
    flaws: list[Flaw]


def flawed_visible_to(actor: Actor) -> QuerySet[Flawed]:
    """What was wanting on ground that the actor looks after, and in replies of their own posts; never a sealed one."""
    theirs = lies_in("place", overseen(actor)) | Q(post__in=involved(actor))
    return Flawed.objects.filter(theirs, sealed=False)


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
    """How many replies had which flaw, of those that are the actor's to see; the most frequent first."""
    found = flawed_visible_to(actor).filter(at__gte=since).values("flaw").annotate(replies=Count("pk"))
    return [Counted(Flaw(row["flaw"]), row["replies"]) for row in found.order_by("-replies", "flaw")]


def sent(
    actor: Actor, *, since: datetime, flaw: Flaw | None = None, before: int = FIRST, most: int = 50
) -> tuple[list[Sent], int | None]:
    """The replies that were sent with flaws, or with this one, those to the newest cases first; and the number below
    which more follow, none where none do. `before`: numbers of cases below it. Of `most` cases at once.

    What was sealed since then is left out.
    """
    there = flawed_visible_to(actor).filter(at__gte=since)
    asked = there.filter(number__lt=before, **({"flaw": flaw} if flaw else {}))
    numbers = list(asked.order_by("-number").values_list("number", flat=True).distinct()[: most + 1])
    following = numbers[most - 1] if len(numbers) > most else None
    told = {"number__in": numbers[:most], "county__in": {county_of(number) for number in numbers[:most]}}
    seen = set(visible_to(actor).filter(**told).values_list("number", flat=True))
    steps = Step.objects.filter(move__in=FINISHING, **told).values_list("number", "seq", "given__note")
    said = {(number, seq): note or "" for number, seq, note in steps}
    flaws: defaultdict[tuple[int, int], list[Flawed]] = defaultdict(list)
    for one in there.filter(**told).order_by("-number", "-seq", "flaw"):
        flaws[one.number, one.seq].append(one)
    found = [
        Sent(number, seq, ones[0].place, ones[0].post, ones[0].at, said.get((number, seq), ""),
             [Flaw(one.flaw) for one in ones])
        for (number, seq), ones in flaws.items()
        if number in seen and (flaw is None or flaw in {one.flaw for one in ones})
    ]  # fmt: skip
    return found, following
