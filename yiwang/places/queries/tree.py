"""All places by code, kept in memory: name, kind, parent and validity are answered without a query."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import Snapshot

# After every digit and letter of a code, so that code + _LAST ends everything inside.
_LAST = "\U0010ffff"
COUNTY_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is kept in memory. `parent` is empty for the outermost."""

    code: str
    name: str
    kind: str
    parent: str
    valid_from: date | None
    valid_to: date | None

    def is_open(self, day: date) -> bool:
        """Whether the place is there on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Tree:
    """The whole ground of this installation."""

    def __init__(self, spots: Iterator[Spot]) -> None:
        self._spots = {spot.code: spot for spot in spots}
        self._codes = sorted(self._spots)
        self.outermost = tuple(code for code in self._codes if not self._spots[code].parent)

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: str) -> bool:
        return code in self._spots

    def get(self, code: str) -> Spot | None:
        """The place with this code, None where there is none."""
        return self._spots.get(code)

    def inside(self, code: str, kind: str = "") -> Iterator[Spot]:
        """The place and everything in it, outer places first, in order of codes; of one kind if asked."""
        first, last = bisect_left(self._codes, code), bisect_left(self._codes, code + _LAST)
        for at in islice(self._codes, first, last):
            spot = self._spots[at]
            if not kind or spot.kind == kind:
                yield spot

    def children(self, code: str = "") -> Iterator[Spot]:
        """What lies directly in the place; the outermost places without one."""
        return (spot for spot in self.inside(code) if spot.parent == code)

    def path(self, code: str) -> list[Spot]:
        """The places that hold this one, the outermost first, itself last; empty for an unknown code."""
        found: list[Spot] = []
        at = self._spots.get(code)
        while at:
            found.append(at)
            at = self._spots.get(at.parent)
        return found[::-1]


def _load() -> Tree:
    columns = ("code", "name", "kind_id", "parent_id", "valid_from", "valid_to")
    return Tree(_spots(Place.objects.order_by("code").values_list(*columns).iterator(chunk_size=5000)))


def _spots(rows: Iterator[tuple[str, str, str, str | None, date | None, date | None]]) -> Iterator[Spot]:
    # A kind and a parent are named by thousands of places: each name is kept once.
    once: dict[str, str] = {"": ""}
    for code, name, kind, parent, begins, ends in rows:
        once[code] = code
        kind = once.setdefault(kind, kind)  # noqa: PLW2901 - the same word, kept once
        yield Spot(code, name, kind, once[parent or ""], begins, ends)


_TREE = Snapshot("places", _load)


def tree() -> Tree:
    """The ground as this process knows it."""
    return _TREE.get()


def counties() -> list[str]:
    """The codes of the counties, six digits each: jobs go from one to the next."""
    return [spot.code for spot in tree().children() if len(spot.code) == COUNTY_LENGTH]
