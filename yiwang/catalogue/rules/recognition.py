"""Which item a told text is about, from the items' own words: names, keywords, examples.

The cold start, before a county has cases from which to learn. Chinese is read by pairs of characters, which need no
dictionary of words; English by its words.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from math import log, sqrt
from operator import add

from yiwang.catalogue.rules.content import Content, Secrecy

READ = 2000
"""So many characters of a text are looked at."""

_CLEAR = 0.53
_ENOUGH = 3.0
# One keyword says much in a short sentence and little in a long letter: so much more for each further character.
_SHORT = 20
_MORE_FOR_EACH = 0.02
_LOOKED_AT_CLOSELY = 16
_ENGLISH = re.compile(r"[a-z]{3,}")
_PAIR = re.compile(r"[^\W\d_a-z]{2}")
# What is everywhere tells nothing: a part that stands in more than one of so many items is passed over.
_EVERYWHERE = 10
# A small catalogue is read as if it had so many items: a word is not common because there are few to share it.
_AT_LEAST = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item and how much speaks for it; only the order and the distance of two scores mean something."""

    item: int
    score: float


_Key = tuple[str, float]
"""A word, and its weight."""


class WordIndex:
    """The words of some items, laid out so that a text of 200 characters is read in less than 100 µs."""

    def __init__(self, items: Mapping[int, Content]) -> None:
        self._sealed = frozenset(item for item, says in items.items() if says.secrecy is Secrecy.SEALED)
        told = {item: _told(says) for item, says in items.items()}
        spread: defaultdict[str, int] = defaultdict(int)
        for parts in told.values():
            for part in parts:
                spread[part] += 1
        total = max(len(items), _AT_LEAST)
        self._parts: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for item, parts in told.items():
            rare = {
                part: weight * log((total + 1) / spread[part])
                for part, weight in parts.items()
                if spread[part] * _EVERYWHERE <= total
            }
            # An item that is described at length must not win by that alone.
            length = sqrt(sqrt(sum(weight * weight for weight in rare.values()))) or 1.0
            for part, weight in rare.items():
                self._parts[part].append((item, weight / length))
        self._keys = _keys(items)

    def candidates(self, text: str) -> list[Candidate]:
        """The likeliest items, the likeliest first. A sealed one only where the text says a keyword of it."""
        text = text[:READ].casefold()
        scores: defaultdict[int, float] = defaultdict(float)
        for part in self._parts.keys() & _parts_of(text):
            for item, weight in self._parts[part]:
                scores[item] += weight
        likeliest = sorted(scores, key=scores.__getitem__, reverse=True)[:_LOOKED_AT_CLOSELY]
        found: list[Candidate] = []
        for item in likeliest:
            said = 0.0
            for word, weight in self._keys[item]:
                if word in text:
                    said += weight
            if said or item not in self._sealed:
                found.append(Candidate(item, scores[item] + said))
        return sorted(found, key=lambda one: (-one.score, one.item))


def clear_share(candidates: Iterable[Candidate], *, length: int) -> tuple[int | None, float]:
    """The first candidate of a text of so many characters where it is clearly ahead, else None; and its share of the
    two best scores (0 to 1).
    """
    best, second = islice(chain(candidates, (Candidate(0, 0.0), Candidate(0, 0.0))), 2)
    if not best.score:
        return None, 0.0
    share = best.score / (best.score + second.score)
    enough = _ENOUGH + min(max(length - _SHORT, 0) * _MORE_FOR_EACH, _ENOUGH)
    return (best.item if share >= _CLEAR and best.score >= enough else None), share


def _told(says: Content) -> dict[str, float]:
    """The parts of an item's words, each with the weight of the best place in which it stands."""
    parts: dict[str, float] = {}
    for weight, phrases in ((0.5, (says.opens_when,)), (1.0, says.examples), (2.0, (says.name, *says.keywords))):
        for phrase in phrases:
            parts |= dict.fromkeys(_kept(phrase.casefold()), weight)
    parts |= dict.fromkeys(_ENGLISH.findall(says.name_en.casefold()), 2.0)
    return parts


def _kept(phrase: str) -> Iterable[str]:
    pairs = (pair for pair in map(add, phrase, phrase[1:]) if _PAIR.fullmatch(pair))
    return (phrase,) if len(phrase) == 1 else pairs


def _parts_of(text: str) -> set[str]:
    return {*map(add, text, text[1:]), *text, *_ENGLISH.findall(text)}


def _keys(items: Mapping[int, Content]) -> dict[int, tuple[_Key, ...]]:
    """Each item's name and keywords; longer ones and those of fewer items weigh more."""
    words = {item: {word.casefold() for word in (says.name, *says.keywords)} for item, says in items.items()}
    spread: defaultdict[str, int] = defaultdict(int)
    for some in words.values():
        for word in some:
            spread[word] += 1
    return {
        item: tuple((word, len(word) / spread[word]) for word in sorted(some) if len(word) > 1)
        for item, some in words.items()
    }
