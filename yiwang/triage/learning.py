"""Learn from messages that people have decided. The only module that loads scikit-learn: no web process imports it.

Two linear machines over the same features, added up: support vectors, and support vectors over naive Bayes' log-count
ratios (Wang and Manning, 2012), which know better what a rare word means. Both being linear, what is kept is one
weight for each feature and kind. What was tried beside, and what it gave, stands in `docs/triage.md`.
"""

import hashlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from yiwang.triage.rules.model import Floats, Known, Model, rows_of, softmax, weighed
from yiwang.triage.rules.reading import Grams, Words, views_of

MOST_WEIGHTS = 8_000_000
"""Of two bytes each. What serves in web processes is trained with less, by whoever asks for it."""

_VIEWS = (1.0, 0.5)
_SEEN_IN = 2
_SMOOTHING = 0.5
_HELD_BACK = 5
_AT_ONCE = 2
_SHARPNESSES = np.geomspace(0.3, 12, 40)
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Decided:
    """A message and the kind of matter that people said it is."""

    words: Words
    kind: str


def learn(examples: Sequence[Decided], *, most_weights: int = MOST_WEIGHTS) -> Model:
    """A model of these examples (one at least). How sure it may be is measured on a fifth of them, held back first."""
    assert examples, "nothing can be learned from nothing"
    kinds = tuple(sorted({one.kind for one in examples}))
    labels = np.array([kinds.index(one.kind) for one in examples])
    read = [views_of(one.words) for one in examples]
    # By the text, so that the same message told twice never stands on both sides.
    held = np.array([_draw(one.words) % _HELD_BACK == 0 for one in examples])
    apart = ~held
    sharp = 1.0
    if len(kinds) > 1 and held.any() and len(set(labels[apart].tolist())) == len(kinds):
        tried = _fit(kinds, [read[at] for at in np.flatnonzero(apart)], labels[apart], most_weights)
        sharp = _sharpness(_matrix(tried.known, [read[at] for at in np.flatnonzero(held)]), tried, labels[held])
    return replace(_fit(kinds, read, labels, most_weights), sharp=sharp)


def _draw(words: Words) -> int:
    return hashlib.sha256(words.text.encode("utf-8", "surrogatepass")).digest()[0]


def _fit(kinds: tuple[str, ...], read: Sequence[tuple[Grams, ...]], labels: Labels, most_weights: int) -> Model:
    known = tuple(_known([views[number] for views in read], weight) for number, weight in enumerate(_VIEWS))
    matrix = _matrix(known, read)
    room = max(most_weights // len(kinds), 1)
    if matrix.shape[1] > room:
        known = _strongest(known, matrix, _weights(matrix, labels, len(kinds))[0], room)
        matrix = _matrix(known, read)
    weights, bias = _weights(matrix, labels, len(kinds))
    return Model(kinds, known, weights.astype(np.float16), bias, 1.0)


def _known(grams: Sequence[Grams], weight: float) -> Known:
    """The features that stand in two texts at least, with how rare they are."""
    keys, spread = np.unique(np.concatenate([one.keys for one in grams]), return_counts=True)
    often = spread >= _SEEN_IN
    rarity = np.log((1 + len(grams)) / (1 + spread[often])) + 1
    return Known(keys[often], rarity.astype(np.float32), weight)


def _matrix(known: Iterable[Known], read: Sequence[tuple[Grams, ...]]) -> Any:
    """A row for each text, a column for each known feature, filled just as the model will judge."""
    return sparse.hstack(
        [_of_view(one, [views[number] for views in read]) for number, one in enumerate(known)], format="csr"
    )


def _of_view(known: Known, grams: Sequence[Grams]) -> Any:
    found = [rows_of(known, one) for one in grams]
    ends = np.cumsum([0, *(len(rows) for rows, _counts in found)])
    columns = np.concatenate([rows for rows, _counts in found])
    values = np.concatenate([weighed(known, rows, counts) for rows, counts in found])
    return sparse.csr_matrix((values, columns, ends), shape=(len(grams), len(known.keys)))


def _weights(matrix: Any, labels: Labels, kinds: int) -> tuple[Floats, Floats]:
    """For each kind against all others, the weights and the bias of both machines together."""
    weights = np.zeros((matrix.shape[1], kinds), np.float32)
    bias = np.zeros(kinds, np.float32)
    if kinds > 1:
        # The solver lets other threads run meanwhile.
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for kind, (column, constant) in enumerate(pool.map(lambda k: _one(matrix, labels == k), range(kinds))):
                weights[:, kind], bias[kind] = column, constant
    return weights, bias


def _one(matrix: Any, ours: NDArray[np.bool_]) -> tuple[Floats, float]:
    ratio = _log_ratio(matrix, ours)
    plain = LinearSVC(C=1.0, random_state=0).fit(matrix, ours)
    scaled = LinearSVC(C=1.0, random_state=0).fit(matrix @ sparse.diags(ratio), ours)
    both: Floats = plain.coef_[0] + ratio * scaled.coef_[0]
    return both, float(plain.intercept_[0] + scaled.intercept_[0])


def _log_ratio(matrix: Any, ours: NDArray[np.bool_]) -> Floats:
    """How much more often each feature stands in texts of ours than in the others, as a logarithm."""
    mine = _SMOOTHING + np.asarray(matrix[ours].sum(axis=0)).ravel()
    others = _SMOOTHING + np.asarray(matrix[~ours].sum(axis=0)).ravel()
    ratio: Floats = np.log((mine / mine.sum()) / (others / others.sum())).astype(np.float32)
    return ratio


def _strongest(known: Sequence[Known], matrix: Any, weights: Floats, room: int) -> tuple[Known, ...]:
    """As many features as there is room for: those that weigh most in most texts."""
    spread = np.sqrt(np.asarray((matrix > 0).sum(axis=0)).ravel())
    worth = np.abs(weights).max(axis=1) * spread
    kept = np.zeros(len(worth), np.bool_)
    kept[np.argsort(-worth, kind="stable")[:room]] = True
    ends = np.cumsum([0, *(len(one.keys) for one in known)])
    parts = [kept[ends[number] : ends[number + 1]] for number in range(len(known))]
    return tuple(Known(one.keys[part], one.rarity[part], one.weight) for one, part in zip(known, parts, strict=True))


def _sharpness(matrix: Any, model: Model, labels: Labels) -> float:
    """By how much scores must be stretched so that what is said to be 80 % likely is right four times in five."""
    scores = matrix @ model.weights.astype(np.float32) + model.bias
    losses = [_loss(scores * sharp, labels) for sharp in _SHARPNESSES]
    return float(_SHARPNESSES[int(np.argmin(losses))])


def _loss(scores: Floats, labels: Labels) -> float:
    shares = np.array([softmax(row)[label] for row, label in zip(scores, labels, strict=True)])
    return float(-np.log(np.maximum(shares, 1e-12)).mean())
