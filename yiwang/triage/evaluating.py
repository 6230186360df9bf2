"""Judge learning by a file that it has not seen: how often it is right, how sure it may be, how long it takes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.sheets.reading import Column, read
from yiwang.triage.learning import Decided, learn
from yiwang.triage.rules import Guess, Words

COLUMNS = (
    Column("text", ("text",), required=True),
    Column("category", ("category",), required=True),
    Column("subject", ("subject",)),
    Column("id", ("id",)),
    Column("sent_at", ("sent_at",)),
)
_BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it. `unknown`: categories of the test that training never saw, and how many messages have them."""

    accuracy: float
    macro_f1: float
    calibration_error: float
    ms_per_message: float
    train_s: float
    bytes: int
    trained: int
    tested: int
    unknown: dict[str, int]
    by_kind: dict[str, float]


def messages(path: Path) -> list[Decided]:
    """The messages of a file (CSV, plain or gzip, or Excel) that say anything and have a category.

    Refuses what is no such file, lacks a column, or holds no such message.
    """
    rows = read(path, COLUMNS)
    found = [
        Decided(Words(row["text"], row["subject"]), row["category"])
        for row in rows
        if row["category"] and (row["text"] or row["subject"])
    ]
    if not found:
        raise Refused("no_messages", file=path.name)
    return found


def judge(train: Sequence[Decided], test: Sequence[Decided]) -> Judged:
    """Learn from the one, and be judged by the other."""
    begun = time.perf_counter()
    model = learn(train)
    train_s = time.perf_counter() - begun
    begun = time.perf_counter()
    said = [model.guesses(one.words)[0] for one in test]
    each = (time.perf_counter() - begun) / len(test)
    true = [one.kind for one in test]
    right = [guess.kind == kind for guess, kind in zip(said, true, strict=True)]
    by_kind = f1_by_kind(true, [guess.kind for guess in said])
    unknown = {kind: true.count(kind) for kind in sorted(set(true) - set(model.kinds))}
    return Judged(
        sum(right) / len(right), sum(by_kind.values()) / len(by_kind), calibration_error(said, right), each * 1000,
        train_s, model.size, len(train), len(test), unknown, by_kind,
    )  # fmt: skip


def f1_by_kind(true: Sequence[str], said: Sequence[str]) -> dict[str, float]:
    """The harmonic mean of precision and recall of each kind that is there or was said."""
    found: dict[str, float] = {}
    for kind in sorted({*true, *said}):
        both = sum(one == kind == other for one, other in zip(true, said, strict=True))
        found[kind] = 2 * both / (true.count(kind) + said.count(kind))
    return found


def calibration_error(said: Sequence[Guess], right: Sequence[bool]) -> float:
    """How far, on average, what was said to be likely is from how often it was right, in ten steps of likelihood."""
    likely, were = np.array([guess.likely for guess in said]), np.array(right)
    steps = np.minimum((likely * _BINS).astype(int), _BINS - 1)
    shares = (((steps == step).mean(), likely[steps == step], were[steps == step]) for step in np.unique(steps))
    return float(sum(share * abs(sure.mean() - were.mean()) for share, sure, were in shares))
