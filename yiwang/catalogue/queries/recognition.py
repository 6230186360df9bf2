"""Which item a told text is about, without a query: alarms first, then what was learned, then the items' words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from yiwang.catalogue.queries.catalogue import TOPIC, Catalogue, ItemLine, catalogue
from yiwang.catalogue.rules import Alarm, Candidate, Secrecy, Urgency, WordIndex, clear_share, heard_in
from yiwang.catalogue.rules.alarms import WORDS
from yiwang.plumbing.freshness.snapshots import Snapshot

SURE = 0.5
"""From here on what was learned is taken rather than the words of the catalogue."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The item, None where none is clearly ahead. `share`: of the two best scores the best's, 0.5 to 1; 0: nothing.

    With an alarm the item is one for it, where the catalogue has any; `learned`: how likely the item is by what was
    learned of decided cases, where that spoke. `suspected`: what the text may alarm of without saying so plainly, and
    `then_item` the item for it; the item itself is what it is about if that is wrong.
    """

    item_id: int | None
    share: float
    alarm: Alarm | None = None
    learned: float | None = None
    suspected: Alarm | None = None
    then_item: int | None = None


class Learned(Protocol):
    """Whoever has learned from decided cases which item a text is about."""

    def likeliest(self, text: str) -> Sequence[tuple[int, float]]:
        """Items and how likely each is, the likeliest first."""

    def knows(self, item: int) -> bool:
        """Whether the item was among what was learned."""


class _Nothing:
    def likeliest(self, text: str) -> Sequence[tuple[int, float]]:  # noqa: ARG002 - nothing was learned of any text
        return ()

    def knows(self, item: int) -> bool:  # noqa: ARG002 - as above
        return False


_asked: list[Callable[[], Learned]] = [_Nothing]


def learn_from(learned: Callable[[], Learned]) -> None:
    """Ask this first from now on. Called once, when the house is put together."""
    _asked[:] = [learned]


class _Recogniser:
    """A catalogue's words: one index for all counties without items of their own, one for each other county."""

    def __init__(self, whole: Catalogue) -> None:
        self._whole = whole
        self._own = {line.county for line in whole if line.county}
        self._indexes: dict[str, WordIndex] = {}
        self._alarmed = [line for line in whole if not line.is_branch and _is_for_alarms(line)]

    def recognise(self, text: str, place: str, on: date) -> Recognised:
        # Looked at one by one: of most texts only the two likeliest are asked about.
        there = (one for one in self.index(place).candidates(text) if self._is_open(one.item, on))
        heard = heard_in(text)
        if heard is None:
            return self._ordinary(text, place, on, there)
        candidates = list(there)
        line = self._for(heard.alarm, candidates, place, on)
        if heard.sure:
            fits = Recognised(line.id, 1.0, heard.alarm) if line else None
            return fits or replace(self._ordinary(text, place, on, candidates), alarm=heard.alarm)
        if heard.alarm is Alarm.ACCUSED:
            # A keyword of a sealed item would seal what nobody has read.
            candidates = [one for one in candidates if not self._is_sealed(one.item)]
        then = line.id if line else None
        return replace(self._ordinary(text, place, on, candidates), suspected=heard.alarm, then_item=then)

    def _ordinary(self, text: str, place: str, on: date, candidates: Iterable[Candidate]) -> Recognised:
        """What was learned, or what the words clearly say."""
        learned = _asked[0]()
        said, share = clear_share(candidates, length=len(text))
        # What was learned, unless the words clearly say an item that was not there to be learned.
        if said is None or learned.knows(said):
            for item, likely in learned.likeliest(text):
                if likely >= SURE and self._holds(item, place, on):
                    return Recognised(item, share, learned=likely)
        return Recognised(said, share)

    def _for(self, alarm: Alarm, candidates: Iterable[Candidate], place: str, on: date) -> ItemLine | None:
        """The item that fits the text best among those for such an alarm; else the one that its own words name."""
        there = (line for line in self._alarmed if line.is_open(on) and line.holds_in(place))
        fit = {line.id: line for line in there if _fits(line, alarm)}
        said = next((fit[one.item] for one in candidates if one.item in fit), None)
        return said or next(
            (fit[one.item] for one in self.index(place).candidates(WORDS[alarm]) if one.item in fit), None
        )

    def _holds(self, item: int, place: str, on: date) -> bool:
        line = self._whole.get(item)
        return line is not None and line.is_open(on) and line.holds_in(place) and not line.is_branch

    def _is_sealed(self, item: int) -> bool:
        line = self._whole.get(item)
        return line is not None and line.content.secrecy is Secrecy.SEALED

    def _is_open(self, item: int, on: date) -> bool:
        line = self._whole.get(item)
        return line is not None and line.is_open(on)

    def index(self, place: str) -> WordIndex:
        """The words of the items that hold at a place."""
        # Made when first asked for; made twice by two threads at once it is the same.
        county = place[:6] if place[:6] in self._own else ""
        if county not in self._indexes:
            lines = [one for one in self._whole if not one.is_branch and self._whole.by_code(one.code, county) is one]
            self._indexes[county] = WordIndex({line.id: line.content for line in lines})
        return self._indexes[county]


_recogniser = Snapshot(TOPIC, lambda: _Recogniser(catalogue()))


def recognise(text: str, place: str = "", *, on: date) -> Recognised:
    """Which item a text is about that somebody at a place tells on a day. Never refuses a text, whatever it holds.

    Counted are items open on that day that hold in the place's county; without a place those of every county. Without
    an alarm, a complaint against an official is recognised only where the text says one of its keywords.
    """
    return _recogniser.get().recognise(text, place, on)


def said_by_words(text: str, place: str = "", *, on: date) -> list[Candidate]:
    """Items by the catalogue's own words alone, the likeliest first, for whoever proposes several."""
    whole, candidates = catalogue(), _recogniser.get().index(place).candidates(text)
    return [one for one in candidates if (line := whole.get(one.item)) and line.is_open(on)]


def _is_for_alarms(line: ItemLine) -> bool:
    return line.content.urgency is Urgency.EMERGENCY or line.content.secrecy is Secrecy.SEALED


def _fits(line: ItemLine, alarm: Alarm) -> bool:
    if alarm is Alarm.ACCUSED:
        return line.content.secrecy is Secrecy.SEALED
    return line.content.urgency is Urgency.EMERGENCY and line.content.secrecy is not Secrecy.SEALED
