"""Which texts tell of the same trouble. Loads scikit-learn: only ever run in a process of its own (`apart`).

Texts are compared by their pairs and threes of characters, the rarer the more; what stands in very many is not looked
at. A group is a *star*: one text and all that are alike enough to it, so that no chain of small likenesses joins what
has nothing in common. Stars whose middles are alike are one.
"""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from yiwang.topics.apart import Found
from yiwang.topics.rules.heat import FEWEST_CASES
from yiwang.triage.rules.reading import cleaned

_ALIKE = 0.15
_MIDDLES_ALIKE = 0.4
_READ = 400
_WIDTHS = (2, 3)
# What stands in more texts than this says nothing, and would be what all the time is spent on.
_MOST_SHARE, _MOST_TEXTS, _FEW_TEXTS = 0.015, 1000, 60
_AT_ONCE = 1000
_WORDS = 3
_HAVE_IT, _WIDEST = 0.4, 12
# How reports begin and end whatever they are about, and how a piece cannot begin: it would be no name for a trouble.
_FRAME = re.compile(
    r"您好|居民(?:来访)?反映(?:一下)?|巡查(?:时)?发现|走访时看到|"
    r"(?:希望|麻烦)?(?:请|安排|有)?(?:人|帮忙|尽快)(?:来|看看|处理|协调解决|了解一下情况)+|"
    r"没有人来管|请帮忙|需要处置|群里好几户都在说|大家都盼着早点解决"
)
_HANGING = "了的吗吧呢"
_ADDRESS = re.compile(r"https?://[\w./?=&%#-]+|www\.[\w./?=&%#-]+|_x0000_")
_NO_WORD = re.compile(r"\W+")
Ints = NDArray[np.int64]


def found_with_words(texts: Sequence[str], parts: Sequence[tuple[str, ...]]) -> list[Found]:
    """All groups among the texts, each text in one at most, the largest first; in words for each part of them."""
    plain = [plainly(text) for text in texts]
    found = []
    for members in groups_of(plain):
        told: defaultdict[str, list[str]] = defaultdict(list)
        for at in members:
            for part in parts[at]:
                told[part].append(plain[at])
        found.append(Found(members, {part: words_of(those) for part, those in told.items()}))
    return found


def groups_of(plain: Sequence[str], *, fewest: int = FEWEST_CASES) -> list[tuple[int, ...]]:
    """Positions of texts (as `plainly` leaves them) that tell of the same, the largest group first."""
    count = CountVectorizer(analyzer="char", ngram_range=_WIDTHS, lowercase=False, dtype=np.float32)
    try:
        counted = count.fit_transform(plain)
    except ValueError:  # nowhere a word
        return []
    spread = np.bincount(counted.indices, minlength=counted.shape[1])
    most = max(_FEW_TEXTS, min(_MOST_TEXTS, int(_MOST_SHARE * len(plain))))
    kept = (spread > 1) & (spread <= most)
    if not kept.any():
        return []
    weighed = TfidfTransformer(sublinear_tf=True).fit_transform(counted[:, kept]).tocsr()
    found = _joined(weighed, _stars(_likenesses(weighed), fewest))
    return sorted(found, key=lambda one: (-len(one), one))


def plainly(text: str) -> str:
    """What of a text is compared: its beginning, without signs, spaces and addresses."""
    return _NO_WORD.sub("", _ADDRESS.sub("", cleaned(text)))[:_READ]


def _likenesses(weighed: Any) -> Any:
    """For each text all that are alike enough to it, itself among them."""
    across = weighed.T.tocsr()
    rows = []
    for first in range(0, weighed.shape[0], _AT_ONCE):
        alike = weighed[first : first + _AT_ONCE] @ across
        alike.data[alike.data < _ALIKE] = 0
        alike.eliminate_zeros()
        rows.append(alike)
    return sparse.vstack(rows, format="csr")


def _stars(alike: Any, fewest: int) -> list[Ints]:
    """Greedily, whoever has most that are alike first; the middle stands first in its star."""
    free = np.ones(alike.shape[0], np.bool_)
    stars = []
    for middle in np.argsort(-np.diff(alike.indptr), kind="stable"):
        around = alike.indices[alike.indptr[middle] : alike.indptr[middle + 1]]
        around = around[free[around] & (around != middle)]
        if free[middle] and len(around) >= fewest - 1:
            free[middle] = free[around] = False
            stars.append(np.array([middle, *around], np.int64))
    return stars


def _joined(weighed: Any, stars: Sequence[Ints]) -> list[tuple[int, ...]]:
    """Stars whose middles of all their texts are alike, put together."""
    if not stars:
        return []
    star = np.repeat(np.arange(len(stars)), [len(one) for one in stars])
    belongs = sparse.csr_matrix((np.ones(len(star)), (star, np.concatenate(stars))), (len(stars), weighed.shape[0]))
    middles = belongs @ weighed
    lengths = np.sqrt(np.asarray(middles.multiply(middles).sum(axis=1)).ravel())
    middles = sparse.diags(1 / np.maximum(lengths, 1e-9)) @ middles
    alike = (middles @ middles.T).tocsr()
    alike.data[alike.data < _MIDDLES_ALIKE] = 0
    alike.eliminate_zeros()
    number, label = connected_components(alike, directed=False)
    inside = [np.flatnonzero(label == group).tolist() for group in range(number)]
    return [tuple(int(at) for one in those for at in stars[one]) for those in inside]


def words_of(texts: Sequence[str]) -> tuple[str, ...]:
    """The longest pieces of the first text that many of the others have too: never one person's own words."""
    least = max(2, math.ceil(_HAVE_IT * len(texts)))
    texts = [_FRAME.sub("\n", text) for text in texts]
    first, found, at, ended = texts[0], [], 0, -1
    while at < len(first) - 1:
        width = _shared_width(first, at, texts, least)
        # What goes on where the piece before it was full is the middle of a sentence.
        if width and at != ended and len(piece := first[at : at + width].lstrip(_HANGING)) > 1:
            found.append(piece)
        ended = at + width
        at += width or 1
    # Numbers are all read as 0: they say nothing.
    told = [one for one in dict.fromkeys(found) if "0" not in one] or found
    distinct = [one for one in told if not any(one != other and one in other for other in told)]
    return tuple(sorted(distinct, key=len, reverse=True)[:_WORDS])


def _shared_width(first: str, at: int, texts: Sequence[str], least: int) -> int:
    """How wide the piece that begins here may be so that enough texts have it; 0 under two characters."""
    width = 0
    for wider in range(2, min(_WIDEST, len(first) - at) + 1):
        piece = first[at : at + wider]
        if "\n" in piece or sum(piece in text for text in texts) < least:
            break
        width = wider
    return width
