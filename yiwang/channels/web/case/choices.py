"""From what is chosen in the moves' forms: items, places and posts that the case allows, the likely ones first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries import Whole
from yiwang.catalogue.queries import catalogue, recognise
from yiwang.channels.web.naming import item_name, place_name, post_name
from yiwang.people.roster import PostLine, roster
from yiwang.people.rules import Duty
from yiwang.places.queries import Spot, tree

Choices = list[Any]
NO_POST: Any = ("", _("Choose the post"))


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits before which case, and on which day."""

    whole: Whole
    by: Actor
    on: date

    @property
    def case(self) -> Case:
        return self.whole.case


def items_of(sitting: Sitting) -> tuple[Choices, str]:
    """The open items at the place of the case by their branches, the proposed ones first; the first proposal."""
    case, whole = sitting.case, catalogue()
    said = recognise(case.text, case.place, on=sitting.on).item_id
    proposed = [line for one in dict.fromkeys((case.item_id, said)) if one and (line := whole.get(one))]
    proposed = [line for line in proposed if line.is_open(sitting.on) and not line.is_branch]
    groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in whole:
        there = line.is_open(sitting.on) and whole.by_code(line.code, case.place) is line
        if there and not line.is_branch and line not in proposed:
            groups[item_name(whole.get(line.path[-1]))].append((line.code, f"{item_name(line)} {line.code}"))
    first = [(line.code, f"{item_name(line)} {line.code}") for line in proposed]
    head = [(gettext("Proposed"), first)] if first else [("", gettext("Choose the item"))]
    return [*head, *sorted(groups.items())], first[0][0] if first else ""


def places_of(sitting: Sitting) -> Choices:
    """Where it may be: the place it lies in now, its own town in detail, the rest of the county by communities."""
    case = sitting.case
    near = [spot for spot in tree().inside(case.desk) if _worth_naming(spot, case)]
    codes = {spot.code for spot in near}
    far = [spot for spot in tree().inside(case.county) if len(spot.code) <= 12 and spot.code not in codes]
    shown = ((gettext("Nearby"), near), (gettext("Elsewhere in the county"), far))
    return [(label, [(s.code, place_name(s.code)) for s in spots if s.is_open(sitting.on)]) for label, spots in shown]


def _worth_naming(spot: Spot, case: Case) -> bool:
    """Grids everywhere; what lies in a grid only around the case."""
    return len(spot.code) <= 15 or spot.code[:15] == case.place[:15]


def posts_of(sitting: Sitting, able: Iterable[Duty] = (Duty.HANDLE,), *, but: Iterable[int] = ()) -> list[PostLine]:
    """The posts that answer for the place of the case and can do what is needed."""
    return able_posts(sitting.case, sitting.on, able, but=but)


def able_posts(
    case: Case, on: date, able: Iterable[Duty] = (Duty.HANDLE,), *, but: Iterable[int] = (), place: str = ""
) -> list[PostLine]:
    """The same for a case alone; `place`: as if it lay there."""
    needed, left_out = {Duty.INVESTIGATE} if case.is_sealed else set(able), set(but)
    serving = roster().serving(place or case.place, on)
    return [line for line in serving if line.id not in left_out and not needed.isdisjoint(line.duties)]


def desks_below(sitting: Sitting) -> list[Spot]:
    """The places around the case, inside its present desk, at which somebody classifies what comes."""
    case, on = sitting.case, sitting.on
    inner = (spot for spot in tree().path(case.place) if len(spot.code) > len(case.desk))
    return [spot for spot in inner if any(_sits_at(line, spot.code) for line in roster().serving(spot.code, on))]


def _sits_at(line: PostLine, place: str) -> bool:
    return line.ground == place and Duty.TRIAGE in line.duties


def by_unit(lines: Iterable[PostLine]) -> Choices:
    """Posts under their units."""
    groups: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for line in lines:
        groups[line.unit_name].append((line.id, line.title))
    return list(groups.items())


def named(posts: Iterable[int]) -> Choices:
    """These posts in a plain list."""
    return [(post, post_name(post)) for post in posts]


def to_appraise(sitting: Sitting) -> Iterator[int]:
    """The posts whom this person called and has not appraised yet."""
    for summons in sitting.whole.summons:
        if summons.whistler == sitting.by.identity and summons.appraised_at is None:
            yield summons.post_id
