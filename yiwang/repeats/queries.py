"""Who told often on whose ground, and of what: for whoever empties the inbox there, or supervises it.

What is kept only says which phones to ask about. All that is shown is read from the cases at that moment, as far as
the reader may see them; whoever told less often than the figures say, counted so, is not shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries import visible_to
from yiwang.catalogue.rules import Secrecy
from yiwang.people.rules import WHOLE, Duty
from yiwang.places.queries import tree
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import outermost
from yiwang.repeats import rules
from yiwang.repeats.matters import dissatisfied, told_by
from yiwang.repeats.models import Teller
from yiwang.repeats.policy import often_in
from yiwang.repeats.rules import Often, Telling

SHOWN = 20
_DUTIES = frozenset({Duty.TRIAGE, Duty.SUPERVISE})
_LEVELS = (6, 9)
# The cases in which others go on, and how often a case's teller was not content, by their numbers.
_Known = tuple[Mapping[int, Case], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Demand:
    """One matter, by its cases, the newest first. `stands`: the case in which it goes on, or the newest of them;
    `dissatisfied`: how often the teller said that they were not content, or that it was not solved."""

    cases: list[Case]
    stands: Case
    dissatisfied: int

    @property
    def first_at(self) -> datetime:
        return self.cases[-1].opened_at

    @property
    def last_at(self) -> datetime:
        return self.cases[0].opened_at

    @property
    def item(self) -> int | None:
        """Its item (an id); where the newest telling has none yet, that of an earlier one."""
        return next((case.item_id for case in self.cases if case.item_id), None)

    @property
    def reopened(self) -> int:
        return sum(case.reopened for case in self.cases)


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone told, demand by demand: what was told most often first. Name and number only as they are masked."""

    teller: int
    name: str
    phone: str
    demands: list[Demand]

    @property
    def times(self) -> int:
        return sum(len(demand.cases) for demand in self.demands)

    @property
    def first_at(self) -> datetime:
        return min(demand.first_at for demand in self.demands)

    @property
    def last_at(self) -> datetime:
        return max(demand.last_at for demand in self.demands)


def grounds_of(actor: Actor, place: str = "") -> tuple[str, ...]:
    """The counties and towns (codes) whose tellers the actor may see; with a place that one, as far as it is."""
    codes = outermost(grant.ground for grant in actor.grants if not _DUTIES.isdisjoint(grant.duties))
    codes = tree().outermost if WHOLE in codes else codes
    theirs = (place,) if place and any(place.startswith(code) for code in codes) else () if place else codes
    return tuple(code for code in theirs if len(code) in _LEVELS)


def often_at(place: str) -> Often:
    """How often is often there."""
    return often_in(place[:6])


def told_often(actor: Actor, place: str, *, now: datetime, after: int = 0) -> tuple[list[Told], int | None]:
    """Who told of a county or a town often, most often first, and after whom (an id) more follow; none where none do.

    Empty where it is not the actor's to see.
    """
    if place not in grounds_of(actor, place):
        return [], None
    kept = Teller.objects.filter(county=place[:6], place=place)
    if after:
        last = kept.filter(pk=after).first()
        kept = kept.filter(Q(times__lt=last.times) | Q(times=last.times, pk__lt=last.pk)) if last else kept.none()
    found = list(kept.order_by("-times", "-pk")[: SHOWN + 1])
    told = _told(actor, place, found[:SHOWN], now)
    return told, found[SHOWN - 1].pk if len(found) > SHOWN else None


def told_by_one(actor: Actor, teller: int, *, now: datetime) -> tuple[Told, str]:
    """What one phone told, and of which place (its code). Refuses as unseen what is not the actor's to see."""
    kept = Teller.objects.filter(pk=teller).first()
    if kept is None or kept.place not in grounds_of(actor, kept.place):
        raise Unseen("no_such_teller")
    found = _told(actor, kept.place, [kept], now)
    if not found:
        raise Unseen("no_such_teller")
    return found[0], kept.place


def _told(actor: Actor, place: str, tellers: Sequence[Teller], now: datetime) -> list[Told]:
    often = often_at(place)
    marks = {bytes(one.mark): one.pk for one in tellers}
    cases: defaultdict[int, list[Case]] = defaultdict(list)
    for case in told_by(actor, place, marks.keys(), since=often.since(now)) if marks else ():
        assert case.phone_mark is not None, "by that it was found"
        cases[marks[bytes(case.phone_mark)]].append(case)
    every = [case for told in cases.values() for case in told]
    into, bad = _merged_into(actor, every), dissatisfied({case.number for case in every})
    return [
        _one(teller.pk, cases[teller.pk], (into, bad), often)
        for teller in tellers
        if len(cases[teller.pk]) >= often.times
    ]  # fmt: skip


def _merged_into(actor: Actor, cases: Iterable[Case]) -> dict[int, Case]:
    """The cases in which others' tellings go on, as far as they may be seen."""
    numbers = {case.merged_into for case in cases if case.merged_into}
    seen = visible_to(actor).filter(number__in=numbers, secrecy=Secrecy.OPEN) if numbers else Case.objects.none()
    return {case.number: case for case in seen}


def _one(teller: int, cases: Sequence[Case], known: _Known, often: Often) -> Told:
    of = {case.number: case for case in cases}
    tellings = [Telling(case.number, case.item_id, case.place, _at(case), case.merged_into) for case in cases]
    demands = [_demand([of[number] for number in one], *known) for one in rules.demands(tellings, metres=often.metres)]
    demands.sort(key=lambda demand: (-len(demand.cases), -demand.last_at.timestamp()))
    return Told(teller, cases[0].contact_name, cases[0].contact_phone, demands)


def _at(case: Case) -> tuple[float, float] | None:
    return None if case.lon is None or case.lat is None else (case.lon, case.lat)


def _demand(cases: list[Case], into: Mapping[int, Case], bad: Mapping[int, int]) -> Demand:
    newest = cases[0]
    return Demand(cases, into.get(newest.merged_into or 0, newest), sum(bad.get(case.number, 0) for case in cases))
