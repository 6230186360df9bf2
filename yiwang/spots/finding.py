"""What gathers in space, and whether chance explains it. Loads scikit-learn: only ever run in a process of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.cluster import DBSCAN
from sklearn.neighbors import BallTree, sort_graph_by_row_values

from yiwang.spots.apart import Gathering, Told
from yiwang.spots.rules import DEALS, FALSE_ALARMS, Season, is_its_season, strength

_EARTH = 6_371_008.8
# Also at half the distance: in a close-built street everything hangs together at the whole one.
_SCALES = (1.0, 0.5)
_COUNTED = 1e-9
Flags = NDArray[np.bool_]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Ground:
    """The cases of one kind and who lies near whom: metres apart, within each scale."""

    near: list[Any]
    metres: list[float]
    fewest: int
    recent: Flags
    bunch: Ints
    then: Flags

    @classmethod
    def of(cls, told: Told) -> "_Ground":
        recent = np.array(told.recent, np.bool_)
        metres = [told.metres * scale for scale in _SCALES]
        widest = _near(told)
        narrower = [_within(widest, most) for most in metres[1:]]
        then = np.array(told.then or [False] * len(recent), np.bool_)
        return cls([widest, *narrower], metres, told.fewest, recent, np.array(told.bunch, np.intp), then)

    def dealt(self, chance: np.random.Generator) -> Flags:
        """The cases of the last weeks dealt anew, whole bunches at a time."""
        _, first, which = np.unique(self.bunch, return_index=True, return_inverse=True)
        return chance.permutation(self.recent[first])[which]

    def gathered(self, recent: Flags) -> Iterator[tuple[float, Ints, float]]:
        """Each gathering among the recent ones: how strong, all cases on its ground, how many recent were expected."""
        where, total = np.flatnonzero(recent), len(recent)
        if len(where) < self.fewest:
            return
        for near, metres in zip(self.near, self.metres, strict=True):
            found = DBSCAN(eps=metres, min_samples=self.fewest, metric="precomputed").fit(near[where][:, where])
            middles = where[found.core_sample_indices_]
            labels = found.labels_[found.core_sample_indices_]
            for label in range(labels.max(initial=-1) + 1):
                ground = np.unique(near[middles[labels == label]].indices)
                now = ground[recent[ground]]
                if len(np.unique(self.bunch[now])) >= self.fewest:
                    expected = len(ground) * len(where) / total
                    yield strength(len(now), expected, total), ground, expected

    def season(self, ground: Ints) -> Season:
        """The ground's weeks, now and last year; what one person told on one day counts once."""
        every = np.arange(len(self.recent))
        now, then, past = (self._bunches(ground, which) for which in (self.recent, self.then, ~self.recent))
        all_now, all_then, all_past = (self._bunches(every, which) for which in (self.recent, self.then, ~self.recent))
        rate = past / max(1, all_past)
        return Season(now, then, rate * all_now, rate * all_then)

    def _bunches(self, where: Ints, which: Flags) -> int:
        return len(np.unique(self.bunch[where[which[where]]]))

    def strongest(self, recent: Flags) -> float:
        return max((strong for strong, _ground, _expected in self.gathered(recent)), default=0.0)


def _near(told: Told) -> Any:
    """A sparse table of the metres between cases that lie near each other; oneself is among them."""
    places = np.radians(np.column_stack([told.lat, told.lon]))
    tree = BallTree(places, metric="haversine")
    found, apart = tree.query_radius(places, told.metres / _EARTH, return_distance=True)
    begins = np.concatenate([[0], np.cumsum([len(one) for one in found])])
    # An explicit nought would be lost in a sparse table; a nanometre is none.
    metres = np.maximum(np.concatenate(apart) * _EARTH, _COUNTED)
    table = sparse.csr_matrix((metres, np.concatenate(found), begins), (len(places), len(places)))
    return sort_graph_by_row_values(table, copy=False, warn_when_not_sorted=False)


def _within(near: Any, most: float) -> Any:
    narrower = near.copy()
    narrower.data[narrower.data > most] = 0
    narrower.eliminate_zeros()
    return narrower


def gatherings(kinds: Sequence[Told], *, seed: int) -> list[Gathering]:
    """What gathers against chance, the surest first; each case in one at most. The same for the same seed."""
    grounds = [_Ground.of(told) for told in kinds]
    found = sorted(
        ((strong, at, ground, expected) for at, one in enumerate(grounds)
         for strong, ground, expected in one.gathered(one.recent)),
        key=lambda one: -one[0],
    )  # fmt: skip
    by_chance = _by_chance(grounds, found[0][0], np.random.default_rng(seed)) if found else None
    if by_chance is None:
        return []
    kept: list[Gathering] = []
    taken = [np.zeros(len(one.recent), np.bool_) for one in grounds]
    for strong, at, ground, expected in found:
        chance = (1 + int((by_chance >= strong).sum())) / (len(by_chance) + 1)
        if chance > FALSE_ALARMS or taken[at][ground].any() or is_its_season(grounds[at].season(ground)):
            continue
        taken[at][ground] = True
        recent = grounds[at].recent[ground]
        kept.append(Gathering(at, _listed(ground[recent]), _listed(ground[~recent]), float(expected), chance))
    return kept


def _listed(which: Ints) -> tuple[int, ...]:
    return tuple(int(one) for one in which)


def _by_chance(grounds: Sequence[_Ground], best: float, chance: np.random.Generator) -> NDArray[np.float64] | None:
    """The strongest gathering of each deal; None as soon as it is plain that chance explains even the best one."""
    strongest = []
    stronger, enough = 0, int(FALSE_ALARMS * (DEALS + 1))
    for _deal in range(DEALS):
        strongest.append(max(one.strongest(one.dealt(chance)) for one in grounds))
        stronger += strongest[-1] >= best
        if stronger >= enough:
            return None
    return np.array(strongest)
