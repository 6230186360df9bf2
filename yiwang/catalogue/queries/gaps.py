"""Where nobody answers: items × ground without a responsibility, told per branch and town."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yiwang.catalogue.queries.answers import covered
from yiwang.catalogue.queries.catalogue import Catalogue, ItemLine, catalogue
from yiwang.people import access
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.places.queries import Spot, Tree
from yiwang.places.queries import tree as ground
from yiwang.plumbing.walls.ground import EVERYWHERE

TOWN = "town"


@dataclass(frozen=True, slots=True)
class Gap:
    """So many items of a branch have nobody who answers for them in all of a town."""

    branch: ItemLine
    town: Spot
    items: tuple[ItemLine, ...]


def gaps(by: Person, *, on: date) -> list[Gap]:
    """What the administrator must still give to somebody, branch by branch and town by town.

    An item counts where any ground of the town is left to the command centre; a town whose every community has
    somebody is covered.
    """
    whole, places = catalogue(), ground()
    items = [line for line in whole if line.is_open(on) and not line.is_branch]
    found: list[Gap] = []
    for town in _towns(places, by, on):
        seen: dict[frozenset[str], bool] = {}
        lacking: defaultdict[int, list[ItemLine]] = defaultdict(list)
        for item in (item for item in items if item.holds_in(town.code)):
            holders = frozenset(code for code in covered(item, on=on) if _meets(code, town.code))
            if holders not in seen:
                seen[holders] = _is_covered(places, town.code, holders, on)
            if not seen[holders]:
                lacking[item.path[-1]].append(item)
        found += [Gap(_known(whole, branch), town, tuple(some)) for branch, some in lacking.items()]
    return found


def _known(whole: Catalogue, item: int) -> ItemLine:
    line = whole.get(item)
    assert line is not None, "a path names items of the catalogue"
    return line


def _towns(places: Tree, by: Person, on: date) -> Iterator[Spot]:
    grounds = access.grounds_of(by.pk, on, Duty.ADMINISTER)
    for code in ("",) if grounds == EVERYWHERE else grounds:
        yield from (spot for spot in places.inside(code, TOWN) if spot.is_open(on))


def _meets(code: str, town: str) -> bool:
    return town.startswith(code) or code.startswith(town)


def _is_covered(places: Tree, code: str, holders: frozenset[str], on: date) -> bool:
    if any(code.startswith(holder) for holder in holders):
        return True
    if not any(holder.startswith(code) for holder in holders):
        return False
    inside = [spot for spot in places.children(code) if spot.is_open(on) and spot.kind != "road"]
    return bool(inside) and all(_is_covered(places, spot.code, holders, on) for spot in inside)
