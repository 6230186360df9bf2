"""Learn in a process that ends afterwards, and its memory with it. Loads neither Django nor, here, scikit-learn."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from yiwang.triage.rules import MOST_WEIGHTS, Model, Words, from_bytes, to_bytes


def learned_apart(told: Sequence[tuple[str, str]]) -> Model:
    """A model of texts and the kinds that people decided, small enough for every process that serves."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        kept = pool.submit(_learn, list(told)).result()
    model = from_bytes(kept)
    assert model is not None, "the same version wrote and reads it"
    return model


def _learn(told: list[tuple[str, str]]) -> bytes:
    from yiwang.triage.learning import Decided, learn  # noqa: PLC0415 - scikit-learn, in that process alone

    examples = [Decided(Words(text), kind) for text, kind in told]
    return to_bytes(learn(examples, most_weights=MOST_WEIGHTS))
