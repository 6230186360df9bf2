"""Who is told: posts become the people who hold them now, and where nobody does, the head of their unit."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from yiwang.people.models import Holding, Person
from yiwang.people.roster import PostLine, roster
from yiwang.people.rules import Duty


def in_post(posts: Collection[int], place: str, *, sealed: bool, on: date) -> list[int]:
    """Those of these posts that are there and answer for the place; for what is sealed, those that investigate."""
    lines = (roster().get(post) for post in posts)
    found = (line for line in lines if line and line.serves(place, on))
    return [line.id for line in found if not sealed or Duty.INVESTIGATE in line.duties]


def head_of(post: int, place: str, on: date) -> int | None:
    """Who decides in the unit of a post, and answers for the place: the innermost; nobody where there is no head."""
    beside = (roster().get(one) for one in roster().beside(post) - {post})
    heads = (line for line in beside if line and Duty.APPROVE in line.duties and line.serves(place, on))
    return max(((len(line.ground), -line.id, line.id) for line in heads), default=(0, 0, None))[2]


def approver(lead: int | None, place: str, on: date) -> int | None:
    """Who decides about what a lead asks for: its unit's head, else who approves on that ground from outside."""
    head = head_of(lead, place, on) if lead else None
    return head or _first(place, on, Duty.APPROVE, beside=roster().beside(lead), looks_after=True)


def dispatcher(place: str, on: date) -> int | None:
    """Who gives cases to posts there."""
    return _first(place, on, Duty.DISPATCH)


def checker(lead: int | None, place: str, on: date) -> int | None:
    """Who looks whether a case is done there: the innermost post of another unit."""
    return _first(place, on, Duty.CHECK, beside=roster().beside(lead))


def holders(posts: Iterable[int], on: date) -> dict[int, list[int]]:
    """The people who hold these posts on that day and may sign in, by post; one question for all."""
    wanted = set(posts)
    found: defaultdict[int, list[int]] = defaultdict(list)
    if wanted:
        held = Holding.objects.filter(Q(until=None) | Q(until__gt=on), post__in=wanted, since__lte=on)
        rows = held.filter(person__is_active=True).order_by("person_id").values_list("post_id", "person_id")
        for post, person in rows:
            found[post].append(person)
    return found


def phones_of(people: Collection[int]) -> dict[int, str]:
    """The phone numbers of these people, of those who have one."""
    rows = Person.objects.filter(pk__in=people, is_active=True).exclude(phone=None).values_list("pk", "phone")
    return {person: phone for person, phone in rows if phone} if people else {}


def _first(
    place: str, on: date, duty: Duty, *, beside: frozenset[int] = frozenset(), looks_after: bool = False
) -> int | None:
    def fits(line: PostLine) -> bool:
        oversees = not looks_after or Duty.SUPERVISE in line.duties or Duty.DISPATCH in line.duties
        return duty in line.duties and line.id not in beside and oversees

    return next((line.id for line in roster().serving(place, on) if fits(line)), None)
