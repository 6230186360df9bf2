"""The law of sampling: who is called always, who by lot, and how the lot is told.

A lot is a number from 0 to 9,999 out of the case's number and the hash of the step with which it was checked. Nobody
chooses it and nobody knows it before the check is written; afterwards anybody can tell it again from the printed
history.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

LOTS = 10_000
MOST_MINUTES = 7 * 24 * 60
ENOUGH_FOR_USUAL = 10
"""So many closed cases of an item say how long it usually takes."""


class Why(StrEnum):
    """Why a reporter is called."""

    ITEM = "item"  # every case of this item is asked about
    DISSATISFIED = "dissatisfied"  # the reporter has said so on their own page
    BEFORE = "before"  # it was not done the first time
    MINUTES = "minutes"  # done within minutes of signing
    USUAL = "usual"  # done in a small share of the time that this item usually takes
    LIMIT = "limit"  # done in a small share of its limit
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Sampling:
    """A rule: so many percent by lot, and always the items named (codes), and what was done suspiciously fast: within
    so many minutes of signing, or in so many percent of the usual time or of the limit; 0 leaves a test out."""

    percent: int = 100
    items: tuple[str, ...] = ()
    minutes: int = 0
    of_usual: int = 0
    of_limit: int = 0


@dataclass(frozen=True, slots=True)
class Handled:
    """A checked case. `items`: the codes of its item and of all branches above it; `took`: from signing to finishing;
    `limit`: from being given to being due; `usual`: the median of the item."""

    number: int
    seal: bytes
    items: Collection[str] = ()
    took: timedelta | None = None
    limit: timedelta | None = None
    usual: timedelta | None = None
    dissatisfied: bool = False
    reopened: int = 0


def lot_of(number: int, seal: bytes) -> int:
    """The lot of a case: SHA-256 over its number in digits and the hash (`seal`) of the checking step."""
    digest = hashlib.sha256(str(number).encode() + seal).digest()
    return int.from_bytes(digest[:8], "big") % LOTS


def drawn(lot: int, percent: int) -> bool:
    """Whether this lot is among so many percent."""
    return lot * 100 < percent * LOTS


def reasons(handled: Handled, sampling: Sampling) -> tuple[Why, ...]:
    """Why the reporter is called, all that hold, the lot last; nothing where they are not."""
    found = {
        Why.ITEM: not set(handled.items).isdisjoint(sampling.items),
        Why.DISSATISFIED: handled.dissatisfied,
        Why.BEFORE: handled.reopened > 0,
        Why.MINUTES: _within(handled.took, timedelta(minutes=sampling.minutes)),
        Why.USUAL: _within(handled.took, _share(handled.usual, sampling.of_usual)),
        Why.LIMIT: _within(handled.took, _share(handled.limit, sampling.of_limit)),
        Why.LOT: drawn(lot_of(handled.number, handled.seal), sampling.percent),
    }
    return tuple(why for why, holds in found.items() if holds)


def sampling_fault(sampling: Sampling) -> str:
    """What is wrong with a rule, as a refusal's code; empty where nothing is."""
    shares = (sampling.percent, sampling.of_usual, sampling.of_limit)
    if not all(0 <= share <= 100 for share in shares):
        return "sampling_percent_unfit"
    return "" if 0 <= sampling.minutes <= MOST_MINUTES else "sampling_minutes_unfit"


def _share(span: timedelta | None, percent: int) -> timedelta:
    return span * percent / 100 if span else timedelta()


def _within(took: timedelta | None, most: timedelta) -> bool:
    return took is not None and most > timedelta() and took <= most
