"""Which item a told text is about, without a query: by the words of the catalogue itself."""

from dataclasses import dataclass
from datetime import date

from yiwang.catalogue.queries.catalogue import TOPIC, Catalogue, catalogue
from yiwang.catalogue.rules import WordIndex, clear_share
from yiwang.plumbing.freshness.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Recognised:
    """The item, None where none is clearly ahead. `share`: of the two best scores the best's, 0.5 to 1; 0: nothing."""

    item_id: int | None
    share: float


class _Recogniser:
    """A catalogue's words: one index for all counties without items of their own, one for each other county."""

    def __init__(self, whole: Catalogue) -> None:
        self._whole = whole
        self._own = {line.county for line in whole if line.county}
        self._indexes: dict[str, WordIndex] = {}

    def recognise(self, text: str, place: str, on: date) -> Recognised:
        county = place[:6] if place[:6] in self._own else ""
        index = self._indexes.get(county) or self._index(county)
        candidates = index.candidates(text)
        return Recognised(*clear_share((one for one in candidates if self._is_open(one.item, on)), length=len(text)))

    def _is_open(self, item: int, on: date) -> bool:
        line = self._whole.get(item)
        return line is not None and line.is_open(on)

    def _index(self, county: str) -> WordIndex:
        # Made when first asked for; made twice by two threads at once it is the same.
        lines = [line for line in self._whole if not line.is_branch and self._whole.by_code(line.code, county) is line]
        self._indexes[county] = WordIndex({line.id: line.content for line in lines})
        return self._indexes[county]


_recogniser = Snapshot(TOPIC, lambda: _Recogniser(catalogue()))


def recognise(text: str, place: str = "", *, on: date) -> Recognised:
    """Which item a text is about that somebody at a place tells on a day. Never refuses a text, whatever it holds.

    Counted are items open on that day that hold in the place's county; without a place those of every county. A
    complaint against an official is recognised only where the text says one of its keywords.
    """
    return _recogniser.get().recognise(text, place, on)
