"""The catalogue for pages: as a tree, and found by words. Everybody may read it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from django.db.models import Q, QuerySet

from yiwang.catalogue.models import Board, Item
from yiwang.catalogue.queries.catalogue import ItemLine, catalogue
from yiwang.people import access, queries
from yiwang.people.models import Person
from yiwang.people.rules import Duty
from yiwang.plumbing.walls.ground import EVERYWHERE


@dataclass(frozen=True, slots=True)
class TreeLine:
    """An item and how deep it hangs: 0 for the outermost branches."""

    depth: int
    item: ItemLine


def tree(*, on: date, place: str = "", board: str = "") -> list[TreeLine]:
    """The items open on that day at a place, branches before what hangs under them; of one board if asked."""
    return list(_under(0, 0, on=on, place=place, board=board))


def _under(parent: int, depth: int, *, on: date, place: str, board: str) -> Iterator[TreeLine]:
    for line in catalogue().children(parent):
        if not line.is_open(on) or not line.holds_in(place):
            continue
        below = list(_under(line.id, depth + 1, on=on, place=place, board=board))
        if below or board in ("", line.content.board):
            yield TreeLine(depth, line)
            yield from below


def search(text: str, *, on: date, place: str = "", board: str = "", limit: int = 50) -> list[ItemLine]:
    """Items that may be opened, found by Chinese or English words, keywords, codes or a sentence of a resident.

    Words are parted by spaces and must all be found. A keyword also counts when the text contains it, as in
    "我家门口路灯不亮了". The best first; all of them, in order of their codes, for an empty text.
    """
    words = text.casefold().split()
    ranked: list[tuple[int, str, ItemLine]] = []
    for line in catalogue():
        if line.is_branch or not line.is_open(on) or not line.holds_in(place):
            continue
        if board not in ("", line.content.board):
            continue
        scores = [_score(line, word) for word in words]
        if all(scores):
            ranked.append((-sum(scores), line.code, line))
    ranked.sort(key=lambda found: found[:2])
    return [line for _, _, line in ranked[:limit]]


def _score(line: ItemLine, word: str) -> int:
    said = line.content
    names = (said.name.casefold(), said.name_en.casefold(), line.code.casefold())
    if word in names:
        return 100
    # A keyword of one character would be found in every sentence.
    keywords = [key for key in map(str.casefold, said.keywords) if word in key or (len(key) > 1 and key in word)]
    best = 20 * len(keywords) + max(map(len, keywords), default=0)
    if any(word in name for name in names) or (len(names[0]) > 1 and names[0] in word):
        best += 50
    if any(word in text.casefold() for text in (*said.examples, said.opens_when)):
        best += 10
    return best


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items are wanted; what is empty is not asked. `under`: code of a branch, `words`: as for `search`."""

    board: str = ""
    level: str = ""
    under: str = ""
    words: str = ""
    place: str = ""


def listed(grounds: Collection[str], wanted: Wanted, *, on: date, after: int, limit: int) -> list[ItemLine]:
    """Items and branches open on that day in the counties of these grounds (`EVERYWHERE`: all), by their numbers.

    With a place only what holds there: the county's own item hides the one of every county with the same code.
    """
    whole = catalogue()
    words = wanted.words.casefold().split()
    above = {line.id for line in whole if line.code == wanted.under}
    found = (
        line
        for line in whole
        if line.id > after
        and line.is_open(on)
        and _holds_on(grounds, line)
        and wanted.board in ("", line.content.board)
        and wanted.level in ("", line.content.level)
        and (not wanted.under or not above.isdisjoint(line.path[1:]))
        and (not wanted.place or whole.by_code(line.code, wanted.place) is line)
        and all(_score(line, word) for word in words)
    )
    return nsmallest(limit, found, key=lambda line: line.id)


def _holds_on(grounds: Collection[str], line: ItemLine) -> bool:
    return not line.county or grounds == EVERYWHERE or any(ground.startswith(line.county) for ground in grounds)


def editable_by(by: Person, *, on: date) -> QuerySet[Item]:
    """Items that the person may change: those of the counties they administer; for the operator all."""
    grounds = access.grounds_of(by.pk, on, Duty.ADMINISTER)
    if grounds == EVERYWHERE:
        return Item.objects.all()
    return queries.on_ground_of(by, Item.objects.all(), "county__code", on=on)


def boards_for(place: str = "") -> QuerySet[Board]:
    """The boards of a place: those of every county and of its own."""
    return Board.objects.filter(Q(county=None) | Q(county_id=place[:6] or None))
