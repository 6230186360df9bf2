"""Which decided cases are learned from, and when a new model takes the place of the old one."""

from collections import Counter
from collections.abc import Sequence

from yiwang.cases.rules import BEING_PROVEN, WITH_A_POST, State

CONFIRMED = BEING_PROVEN | WITH_A_POST - {State.DISPATCHED} | {State.CLOSED}
"""In these states a post has signed for the case as what it is said to be."""

MOST_CASES = 30_000
MOST_WEIGHTS = 1_500_000
"""Of two bytes each: what every web process has in memory."""

FEWEST_CASES = 200
_FEWEST_OF_A_KIND = 5
_HELD_BACK = 5
_MOST_HELD_BACK = 2000
_SHOWN = 3


def worth_learning(kinds: Sequence[str]) -> frozenset[str]:
    """The kinds that were seen often enough; none where there are too few cases altogether, or only one kind."""
    often = frozenset(kind for kind, count in Counter(kinds).items() if count >= _FEWEST_OF_A_KIND)
    enough = sum(kind in often for kind in kinds) >= FEWEST_CASES and len(often) > 1
    return often if enough else frozenset()


def held_back(count: int) -> int:
    """How many of so many cases, the newest, are kept from learning and judge it: a fifth, 2,000 at most."""
    return min(count // _HELD_BACK, _MOST_HELD_BACK)


def is_better(right: float, before: float) -> bool:
    """Whether a new model is taken: it must be right more often than what has answered so far."""
    return right > before


def rank_of(item: int | None, proposed: Sequence[int]) -> int:
    """Which of the first three proposals the item was, 1 the first; 0 none of them."""
    shown = list(proposed[:_SHOWN])
    return shown.index(item) + 1 if item in shown else 0


def goes_by_itself(likely: float | None, trust: float | None, *, alarmed: bool, sealed: bool) -> bool:
    """Whether a proposal may be dispatched without a person: trusted there, likely enough, nothing that alarms."""
    return trust is not None and likely is not None and likely >= trust and not alarmed and not sealed
