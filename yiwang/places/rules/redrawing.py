"""The law of drawing the ground anew: what a plan must say, and where things of the old ground belong after it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from yiwang.places.rules.codes import LONGEST_NAME, Forms, is_damaged
from yiwang.places.rules.faults import Fault
from yiwang.plumbing.lifecycle import Life, move


class State(StrEnum):
    """Where a redrawing stands."""

    PLANNED = "planned"
    IN_FORCE = "in_force"
    CALLED_OFF = "called_off"


class Hand(StrEnum):
    """Who moves it: whoever draws the ground, or the calendar on the effective day."""

    DRAWER = "drawer"
    CALENDAR = "calendar"


LIFE: Life[State, Hand] = Life(
    State.PLANNED,
    move(
        "carry_out",
        out_of={State.PLANNED},
        into=State.IN_FORCE,
        by={Hand.DRAWER, Hand.CALENDAR},
        needs={"effective day"},
    ),
    move("call_off", out_of={State.PLANNED}, into=State.CALLED_OFF, by={Hand.DRAWER}, needs={"reason"}),
)


@dataclass(frozen=True, slots=True)
class Retired:
    """A place that ends; `because` says why nothing follows it."""

    code: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Established:
    """A place that begins; its boundary as a GeoJSON geometry in WGS 84, if it is known yet."""

    code: str
    name: str
    kind: str
    boundary: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One redrawing: what ends, what begins, and what follows what (old code, new code)."""

    retires: tuple[Retired, ...] = ()
    establishes: tuple[Established, ...] = ()
    successions: tuple[tuple[str, str], ...] = ()

    def successors(self) -> dict[str, list[str]]:
        """For each place that ends the codes that follow it, none where nothing does."""
        return {r.code: sorted(new for old, new in self.successions if old == r.code) for r in self.retires}

    def codes(self) -> set[str]:
        """Every place the plan speaks of."""
        named = {r.code for r in self.retires} | {e.code for e in self.establishes}
        return named | {code for pair in self.successions for code in pair}


@dataclass(frozen=True, slots=True)
class Standing:
    """A place as it is before the redrawing."""

    kind: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """All that a plan is checked against: every place of the counties it touches, by code."""

    forms: Forms
    places: Mapping[str, Standing]
    effective: date
    # Codes that another plan is going to give: they are never given twice.
    promised: Collection[str] = field(default=frozenset())

    def is_open(self, code: str) -> bool:
        """Whether the place is there on the effective day."""
        place = self.places.get(code)
        return place is not None and (place.valid_to is None or place.valid_to > self.effective)


def faults_of(plan: Plan, ground: Ground) -> list[Fault]:
    """Everything that keeps the plan from being carried out; empty when it is sound."""
    if not plan.retires and not plan.establishes:
        return [Fault("redrawing_empty")]
    return [
        *_twice(plan),
        *_retiring(plan, ground),
        *_establishing(plan, ground),
        *_following(plan, ground),
        *_left_inside(plan, ground),
    ]


def follow(code: str, successions: Mapping[str, Collection[str]]) -> str | None:
    """The one place where things of this place belong now, through chains of redrawings.

    A place that is not in `successions` (old code → new codes) follows itself. None when a person must decide:
    the place went into several, or ended without a successor.
    """
    ends: set[str] = set()
    seen: set[str] = set()
    waiting = [code]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        if at not in successions:
            ends.add(at)
        elif not successions[at]:
            return None
        else:
            waiting.extend(successions[at])
    return ends.pop() if len(ends) == 1 else None


def common_ground(codes: Collection[str], known: Collection[str]) -> str:
    """The innermost known place that holds all these codes; empty when only the whole installation does."""
    first, last = min(codes), max(codes)
    shared = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return next((first[:n] for n in range(shared, 0, -1) if first[:n] in known), "")


def _twice(plan: Plan) -> Iterator[Fault]:
    for codes in (
        [r.code for r in plan.retires],
        [e.code for e in plan.establishes],
        [f"{old} → {new}" for old, new in plan.successions],
    ):
        yield from (Fault("redrawing_names_twice", {"place": code}) for code in _repeated(codes))


def _repeated(codes: Collection[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({code for code in codes if code in seen or seen.add(code)})  # type: ignore[func-returns-value]


def _retiring(plan: Plan, ground: Ground) -> Iterator[Fault]:
    followed = {old for old, _ in plan.successions}
    for retired in plan.retires:
        place = ground.places.get(retired.code)
        if place is None or not ground.is_open(retired.code):
            yield Fault("redrawing_place_not_there", {"place": retired.code})
        elif place.valid_from and place.valid_from >= ground.effective:
            yield Fault("redrawing_ends_before_beginning", {"place": retired.code})
        if retired.code not in followed and not retired.because.strip():
            yield Fault("redrawing_no_successor", {"place": retired.code})


def _establishing(plan: Plan, ground: Ground) -> Iterator[Fault]:
    ending = {r.code for r in plan.retires}
    after = {(e.code, e.kind) for e in plan.establishes}
    after |= {(c, p.kind) for c, p in ground.places.items() if ground.is_open(c) and c not in ending}
    for new in plan.establishes:
        if new.code in ground.places or new.code in ground.promised:
            yield Fault("redrawing_code_given_before", {"place": new.code})
        if not new.name.strip() or len(new.name) > LONGEST_NAME or is_damaged(new.name):
            yield Fault("redrawing_name_unusable", {"place": new.code, "name": new.name[:LONGEST_NAME]})
        if not ground.forms.fits(new.code, new.kind):
            yield Fault("redrawing_code_not_in_form", {"place": new.code, "kind": new.kind})
        elif not any(not way[0] or way in after for way in ground.forms.splits(new.code, new.kind)):
            yield Fault("redrawing_parent_not_there", {"place": new.code})


def _following(plan: Plan, ground: Ground) -> Iterator[Fault]:
    ending = {r.code for r in plan.retires}
    beginning = {e.code for e in plan.establishes}
    for old, new in plan.successions:
        if old not in ending:
            yield Fault("redrawing_follows_what_stays", {"old": old, "new": new})
        if new in ending or not (new in beginning or ground.is_open(new)):
            yield Fault("redrawing_successor_not_there", {"old": old, "new": new})


def _left_inside(plan: Plan, ground: Ground) -> Iterator[Fault]:
    """A code begins with its parent's, so what lies in an ending place must end with it."""
    ending = {r.code for r in plan.retires}
    for code in sorted(ground.places):
        if code in ending or not ground.is_open(code):
            continue
        outer = next((code[:n] for n in range(len(code) - 1, 0, -1) if code[:n] in ending), None)
        if outer:
            yield Fault("redrawing_left_inside", {"place": code, "outer": outer})
