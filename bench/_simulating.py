"""The processes in which workers are simulated; each loads Django for itself, so nothing here needs it."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context


@dataclass(frozen=True, slots=True)
class Told:
    """A case as it was received: its number, and what the data say that it is about."""

    number: int
    category: str


@dataclass(slots=True)
class Worked:
    """What was done: acts by name, refusals by code, the simulated span and the real one in seconds."""

    acts: Counter[str]
    refused: Counter[str]
    simulated: float
    real: float


def simulate(told: Sequence[Told], *, seed: int, processes: int) -> list[Worked]:
    """Each process has workers of its own, and every so-many-th case."""
    parts = [told[number::processes] for number in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin) as pool:
        return list(pool.map(_work, [f"{seed}:{number}" for number in range(processes)], parts))


def _begin() -> None:
    import django  # noqa: PLC0415 - a new process

    django.setup()


def _work(seed: str, told: Sequence[Told]) -> Worked:
    from bench._workers import Office  # noqa: PLC0415 - only once Django is set up

    return Office(seed).work(told)
