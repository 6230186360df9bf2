"""A place chosen from lists, one below the other: county, town, community, grid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yiwang.places.queries import Spot, locate, tree

# What somebody outside can be asked for; a road crosses areas, and whoever names a building writes it in words.
_ASKED = {
    "county": gettext_lazy("Choose the county"),
    "town": gettext_lazy("Choose the town or street"),
    "community": gettext_lazy("Choose the community or village"),
    "grid": gettext_lazy("Choose the grid, if you know it"),
}
_NOT_ASKED = frozenset({"road", "courtyard", "building"})


@dataclass(frozen=True, slots=True)
class Level:
    """One list: what it asks, its places, and which is chosen (its code, or nothing)."""

    asks: str
    places: list[Spot]
    chosen: str


def chosen_of(codes: Iterable[str]) -> str:
    """The innermost of the places chosen one below the other; what does not lie in the one before is left over."""
    chosen = ""
    for code in codes:
        if not code or not code.startswith(chosen) or code not in tree():
            break
        chosen = code
    return chosen


def agreed(place: str, position: tuple[float, float] | None) -> tuple[str, tuple[float, float] | None]:
    """Place and position that do not contradict each other: what was chosen by hand counts, as far as it says."""
    found = locate(*position) if position else None
    if found is None or not place:
        return place or found or "", position
    if found.startswith(place):
        return found, position
    return place, position if place.startswith(found) else None


def levels(chosen: str, *, inside: Sequence[str], on: date) -> list[Level]:
    """The lists to choose from inside these places (codes), as far as they are opened by what is chosen (a code)."""
    path = {spot.code for spot in tree().path(chosen)}
    roots = [spot for code in inside if (spot := tree().get(code))]
    if len(roots) == 1:
        return list(_below(roots[0].code, path, on))
    here = next((spot.code for spot in roots if spot.code in path), "")
    return [_level(roots, here), *(_below(here, path, on) if here else ())]


def _below(code: str, path: set[str], on: date) -> Iterable[Level]:
    while places := [s for s in tree().children(code) if s.kind not in _NOT_ASKED and s.is_open(on)]:
        code = next((spot.code for spot in places if spot.code in path), "")
        yield _level(places, code)
        if not code:
            return


def _level(places: list[Spot], chosen: str) -> Level:
    return Level(str(_ASKED.get(places[0].kind, _("Choose the place"))), places, chosen)


def path_in_words(code: str, *, below_county: bool = True) -> str:
    """The names of the places around and with this one, the outermost first."""
    path = tree().path(code)
    shown = path[1:] if below_county and len(path) > 1 else path
    return " ".join(spot.name for spot in shown)
