"""The law of hot spots: what is looked for, from when on cases are a gathering, and what is against chance.

A gathering is what DBSCAN finds (Ester et al. 1996) among the recent cases of one kind: so many within so many metres
of one of them, and all that hangs together so. How unusual it is, is told by the space-time permutation scan of
Kulldorff et al. (2005, PLoS Med. 2:e59): if nothing gathers anywhere, *when* something was told does not depend on
*where*; so the days are dealt anew over the cases, gatherings are looked for again, and the strongest of each deal
shows what chance alone brings. As every deal is searched like the real weeks, that the gathering was found by looking
for the best is paid for. What one person told on one day is dealt together, and counts as one towards the fewest.
Where nothing gathers, a look at a county finds anything at all with a probability of at most `FALSE_ALARMS`;
`bench/spots.py` measures that. What came alike in the same days of last year is taken away again: its season.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb, log

FALSE_ALARMS = 0.05
DEALS = 199
"""So often the days are dealt anew."""
WORSE = 0.05
"""So unlikely must more than last year's be, where it comes every year, to be hot nevertheless."""
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


@dataclass(frozen=True, slots=True)
class Season:
    """A ground's weeks now and the same days of last year: how much was told, and how much is usual there in such
    weeks, by the ground's whole past and by how the kind went in the county then and goes now."""

    now: int
    then: int
    usual_now: float
    usual_then: float


def is_its_season(of: Season) -> bool:
    """Whether it comes as it came last year: the season is likelier than that it is new, and it is not worse.

    Two tales with one unknown each are weighed by their likelihood (Poisson): as many times the usual now as then; or
    the usual then, and any number now. And told the season, more than last year's is tested by Przyborowski and
    Wileński's conditional test (Biometrika 31, 1940) at `WORSE`.
    """
    if of.then <= of.usual_then or of.usual_now <= 0:
        return False
    times = (of.now + of.then) / (of.usual_now + of.usual_then)
    season = _told(of.now, times * of.usual_now) + _told(of.then, times * of.usual_then)
    is_likelier = season > _told(of.now, of.now) + _told(of.then, of.usual_then)
    share = of.usual_now / (of.usual_now + of.usual_then)
    return is_likelier and _at_least(of.now, of.now + of.then, share) > WORSE


def _told(many: int, usual: float) -> float:
    """How likely so many are where so many are usual: the logarithm, without what is the same for every usual."""
    return many * log(usual) - usual


def _at_least(many: int, of: int, share: float) -> float:
    """How likely so many or more of these are, each with the same share."""
    return sum(comb(of, n) * share**n * (1 - share) ** (of - n) for n in range(many, of + 1))
