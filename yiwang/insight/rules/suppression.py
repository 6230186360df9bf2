"""What of a table may be open to everybody: small counts are hidden, and so much more that no sum gives them away.

Counts of one measure stand in groups: a place and the places in it, with what lies in none of these as one more, for
whoever subtracts finds that too. In each group hold, as far as anything in it is hidden:

- at least two counts are hidden, and together they are not small, or the sum above them is hidden;
- where the sum is hidden, one of the counts below it is, so that adding up does not bring it back.

A count is small from 1 up to one less than `LEAST`; 0 says nothing of anybody. A pair of counts of which one is part
of the other (due, and in time) has a difference that anybody can reckon: where that is small the inner one is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, and what is left of the count around it (0 where there is none)."""

    n: int
    left: int = 0

    @property
    def is_small(self) -> bool:
        return 0 < self.n < LEAST or 0 < self.left < LEAST


def hidden(cells: Mapping[str, Cell], inner: Mapping[str, Sequence[str]], top: str) -> set[str]:
    """The places (keys) whose counts are hidden. `inner`: the places in a place; `top`: that in which all lie."""
    found: set[str] = set()
    order = [place for place in _downwards(inner, top) if inner.get(place)]
    changed = True
    # What one group hides may be what another one adds up with.
    while changed:
        before = len(found)
        for place in reversed(order):
            _protect(place, inner[place], cells, found)
        for place in order:
            _do_not_add_up(place, inner[place], cells, found)
        changed = len(found) > before
    found |= {top} if cells[top].is_small else set()
    return {place for place in found if place in cells}


def _downwards(inner: Mapping[str, Sequence[str]], top: str) -> list[str]:
    order, n = [top], 0
    while n < len(order):
        order += inner.get(order[n], ())
        n += 1
    return order


def _protect(place: str, below: Sequence[str], cells: Mapping[str, Cell], found: set[str]) -> None:
    """Hide what is small, and with it the next larger ones until subtracting says nothing; else the sum itself."""
    group = _group(place, below, cells)
    found |= {one for one, cell in group.items() if cell.is_small}
    if cells[place].is_small:
        found.add(place)
    if place in found:
        return
    while (gone := [one for one in group if one in found]) and not _is_safe([group[one] for one in gone]):
        others = [one for one, cell in group.items() if one not in found and cell.n > 0]
        if not others:
            found.add(place)
            return
        found.add(min(others, key=lambda one: (group[one].n, one)))


def _do_not_add_up(place: str, below: Sequence[str], cells: Mapping[str, Cell], found: set[str]) -> None:
    group = _group(place, below, cells)
    there = [one for one, cell in group.items() if cell.n > 0]
    if place in found and there and not any(one in found for one in group):
        found.add(min(there, key=lambda one: (group[one].n, one)))


def _group(place: str, below: Sequence[str], cells: Mapping[str, Cell]) -> dict[str, Cell]:
    rest = Cell(
        cells[place].n - sum(cells[one].n for one in below), cells[place].left - sum(cells[one].left for one in below)
    )  # fmt: skip
    return {one: cells[one] for one in below} | {f"{place}+": rest}


def _is_safe(gone: Sequence[Cell]) -> bool:
    """Whether what is hidden together says nothing of each: more than one, and no small sum."""
    n, left = sum(cell.n for cell in gone), sum(cell.left for cell in gone)
    return len(gone) > 1 and n >= LEAST and not 0 < left < LEAST
