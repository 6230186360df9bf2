"""Look for gatherings in a process that ends afterwards, and its memory with it. Here no scikit-learn is loaded."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context


@dataclass(frozen=True, slots=True)
class Told:
    """The cases of one kind, by their position: where (WGS 84), whether in the last weeks, and in which bunch; and
    whether in the same days of last year (`then`), nothing where that is not known.

    A bunch is what one person told on one day. A gathering is told in as many bunches as it needs cases: a morning's
    walk of a grid worker is none.
    """

    metres: int
    fewest: int
    lon: list[float]
    lat: list[float]
    recent: list[bool]
    bunch: list[int]
    then: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gathering:
    """What gathers, of the kind at this position. `now`: its recent cases; `before`: earlier ones on the same ground.

    `expected`: how many were by this ground's past and by how the whole kind goes now; `chance`: how likely something
    as strong is anywhere in the county where nothing gathers.
    """

    kind: int
    now: tuple[int, ...]
    before: tuple[int, ...]
    expected: float
    chance: float


def gatherings_apart(kinds: Sequence[Told], *, seed: int) -> list[Gathering]:
    """What gathers against chance, the surest first. The same for the same seed."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_found, list(kinds), seed).result()


def _found(kinds: list[Told], seed: int) -> list[Gathering]:
    from yiwang.spots.finding import gatherings  # noqa: PLC0415 - scikit-learn, in that process alone

    return gatherings(kinds, seed=seed)
