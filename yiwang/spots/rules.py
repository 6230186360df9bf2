"""The law of hot spots: what is looked for, from when on cases are a gathering, and what is against chance.

A gathering is what DBSCAN finds (Ester et al. 1996) among the recent cases of one kind: so many within so many metres
of one of them, and all that hangs together so. How unusual it is, is told by the space-time permutation scan of
Kulldorff et al. (2005, PLoS Med. 2:e59): if nothing gathers anywhere, *when* something was told does not depend on
*where*; so the days are dealt anew over the cases, gatherings are looked for again, and the strongest of each deal
shows what chance alone brings. As every deal is searched like the real weeks, that the gathering was found by looking
for the best is paid for. What one person told on one day is dealt together, and counts as one towards the fewest.
Where nothing gathers, a look at a county finds anything at all with a probability of at most `FALSE_ALARMS`;
`bench/spots.py` measures that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

FALSE_ALARMS = 0.05
DEALS = 199
"""So often the days are dealt anew."""
LEAST_PAST_DAYS = 56
"""Where less of the past is known, nothing is judged."""
YEAR_DAYS = 364


@dataclass(frozen=True, slots=True)
class Kind:
    """What is looked at together: all of a board (its code), or of an item (id) that has a lookout of its own."""

    board: str = ""
    item: int = 0


@dataclass(frozen=True, slots=True)
class Lookout:
    """A gathering: `fewest` cases within `metres` of one of them, told in the last `days`; 0 is not looked for.

    They are compared with the `past_days` before, on the same ground.
    """

    metres: int = 150
    fewest: int = 6
    days: int = 28
    past_days: int = YEAR_DAYS


LEAST = Lookout(metres=20, fewest=0, days=7, past_days=LEAST_PAST_DAYS)
MOST = Lookout(metres=2000, fewest=200, days=92, past_days=3 * YEAR_DAYS)


def lookout_fault(lookout: Lookout) -> str:
    """What is wrong with a lookout, as a refusal's code; empty where nothing is."""
    for name in Lookout.__slots__:
        if not getattr(LEAST, name) <= getattr(lookout, name) <= getattr(MOST, name):
            return "lookout_unfit"
    # Two are met by chance everywhere.
    return "lookout_unfit" if lookout.fewest in {1, 2} else ""


def kind_of(path: Sequence[int], board: str, lookouts: Mapping[Kind, Lookout]) -> Kind:
    """To which kind an item belongs: to the innermost of its `path` (itself first) with a lookout, else its board."""
    named = (Kind(item=item) for item in path)
    return next((kind for kind in named if kind in lookouts), Kind(board))


def lookout_for(kind: Kind, lookouts: Mapping[Kind, Lookout]) -> Lookout:
    """What is looked for of a kind: its own, else everybody's, else the usual."""
    return lookouts.get(kind) or lookouts.get(Kind()) or Lookout()


def strength(now: int, expected: float, total: int) -> float:
    """How much speaks for a gathering (the logarithm of Kulldorff's likelihood ratio); 0 where it is not above what
    is expected. `total`: all cases of the kind, now and in the past.
    """  # fmt: skip
    if now <= expected:
        return 0.0
    outside = total - now
    return now * log(now / expected) + (outside * log(outside / (total - expected)) if outside else 0.0)
