"""Who may ask forms where, and who is what towards one."""

from datetime import date

from yiwang.cases.access import Actor
from yiwang.forms.models import Form
from yiwang.forms.rules import Capacity
from yiwang.people.roster import PostLine, roster
from yiwang.people.rules import Duty
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import outermost

ASKING = frozenset({Duty.ASSIGN_TASKS, Duty.SUPERVISE, Duty.APPROVE})
_PERSON = "person:"


def person_in(actor: Actor) -> int:
    """The number of the human being behind an actor; 0 where there is none."""
    return int(actor.identity.removeprefix(_PERSON)) if actor.identity.startswith(_PERSON) else 0


def asks_in(actor: Actor, place: str) -> int | None:
    """The post in which the actor may ask a form of a place (its code), the innermost; None where they may not."""
    able = [one for one in actor.grants if not ASKING.isdisjoint(one.duties) and place.startswith(one.ground)]
    return min(able, key=lambda one: (-len(one.ground), one.post)).post if able else None


def grounds_to_ask(actor: Actor) -> tuple[str, ...]:
    """Where the actor may ask forms (outermost codes)."""
    return outermost(one.ground for one in actor.grants if not ASKING.isdisjoint(one.duties))


def supervised(actor: Actor) -> tuple[str, ...]:
    """Where the actor supervises (outermost codes)."""
    return outermost(one.ground for one in actor.grants if Duty.SUPERVISE in one.duties)


def units_of(actor: Actor) -> frozenset[int]:
    """The units (ids) for which the actor asks forms."""
    lines = (roster().get(one.post) for one in actor.grants if not ASKING.isdisjoint(one.duties))
    return frozenset(line.unit for line in lines if line)


def capacities(actor: Actor, form: Form) -> frozenset[Capacity]:
    """As whom the actor may act on a form."""
    found = set()
    if form.unit in units_of(actor):
        found.add(Capacity.ASKER)
    if any(form.place.startswith(ground) for ground in supervised(actor)):
        found.add(Capacity.SUPERVISOR)
    return frozenset(found)


def is_gone(post: int, on: date) -> bool:
    """Whether a post is not there any more on that day."""
    line = roster().get(post)
    return line is None or line.until <= on


def is_there(place: str, on: date) -> bool:
    """Whether a place (its code) is there on that day."""
    spot = tree().get(place)
    return spot is not None and spot.is_open(on)


def in_stead_of(post: int, place: str, on: date) -> tuple[int, str] | None:
    """Which post asks on that day for what a post that is gone asked of a place (its code), and of which place now.

    Another of its unit with the same role that answers for the place: an office that goes on. Or the one that followed
    its ground, where it was asked of all of that. None where there is neither.
    """
    gone = roster().get(post)
    if gone is None:
        return None
    beside = (roster().get(one) for one in roster().beside(post))
    there = [one for one in beside if one and one.role == gone.role and one.serves(one.ground, on)]
    asking = [one for one in there if not ASKING.isdisjoint(one.duties)]
    found = [(one, place) for one in asking if place.startswith(one.ground)]
    if place == gone.ground:
        found += [(one, one.ground) for one in asking if _followed(gone, one)]
    best = max(found, key=lambda one: (one[0].title == gone.title, len(one[0].ground), -one[0].id), default=None)
    return (best[0].id, best[1]) if best else None


def _followed(gone: PostLine, one: PostLine) -> bool:
    """Whether a post is the one that stands on new ground, in its county, from the day on which the other ended."""
    return one.since == gone.until and one.title == gone.title and one.ground[:6] == gone.ground[:6]
