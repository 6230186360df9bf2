"""Whether two reports may tell of the same matter: near each other, and of the same item or in like words."""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians

from yiwang.cases.rules import words_of

NEAR_METRES = 500
FAR_METRES = 3000
SAME_FOR_DAYS = 30
TOLD_AGAIN_WITHIN_DAYS = 7
"""So long a second report of the same sender may be the first one once more."""

_ALIKE = 0.25
_CLAUSES = re.compile(r"[^，。！？；、：,.!?;:\s]+")
_NEARLY_THE_SAME = 0.6
_METRES_A_DEGREE = 111_195


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of a report is compared: its words, its item, its place (a code), its position in degrees."""

    text: str
    item: int | None
    place: str
    position: tuple[float, float] | None


def likeness(one: Sketch, other: Sketch) -> float:
    """How much speaks for the same matter; 0 where nothing does. Only the order of such figures means something."""
    metres = metres_apart(one, other) or 0
    if metres > FAR_METRES:
        return 0
    near = _nearness(one, other)
    same_item = one.item is not None and one.item == other.item
    of_one_kind = same_item or None in {one.item, other.item}
    # Words are compared last: it takes the longest, and most are neither near nor of one kind.
    if not near and not of_one_kind:
        return 0
    words = _shared(one.text, other.text)
    # Nearly the same words tell of the same matter also where one of the two is placed a little off.
    said_again = words >= _NEARLY_THE_SAME and of_one_kind
    if not said_again and not (near and (same_item or _alike(one.text, other.text, words, of_one_kind=of_one_kind))):
        return 0
    return near + 2 * words + same_item


def is_told_again(one: Sketch, other: Sketch) -> bool:
    """Whether the same sender tells the same once more: near the first, in nearly the same words, of no other item."""
    if one.item != other.item and None not in {one.item, other.item}:
        return False
    return bool(_nearness(one, other)) and _shared(one.text, other.text) >= _NEARLY_THE_SAME


def is_of_one_label(one: Sketch, other: Sketch, address: str, other_address: str) -> bool:
    """Whether two reports through a QR code are of the same code and kind: the same thing at the same place.

    An address begins with what the code is fixed to; who sent it may have written more behind that.
    """
    shorter, longer = sorted((address, other_address), key=len)
    same_thing = bool(shorter) and f"{longer} ".startswith(f"{shorter} ")
    return same_thing and one.place == other.place and one.item is not None and one.item == other.item


def metres_apart(one: Sketch, other: Sketch) -> float | None:
    """Metres between two positions, within a percent or so over the few kilometres for which it is asked."""
    if one.position is None or other.position is None:
        return None
    (lon, lat), (other_lon, other_lat) = one.position, other.position
    return hypot((other_lon - lon) * cos(radians(lat)), other_lat - lat) * _METRES_A_DEGREE


def _alike(text: str, other: str, words: float, *, of_one_kind: bool) -> bool:
    """Whether the words of two near reports speak of one matter.

    Where they are of different items, the phrases in which all ask (“请尽快处理”) say nothing: what both have word for
    word is left out, unless little else is said.
    """
    if of_one_kind or not _ALIKE <= words < _NEARLY_THE_SAME:
        return words >= _ALIKE
    said, other_said = _CLAUSES.findall(text), _CLAUSES.findall(other)
    common = {*said} & {*other_said}
    own, others = ("，".join(clause for clause in clauses if clause not in common) for clauses in (said, other_said))
    return _shared(own, others) >= _ALIKE


def _nearness(one: Sketch, other: Sketch) -> float:
    metres = metres_apart(one, other)
    if metres is not None:
        return max(0, 1 - metres / NEAR_METRES)
    inner, outer = sorted((one.place, other.place), key=len, reverse=True)
    if len(outer) >= 15 and inner.startswith(outer):
        return 0.5
    # Who said only in which village it is may mean any spot in it.
    return 0.3 if len(outer) >= 12 and inner.startswith(outer) else 0


# One text is compared with hundreds of others, one after the other.
@lru_cache(maxsize=4)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


def _shared(text: str, other: str) -> float:
    """The share of pairs of characters that both have."""
    pairs, others = _pairs(text), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others)) if pairs and others else 0
