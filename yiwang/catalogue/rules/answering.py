"""Who answers for an item at a place: the longest place prefix wins, then the nearest item."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_NOTHING: tuple["Claim", ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A post answers for an item and all below it, inside a place, from a day up to (not including) another."""

    item: int
    place: str
    post: int
    since: date = date.min
    until: date = date.max


def _always(_post: int) -> bool:
    return True


def _present(claims: Iterable[Claim], on: date, serves: Callable[[int], bool]) -> int | None:
    for claim in claims:
        if claim.since <= on < claim.until and serves(claim.post):
            return claim.post
    return None


class Claims:
    """Claims laid out so that a question costs a few look-ups."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        laid: defaultdict[str, defaultdict[int, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in claims:
            laid[claim.place][claim.item].append(claim)
        self._laid = {
            place: {item: tuple(sorted(some, key=lambda c: c.since, reverse=True)) for item, some in items.items()}
            for place, items in laid.items()
        }
        self._lengths = tuple(sorted({len(place) for place in laid}, reverse=True))

    def answering(
        self, path: Sequence[int], place: str, *, on: date, serves: Callable[[int], bool] = _always
    ) -> int | None:
        """The post that answers for the item on that day, None for a gap.

        `path` is the item and then what it hangs under, the nearest first. A post that no longer `serves` is passed
        over. Of two claims on the same item and place the one that began last holds.
        """
        for length in self._lengths:
            items = self._laid.get(place[:length]) if length <= len(place) else None
            if items is None:
                continue
            for item in path:
                claims = items.get(item)
                if claims and (post := _present(claims, on, serves)) is not None:
                    return post
        return None

    def places_of(self, path: Sequence[int], *, on: date, serves: Callable[[int], bool] = _always) -> frozenset[str]:
        """The places at which somebody answers for the item on that day."""
        return frozenset(
            place
            for place, items in self._laid.items()
            for item in path
            for claim in items.get(item, _NOTHING)
            if claim.since <= on < claim.until and serves(claim.post)
        )
