"""How a told text is read for learning: by its single characters and its pairs of neighbours, the subject line apart.

Chinese needs no dictionary of words that way. A feature's key is the code points themselves, so that what spoke for an
item can be shown as it was written, and no two features share a key.
"""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

READ = 6000
"""So many characters of a text are looked at."""

_BITS = 21
_DIGITS = re.compile(r"[0-9]+")
# What a spreadsheet leaves of a line end.
_LEFTOVER = "_x000d_"
Keys = NDArray[np.uint64]
Counts = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody told; many leave the subject line empty."""

    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Grams:
    """The features of one view of a text, each once, in the order of their keys, and how often each stands there."""

    keys: Keys
    counts: Counts


def views_of(words: Words) -> tuple[Grams, Grams]:
    """All that was told as one, and the subject line by itself."""
    subject = cleaned(words.subject)
    return grams_of(f"{subject}\n{cleaned(words.text)}"), grams_of(subject)


def cleaned(text: str) -> str:
    """The text in one form of writing: full width as half, numbers of any length alike, one space for many."""
    plain = unicodedata.normalize("NFKC", text[:READ]).casefold().replace(_LEFTOVER, "")
    return " ".join(_DIGITS.sub("0", plain).split())


def grams_of(text: str) -> Grams:
    """Single characters and pairs of a cleaned text."""
    codes = _codes(text)
    keys, counts = np.unique(np.concatenate((codes, pairs(codes))), return_counts=True)
    return Grams(keys, counts.astype(np.float32))


def pairs(codes: Keys) -> Keys:
    """The keys of all pairs of neighbours, in the order of the text."""
    return (codes[:-1] << np.uint64(_BITS)) | codes[1:]


def pairs_of(text: str) -> Keys:
    """The same of a cleaned text: one key fewer than it has characters."""
    return pairs(_codes(text))


def _codes(text: str) -> Keys:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
