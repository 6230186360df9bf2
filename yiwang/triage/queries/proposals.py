"""What is it, where is it, must it not wait? Proposed from text and position alone, without a query."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from yiwang.cases.models import Case
from yiwang.catalogue.queries import ItemLine, Recognised, catalogue, recognise, said_by_words
from yiwang.catalogue.rules import Alarm, Secrecy, Urgency
from yiwang.places.queries import NamedPlace, locate, metres_outside, named_in
from yiwang.triage.queries.learned import Learned, learned

MOST = 3
_WORDS_LOOKED_AT = 1000
_WORTH_SAYING = 0.02
_UNNAMED = NamedPlace()
_BESIDE = 300
"""So many metres outside a place one may stand and still speak of it."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """An item, how likely it is (None where only the catalogue's words say so), and which words spoke for it."""

    item: ItemLine
    likely: float | None
    words: tuple[str, ...]

    @property
    def percent(self) -> int | None:
        """The likelihood as it is shown: nothing is certain, and nothing that is shown is impossible."""
        return None if self.likely is None else min(max(round(100 * self.likely), 1), 99)


@dataclass(frozen=True, slots=True)
class Proposal:
    """At most three items, the likeliest first; the place of the position, else the one that the text names; what it
    alarms of, and who may know.

    `version`: which model spoke, 0: none. `decided`: whether the first item is clearly ahead. `named`: what the text
    says of the place; `apart`: the position or place given contradicts it, by so many metres where both are drawn.
    `suspected`: what it may alarm of without saying so plainly.
    """

    items: tuple[Proposed, ...]
    decided: bool
    place: str
    alarm: Alarm | None
    confidential: bool
    sealed: bool
    emergency: bool
    version: int
    suspected: Alarm | None = None
    named: NamedPlace = _UNNAMED
    apart: bool = False
    metres: int | None = None


def propose(text: str, position: tuple[float, float] | None = None, *, place: str = "", on: date) -> Proposal:
    """What a told text is about, at a position (longitude, latitude in WGS 84) or a place (its code), on a day.

    Never refuses a text. Alarms come first, then what was learned of decided cases, then the items' own words.
    """
    located = place or (locate(*position) if position else None) or ""
    named = named_in(text, near=located, on=on)
    apart, metres = _apart(named, located, position)
    place = located or named.place
    known = learned()
    found = recognise(text, place, on=on)
    items = _items(text, place, on, found, known)
    first = items[0].item.content if found.item_id is not None else None
    return Proposal(
        items, found.item_id is not None, place, found.alarm,
        confidential=first is not None and first.secrecy is not Secrecy.OPEN,
        sealed=found.alarm is Alarm.ACCUSED or (first is not None and first.secrecy is Secrecy.SEALED),
        emergency=found.alarm not in {None, Alarm.ACCUSED}
        or (first is not None and first.urgency is Urgency.EMERGENCY),
        version=known.version, suspected=found.suspected, named=named, apart=apart, metres=metres,
    )  # fmt: skip


def propose_for(case: Case, *, on: date) -> Proposal:
    """The same for a case, where it is said to be."""
    position = (case.lon, case.lat) if case.lon is not None and case.lat is not None else None
    return propose(case.text, position, place=case.place, on=on)


def _apart(
    named: NamedPlace, located: str, position: tuple[float, float] | None
) -> tuple[bool, int | None]:  # fmt: skip
    """Whether what the text names surely is neither around nor inside where it is said to be, and how far off."""
    agree = named.place.startswith(located) or located.startswith(named.place)
    if not located or named.choices or agree:
        return False, None
    metres = metres_outside(named.place, *position) if position else None
    return metres is None or metres > _BESIDE, None if metres is None else round(metres)


def _items(text: str, place: str, on: date, found: Recognised, known: Learned) -> tuple[Proposed, ...]:
    """What was recognised, then the likeliest of what was learned, then of what the words say."""
    whole = catalogue()
    likely = dict(known.likeliest(text))
    worth_saying = [item for item, share in likely.items() if share >= _WORTH_SAYING]
    words = [one.item for one in said_by_words(text, place, on=on) if not known.knows(one.item)]
    # What it may be second, so that one press is enough where the suspicion is right.
    order = dict.fromkeys([one for one in (found.item_id, found.then_item) if one] + [*worth_saying, *words])
    lines = (line for item in order if (line := whole.get(item)) and line.holds_in(place) and line.is_open(on))
    each = (Proposed(line, likely.get(line.id), _spoken(text, line, known)) for line in lines)
    # An item of which nothing stands in the text is no proposal.
    told = (
        one for one in each if one.words or one.likely is not None or one.item.id in {found.item_id, found.then_item}
    )
    return tuple(islice(told, MOST))


def _spoken(text: str, line: ItemLine, known: Learned) -> tuple[str, ...]:
    """Pieces of the text that spoke for the item: the item's own words that stand there, then what was learned."""
    short = text[:_WORDS_LOOKED_AT]
    own = [word for word in (line.name, *line.content.keywords) if word and word in short]
    pieces = list(dict.fromkeys([*own, *known.words_for(text, line.id)]))
    return tuple(piece for piece in pieces if not any(piece in longer for longer in pieces if longer != piece))[:MOST]
