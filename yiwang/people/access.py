"""May this person do this duty on this ground, today? Answered from memory, without asking the database.

Each process keeps every grant there is or was; `touched("access")` renews it. Grants that ended are kept too: they are
few, and without them the answer would depend on the day on which a process happened to load.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from yiwang.people.models import Holding, Person
from yiwang.people.rules import SENSITIVE, WHOLE, Duty, Grant
from yiwang.plumbing.freshness.snapshots import Snapshot
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, outermost

TOPIC = "access"
_NOTHING: tuple[Grant, ...] = ()
_DUTIES = frozenset(Duty)


def _load() -> dict[int, tuple[Grant, ...]]:
    """All grants of active people."""
    rows = Holding.objects.filter(person__is_active=True).values_list(
        "person_id", "post_id", "post__ground_id", "post__role__duties", "since", "until",
        "post__valid_from", "post__valid_to", "post__unit__valid_from", "post__unit__valid_to",
    )  # fmt: skip
    bundles: dict[tuple[str, ...], frozenset[Duty]] = {}
    grants: dict[int, list[Grant]] = defaultdict(list)
    for row in rows.order_by().iterator():
        person, post, ground, duties, since, until, post_from, post_to, unit_from, unit_to = row
        begins = max(day for day in (since, post_from, unit_from) if day is not None)
        ends = min(day for day in (until, post_to, unit_to, date.max) if day is not None)
        if ends <= begins:
            continue
        key = tuple(duties)
        bundle = bundles.setdefault(key, frozenset(map(Duty, _DUTIES.intersection(key))))
        grants[person].append(Grant(bundle, ground or WHOLE, begins, ends, post))
    return {person: tuple(held) for person, held in grants.items()}


_grants: Snapshot[dict[int, tuple[Grant, ...]]] = Snapshot(TOPIC, _load)


def may(person_id: int, duty: Duty, place: str, *, on: date) -> bool:
    """Whether the person has this duty at this place (its code; `WHOLE` for the installation) on that day.

    A few microseconds and no query; `rules.may` says the same at leisure.
    """
    for grant in _grants.get().get(person_id, _NOTHING):
        if duty in grant.duties and place.startswith(grant.ground) and grant.since <= on < grant.until:
            return True
    return False


def present(person_id: int, on: date) -> list[Grant]:
    """What the person holds on that day, one grant a holding."""
    return [g for g in _grants.get().get(person_id, _NOTHING) if g.since <= on < g.until]


def post_for(person_id: int, duty: Duty, place: str, *, on: date) -> int | None:
    """In which post (its id) the person does this duty at this place (its code) on that day; none without the duty.

    Of several it is the post of the innermost ground, then the oldest.
    """
    able = [g for g in present(person_id, on) if duty in g.duties and place.startswith(g.ground)]
    return min(able, key=lambda g: (-len(g.ground), g.post)).post if able else None


def duties_of(person_id: int, place: str, on: date) -> frozenset[Duty]:
    """All duties of the person at this place on that day."""
    held = (g.duties for g in present(person_id, on) if place.startswith(g.ground))
    return frozenset().union(*held)


def grounds_of(person_id: int, on: date, duty: Duty | None = None) -> tuple[str, ...]:
    """Where the person stands on that day, as outermost place codes, for `standing_on`.

    With `duty` only where they have it. `EVERYWHERE` for whoever holds a post over the whole installation.
    """
    codes = outermost(g.ground for g in present(person_id, on) if duty is None or duty in g.duties)
    return EVERYWHERE if WHOLE in codes else codes


def all_grounds_of(person_id: int, on: date) -> tuple[str, ...]:
    """Every ground (code, `WHOLE` included) of a post held on that day or later."""
    return tuple({g.ground for g in _grants.get().get(person_id, _NOTHING) if on < g.until})


def holds(person_id: int, duties: frozenset[Duty], on: date) -> bool:
    """Whether the person has one of these duties anywhere, on that day or later."""
    return any(on < g.until and not duties.isdisjoint(g.duties) for g in _grants.get().get(person_id, _NOTHING))


def must_have_second_factor(person_id: int, on: date) -> bool:
    """Whether a post held on that day carries a sensitive duty."""
    return any(not SENSITIVE.isdisjoint(g.duties) for g in present(person_id, on))


def demand_all(person: Person, duty: Duty, places: Iterable[str], *, on: date) -> None:
    """Refuse an act that touches a place on which the person does not have the duty."""
    for place in places:
        demand(person, duty, place, on=on)


def demand(person: Person, duty: Duty, place: str, *, on: date) -> None:
    """Refuse an act on ground where the person does not have the duty."""
    if not may(person.pk, duty, place, on=on):
        raise Refused("duty_not_held_there", place=place or _("everywhere"))
