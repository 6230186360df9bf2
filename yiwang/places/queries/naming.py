"""Which place a text names, out of the names in memory: the tree's own, and what people call a spot besides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yiwang.places.models import Alias
from yiwang.places.queries.times import home_of
from yiwang.places.queries.tree import Tree, tree
from yiwang.places.rules.naming import NameIndex, forms_of, meant, spelled
from yiwang.plumbing.freshness.snapshots import Snapshot

MOST_ASKED = 5
_GOVERNED = frozenset({"county", "town", "community"})
_ROAD = "road"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The place (code) that a text names, and with which words; empty where it names none that is sure.

    `choices`: the places among which somebody must choose, where several are meant or the name is not sure; then
    `place` is the innermost one that holds them all.
    """

    place: str = ""
    words: str = ""
    choices: tuple[str, ...] = ()


def named_in(text: str, *, near: str = "", on: date) -> NamedPlace:
    """Which place of that day a text names; no query, never refuses a text.

    Of several with the same name the one with which the other names agree, then the nearest to `near` (the code of
    the place where the reporter is, or of the channel's ground).
    """
    known = _NAMES.get()
    mentions = known.index.mentions(text)
    if not mentions:
        return NamedPlace()
    places = tree()
    found = meant(mentions, near=near, roads=known.roads)
    codes = [code for code in found.codes if (spot := places.get(code)) and spot.is_open(on)]
    if found.sure and len(codes) == 1:
        return NamedPlace(codes[0], found.words)
    choices = tuple(codes) if len(codes) <= MOST_ASKED else ()
    return NamedPlace(_around(codes, places) if found.sure else "", found.words if codes else "", choices)


@dataclass(frozen=True, slots=True)
class _Names:
    index: NameIndex
    roads: dict[str, str]


def _load() -> _Names:
    places = tree()
    roads = {spot.code: spot.parent for spot in places.inside("", _ROAD) if spot.parent}
    return _Names(NameIndex(_forms(places)), roads)


def _forms(places: Tree) -> Iterator[tuple[str, str, bool]]:
    for spot in places.inside(""):
        for form, sure in forms_of(spot.name, governed=spot.kind in _GOVERNED):
            yield form, spot.code, sure
    for name, place in Alias.objects.order_by("pk").values_list("name", "place_id"):
        if code := home_of(place):
            yield spelled(name), code, True


_NAMES = Snapshot("places", _load)


def _around(codes: list[str], places: Tree) -> str:
    """The innermost place that holds them all; empty where not even a county does."""
    if not codes:
        return ""
    shared = next((n for n, (a, b) in enumerate(zip(codes[0], codes[-1], strict=False)) if a != b), len(codes[0]))
    return next((codes[0][:n] for n in range(shared, 5, -1) if codes[0][:n] in places), "")
