"""Who tells of a danger or accuses in words that no pattern knows: a small recogniser that has learned from examples.

A text is read by its characters, pairs, threes and fours, each hashed to a row of weights; what is not a Chinese
character counts as one and the same. `suspicions.txt` is what it learned from, `triage/suspecting.py` how. Together
with the patterns it says what is heard, and whether that is *sure*: what is sure goes the way of emergencies and
sealed matters, what is only suspected is looked at first, by people.
"""

import re
from dataclasses import dataclass
from functools import cache
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yiwang.catalogue.rules.alarms import Alarm, alarm_in

KEPT = Path(__file__).parents[1] / "suspicions.npz"
EXAMPLES = KEPT.with_suffix(".txt")

BITS = 16
LETTER = 120
"""What is longer is a letter: who is in danger does not write one, and what it says is told at length."""
_BREATH = 60
_BEGINNING = 300
DANGERS = tuple(one for one in Alarm if one is not Alarm.ACCUSED)

# How the bounds were found, and what each gives: docs/triage.md.
_MAY_BE = {"danger": 0.1, "accused": 0.0}
"""From here on what was learned suspects a short text that no pattern knows."""
_AGREES = {"danger": -0.2, "accused": -0.2}
"""From here on it agrees with a pattern: two witnesses are sure."""
_NEVER = {"danger": -1.0, "accused": -1.0}
"""Below, it knows the text for something ordinary, whatever a pattern says."""
_LETTER_AGREES, _LETTER_NEVER = 2.0, 0.0

# Fewer characters in a row say nothing.
_SAID = re.compile("[\u4e00-\u9fff]{4}")
# What lies outside is one and the same; numbers below the first wrap around to very large ones.
_FIRST, _OTHER = np.uint32(0x4E00), np.uint32(0x5200)
_SPREAD = np.uint32(2654435761)
_SHIFT = np.uint32(32 - BITS)
Keys = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text alarms of; `sure`: it says so plainly. What is not sure may be something ordinary."""

    alarm: Alarm
    sure: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """For each hashed piece of text how much it speaks for a danger (real) and an accusation (imaginary), which are
    added up in one; and, a row each, for which danger.
    """

    judged: NDArray[np.complex64]
    dangers: NDArray[np.int8]
    bias: tuple[float, float]

    def scores(self, keys: Keys, length: int) -> tuple[float, float]:
        """How much speaks for a danger and for an accusation; about 0 is the border, 1 is plain."""
        both, root = complex(self.judged[keys].sum()), sqrt(length)
        return both.real / root + self.bias[0], both.imag / root + self.bias[1]

    def which(self, keys: Keys) -> Alarm:
        """Which danger it is, if it is one."""
        return DANGERS[int(self.dangers[keys].sum(0, np.int32).argmax())]


def heard_in(text: str) -> Heard | None:
    """What a text alarms of by the patterns and by what was learned, lives before anything else; None: nothing.

    Sure is what both say of a short text, and a letter's accusation that is plain.
    """
    said = alarm_in(text)
    short = len(text) <= LETTER
    if said is None and (len(text) > _BREATH or not _SAID.search(text)):
        return None
    keys, length = keys_of(text[:_BEGINNING])
    if not length:
        return None
    danger, accused = learned().scores(keys, length)
    if said is None:
        return _suspected(keys, danger, accused)
    kind, score = ("accused", accused) if said is Alarm.ACCUSED else ("danger", danger)
    if not short:
        sure = said is Alarm.ACCUSED and score >= _LETTER_AGREES
        return Heard(said, sure=sure) if score >= _LETTER_NEVER else None
    return Heard(said, sure=score >= _AGREES[kind]) if score >= _NEVER[kind] else None


def _suspected(keys: Keys, danger: float, accused: float) -> Heard | None:
    if danger >= _MAY_BE["danger"]:
        return Heard(learned().which(keys), sure=False)
    return Heard(Alarm.ACCUSED, sure=False) if accused >= _MAY_BE["accused"] else None


def keys_of(text: str) -> tuple[Keys, int]:
    """The rows of a text's pieces of one to four characters, and how many characters it has."""
    # Few and plain steps: each costs a microsecond, and every report passes here.
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32) - _FIRST
    ones = np.minimum(codes, _OTHER) * _SPREAD
    twos = ones[:-1] * _SPREAD + ones[1:]
    threes, fours = twos[:-1] * _SPREAD + ones[2:], twos[:-2] * _SPREAD + twos[2:]
    return np.concatenate((ones, twos, threes, fours)) >> _SHIFT, len(codes)


@cache
def learned() -> Learned:
    """What was learned, read once."""
    with np.load(KEPT, allow_pickle=False) as kept:
        danger, accused = kept["judged"].astype(np.float32).T
        return Learned(
            danger + np.complex64(1j) * accused, np.ascontiguousarray(kept["dangers"]), tuple(kept["bias"].tolist())
        )
