"""Find groups in a process that ends afterwards, and its memory with it. Here no sklearn is loaded."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context


@dataclass(frozen=True, slots=True)
class Found:
    """Texts (by their position) that tell of the same, and for each part of them that was asked for, in words.

    The parts are named as they were given, such as the towns in which the texts were told.
    """

    members: tuple[int, ...]
    words: dict[str, tuple[str, ...]]


def groups_apart(texts: Sequence[str], parts: Sequence[tuple[str, ...]]) -> list[Found]:
    """Groups among the texts; `parts` says of each text to which parts it belongs, each of which gets words."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_found, list(texts), list(parts)).result()


def _found(texts: list[str], parts: list[tuple[str, ...]]) -> list[Found]:
    from yiwang.topics.grouping import found_with_words  # noqa: PLC0415 - scikit-learn, in that process alone

    return found_with_words(texts, parts)
