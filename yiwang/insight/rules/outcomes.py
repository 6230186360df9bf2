"""What became of a case, for the lists of its place and of the units that had it: kept by the month it was received.

Marks say what happened on a day; an outcome says of what was told in a month how it stands by now. Only of cases that
are open to all: lists are handed round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from yiwang.cases.rules import WAITING, Ending, State
from yiwang.insight.rules.abacus import Abacus
from yiwang.insight.rules.marks import Matter, Offices, Part

VERSION = 1
"""Of these rules: another one lets every installation count all its cases anew."""
LEVELS = (6, 9, 12, 15)
"""For which places outcomes are summed, by the digits of their codes: county, town, community, grid."""
WHOLE = 0
"""Stands for the case itself where otherwise the unit is named."""


class Became(StrEnum):
    """What is counted: of a case once at most, but for the reports that told of it again."""

    TOLD = "told"  # somebody has to deal with it, or has; of a unit: it was given to it to lead
    AGAIN = "again"  # reports that told of the same and were joined to it
    OPEN = "open"
    SPOT = "spot"  # settled where it was found
    DISPATCHED = "dispatched"
    HELPED = "helped"  # another post was called in to help; of a unit: it helped
    WHISTLED = "whistled"
    LONGER = "longer"  # was given more time
    PAUSED = "paused"
    HANDED_BACK = "handed_back"
    SENT_BACK = "sent_back"  # somebody looked, and it was not done
    CLOSED = "closed"
    DUE = "due"  # of the closed, those with a promise that was not let off
    IN_TIME = "in_time"  # of these, done in time; of a unit by the clock of its own part
    SHOWN = "shown"  # of the closed, photos showed that it was done
    REACHED = "reached"  # of the closed, the reporter was asked
    SOLVED = "solved"
    SATISFIED = "satisfied"
    REOPENED = "reopened"


B = Became
Outcome = dict[int, dict[str, int]]
"""By unit, or `WHOLE`, what is counted."""


@dataclass(frozen=True, slots=True)
class At:
    """Where an outcome is summed: a place (code), the month's first day, an item (id, 0 for none)."""

    place: str
    month: date
    item: int


# Place, month, item, unit.
Key = tuple[str, date, int, int]
Summed = dict[Key, int]
"""What is added to each outcome, packed (`SUMS`)."""
_NAMES = {became: became.value for became in Became}
SUMS = Abacus(_NAMES.values())


def outcome_of(matter: Matter, again: int, offices: Offices) -> Outcome:
    """What became of a case, with so many reports joined to it; nothing of what nobody had to deal with."""
    if not matter.counts:
        return {}
    standing, course = _standing(matter), _course(matter)
    whole = _set({B.TOLD: True, **standing, **course, **_in_time(matter)})
    if again:
        whole[B.AGAIN.value] = again
    found = {WHOLE: whole}
    for unit in sorted(_units(matter, offices)):
        found[unit] = _of_unit(matter, unit, offices, {**course, **standing})
    return {unit: counts for unit, counts in found.items() if counts}


def sum_up(summed: Summed, outcome: Mapping[int, Mapping[str, int]], at: At, *, times: int = 1) -> None:
    """Add what became of a case to the sums of its places; with `times` -1 take it away."""
    for unit, counts in outcome.items():
        sums = SUMS.packed(counts) * times
        for place in _places(at.place):
            key = (place, at.month, at.item, unit)
            summed[key] = summed.get(key, 0) + sums


@lru_cache(maxsize=4096)
def _places(place: str) -> tuple[str, ...]:
    return tuple(place[:digits] for digits in LEVELS if len(place) >= digits)


def _standing(matter: Matter) -> dict[Became, bool]:
    closed = matter.state is State.CLOSED
    return {
        B.OPEN: matter.is_open, B.CLOSED: closed,
        B.SHOWN: closed and any(move.shown for move in matter.moves),
        B.REACHED: closed and bool(matter.reached),
        B.SOLVED: closed and bool(matter.reached and matter.solved),
        B.SATISFIED: closed and bool(matter.reached and matter.satisfied),
    }  # fmt: skip


def _course(matter: Matter) -> dict[Became, bool]:
    moves = {move.move for move in matter.moves}
    return {
        B.SPOT: "settle" in moves,
        B.DISPATCHED: bool(_lead(matter)) or any(part.is_lead for part in matter.parts),
        B.HELPED: any(not part.is_lead for part in matter.parts),
        B.WHISTLED: "whistle" in moves,
        B.LONGER: matter.extensions > 0,
        B.PAUSED: "grant_pause" in moves,
        B.HANDED_BACK: any(map(_was_handed_back, matter.parts)),
        B.SENT_BACK: "send_back" in moves,
        B.REOPENED: "reopen" in moves,
    }  # fmt: skip


def _in_time(matter: Matter) -> dict[Became, bool]:
    done, due = matter.done_at, matter.due_at
    if done is None or due is None or matter.exempt:
        return {}
    return {B.DUE: True, B.IN_TIME: done <= due}


def _units(matter: Matter, offices: Offices) -> set[int]:
    posts = {_lead(matter), *(part.post for part in matter.parts)}
    return {offices.units[post] for post in posts if post in offices.units} - {WHOLE}


def _of_unit(matter: Matter, unit: int, offices: Offices, became: Mapping[Became, bool]) -> dict[str, int]:
    """A unit that leads bears what becomes of the case; one that led or helped only what it did itself."""
    parts = [part for part in matter.parts if offices.units.get(part.post) == unit]
    leads = offices.units.get(_lead(matter)) == unit
    own = {
        B.TOLD: leads or any(part.is_lead for part in parts),
        B.HELPED: any(not part.is_lead for part in parts),
        B.HANDED_BACK: any(map(_was_handed_back, parts)),
    }
    if not leads:
        return _set(own)
    return _set({**became, **own, B.DISPATCHED: True, **_own_time(matter, parts)})


def _own_time(matter: Matter, parts: Iterable[Part]) -> dict[Became, bool]:
    done = [part for part in parts if part.is_lead and part.ending == Ending.DONE]
    if matter.state is not State.CLOSED or matter.exempt:
        return {}
    if not done:
        return _in_time(matter)
    last = done[-1]
    return {B.DUE: True, B.IN_TIME: last.ended_at is not None and last.ended_at <= last.handle_due}


def _lead(matter: Matter) -> int:
    """The post that leads; who is only proposed to lead, while it waits on a desk, does not."""
    return 0 if matter.state in WAITING else matter.lead


def _was_handed_back(part: Part) -> bool:
    return part.is_lead and part.ending == Ending.HANDED_BACK


def _set(said: Mapping[Became, bool]) -> dict[str, int]:
    return {_NAMES[name]: 1 for name, holds in said.items() if holds}
