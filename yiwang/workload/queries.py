"""What a leader can ask of load: who was asked for how much, which unit asks most, what was asked twice."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from yiwang.cases.access import Actor
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, outermost
from yiwang.workload.models import Asked, Twice
from yiwang.workload.policy import minutes_in
from yiwang.workload.rules import Kind, Minutes, is_over, minutes_of

MOST_TWICE = 50


@dataclass(frozen=True, slots=True)
class OfWorker:
    """What was asked of a person in a week."""

    person: int
    post: int
    counts: dict[Kind, int]
    minutes: int
    over: bool


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What a unit asked of all workers of the ground in a week."""

    unit: int
    counts: dict[Kind, int]
    minutes: int


@dataclass(frozen=True, slots=True)
class Load:
    """A week: the workers, the most loaded first; the units that asked, those that asked most first; asked twice."""

    workers: list[OfWorker]
    units: list[OfUnit]
    twice: list[Twice]
    minutes: Minutes

    @property
    def over(self) -> int:
        """How many workers have more than a week may hold."""
        return sum(worker.over for worker in self.workers)


def load(actor: Actor, *, week: date) -> Load:
    """The load of the grid workers on the ground that the actor supervises."""
    grounds = grounds_of(actor)
    here = lies_in("place", grounds) & Q(week=week)
    rows = list(Asked.objects.filter(here))
    twice = list(Twice.objects.filter(here).order_by("-times", "case")[:MOST_TWICE])
    counties = sorted({row.county for row in rows})
    own = minutes_in(counties[0] if counties else "")
    return Load(_workers(rows), _units(rows), twice, own)


def minutes_asked(people: Iterable[int], *, week: date) -> dict[int, int]:
    """How many minutes were asked of each of these people in a week, of those of whom anything was."""
    rows = Asked.objects.filter(person__in=list(people), week=week)
    return {one.person: one.minutes for one in _workers(rows)}


def grounds_of(actor: Actor) -> tuple[str, ...]:
    """Where the actor supervises."""
    codes = outermost(grant.ground for grant in actor.grants if Duty.SUPERVISE in grant.duties)
    return EVERYWHERE if WHOLE in codes else codes


def _workers(rows: Iterable[Asked]) -> list[OfWorker]:
    posts: dict[int, Asked] = {}
    counts: dict[int, Counter[Kind]] = {}
    minutes: Counter[int] = Counter()
    for row in rows:
        posts[row.person] = row
        counts.setdefault(row.person, Counter())[Kind(row.kind)] += row.times
        minutes[row.person] += _minutes(row)
    found = [_worker(posts[person], dict(asked), minutes[person]) for person, asked in counts.items()]
    return sorted(found, key=lambda one: (-one.minutes, one.person))


def _worker(row: Asked, counts: dict[Kind, int], total: int) -> OfWorker:
    return OfWorker(row.person, row.post, counts, total, is_over(total, minutes_in(row.county)))


def _minutes(row: Asked) -> int:
    """How long it takes: what it said of itself, else what such a thing usually takes."""
    return row.minutes or minutes_of({Kind(row.kind): row.times}, minutes_in(row.county))


def _units(rows: Iterable[Asked]) -> list[OfUnit]:
    """What nobody in particular asked, the workers' own reports, is left out."""
    counts: dict[int, Counter[Kind]] = {}
    minutes: Counter[int] = Counter()
    for row in rows:
        if row.unit:
            counts.setdefault(row.unit, Counter())[Kind(row.kind)] += row.times
            minutes[row.unit] += _minutes(row)
    found = [OfUnit(unit, dict(asked), minutes[unit]) for unit, asked in counts.items()]
    return sorted(found, key=lambda one: (-one.minutes, one.unit))
