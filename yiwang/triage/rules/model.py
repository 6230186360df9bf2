"""What was learned: for each kind of matter, how much each feature of a text speaks for it. Plain arrays, no library.

Scoring multiplies what a text holds by what was learned of it; which kind is how likely follows from a softmax whose
sharpness was measured on messages held back from training.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yiwang.triage.rules.reading import Grams, Keys, Words, cleaned, pairs_of, views_of

FORM = 1
"""Of the bytes in which a model is kept; another form is not read."""

_PHRASES, _PAIRS = 3, 8
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Known:
    """The features of one view that are known, in the order of their keys, with the rarity of each."""

    keys: Keys
    rarity: Floats
    weight: float


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind of matter and how likely it is, 0 to 1."""

    kind: str
    likely: float


@dataclass(frozen=True, slots=True)
class Model:
    """Kinds of matter, and the weights by which a text is judged: a row for each known feature, a column a kind."""

    kinds: tuple[str, ...]
    known: tuple[Known, ...]
    weights: NDArray[np.float16]
    bias: Floats
    sharp: float

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return sum(one.keys.nbytes + one.rarity.nbytes for one in self.known) + self.weights.nbytes

    def scores(self, words: Words) -> Floats:
        """How much speaks for each kind; only compared with each other do they mean something."""
        total = self.bias.copy()
        for rows, worth in self._found(words):
            total += worth @ self.weights[rows].astype(np.float32)
        return total

    def guesses(self, words: Words, *, most: int | None = None) -> list[Guess]:
        """The kinds, or so many of them, the likeliest first."""
        shares = softmax(self.scores(words) * self.sharp)
        return [Guess(self.kinds[at], float(shares[at])) for at in np.argsort(-shares, kind="stable")[:most]]

    def spoken_for(self, words: Words, kind: str) -> list[str]:
        """The pieces of the text that spoke most for a kind, the strongest first."""
        column = self.kinds.index(kind)
        text = cleaned(f"{words.subject}\n{words.text}")
        keys = pairs_of(text)
        known = self.known[0]
        rows, there = _rows(known.keys, keys)
        worth = np.where(there, known.rarity[rows] * self.weights[rows, column].astype(np.float32), 0)
        best = np.unique(keys[worth > 0][np.argsort(-worth[worth > 0])][: _PAIRS * 4])
        strong = {int(key) for key in sorted(best, key=lambda key: -float(worth[keys == key].max()))[:_PAIRS]}
        found = _phrases(text, [int(key) in strong for key in keys], worth)
        return [phrase for phrase, _worth in sorted(found.items(), key=lambda one: (-one[1], one[0]))][:_PHRASES]

    def _found(self, words: Words) -> Any:
        """For each view, which rows of the weights a text reaches and how much each of them counts."""
        first = 0
        for known, grams in zip(self.known, views_of(words), strict=True):
            rows, there = _rows(known.keys, grams.keys)
            yield first + rows[there], weighed(known, rows[there], grams.counts[there])
            first += len(known.keys)


def weighed(known: Known, rows: NDArray[np.int64], counts: Floats) -> Floats:
    """Each feature's share in its text: repeated it counts a little more, rare among texts much more; length 1."""
    worth = (1 + np.log(counts)) * known.rarity[rows]
    length = float(np.sqrt(worth @ worth))
    return (worth * (known.weight / length) if length else worth).astype(np.float32)


def rows_of(known: Known, grams: Grams) -> tuple[NDArray[np.int64], Floats]:
    """Which known features a view of a text holds, and how often."""
    rows, there = _rows(known.keys, grams.keys)
    return rows[there], grams.counts[there]


def softmax(scores: Floats) -> Floats:
    """Shares that add up to 1."""
    raised = np.exp(scores - scores.max())
    shares: Floats = raised / raised.sum()
    return shares


def to_bytes(model: Model) -> bytes:
    """The model as it is kept."""
    kept = io.BytesIO()
    arrays: dict[str, Any] = {"weights": model.weights, "bias": model.bias}
    for number, one in enumerate(model.known):
        arrays |= {f"keys{number}": one.keys, f"rarity{number}": one.rarity.astype(np.float16)}
    head = np.array([FORM, model.sharp, *(one.weight for one in model.known)])
    np.savez_compressed(kept, head=head, kinds=np.array(model.kinds), **arrays)
    return kept.getvalue()


def from_bytes(content: bytes) -> Model | None:
    """The model again; None for a form that another version of the platform wrote."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        form, sharp, *weights = kept["head"].tolist()
        if form != FORM:
            return None
        known = tuple(
            Known(kept[f"keys{number}"], kept[f"rarity{number}"].astype(np.float32), weight)
            for number, weight in enumerate(weights)
        )
        return Model(tuple(kept["kinds"].tolist()), known, kept["weights"], kept["bias"], sharp)


def _rows(known: Keys, keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each key stands among the known ones, and whether it does."""
    if not len(known):
        return np.zeros(len(keys), np.int64), np.zeros(len(keys), np.bool_)
    rows = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return rows, known[rows] == keys


def _phrases(text: str, strong: Sequence[bool], worth: Floats) -> dict[str, float]:
    """Neighbouring strong pairs as one piece of text, with what they are worth together."""
    ends = [at for at, (one, other) in enumerate(pairwise([False, *strong, False])) if one != other]
    found: dict[str, float] = {}
    for begin, end in zip(ends[::2], ends[1::2], strict=True):
        phrase = text[begin : end + 1].strip()
        found[phrase] = max(found.get(phrase, 0.0), float(worth[begin:end].sum()))
    return found
