"""How well triage knows what a message is about: `python -m bench.triage [--messages FILE] [--folds 5] [--json]`.

On the real messages beside the project, in folds that keep apart what is nearly the same: two messages that share 30 %
of their pieces of five characters (of the shorter one's, those in more than 400 messages left out) always stand
on the same side. Prints macro-F1, calibration error, seconds and megabytes of each fold, and what a report costs at
intake in one process: reading, scoring and the look for alarms.
"""

import argparse
import json
import re
import resource
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.model_selection import StratifiedGroupKFold

from bench._machine import say
from yiwang.catalogue.rules import alarm_in
from yiwang.triage.evaluating import judge, messages
from yiwang.triage.learning import Decided, learn

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "messages.csv.gz"
PIECE, SHARED, TOO_COMMON, SEED = 5, 0.3, 400, 1
_NO_WORD = re.compile(r"\W+")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=Path, default=DATA)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if not args.messages.is_file():
        say(f"the real messages are not here: {args.messages}")
        return
    told = messages(args.messages)
    groups = nearly_the_same(told)
    say(f"{len(told):,} messages, {len(set(groups.tolist())):,} that are not nearly the same as another")
    kinds = [one.kind for one in told]
    folds = list(StratifiedGroupKFold(args.folds, shuffle=True, random_state=SEED).split(told, kinds, groups))
    figures = [_fold(told, train, test) for train, test in folds]
    whole = _summed(figures) | _at_intake(told)
    for name, value in whole.items():
        say(f"{name}: {value}")
    if args.json:
        print(json.dumps(whole))


def nearly_the_same(told: Sequence[Decided]) -> Any:
    """For each message the number of its group."""
    texts = [_NO_WORD.sub("", one.words.text) for one in told]
    pieces = CountVectorizer(analyzer="char", ngram_range=(PIECE, PIECE), binary=True, dtype=np.int32)
    found = pieces.fit_transform(texts)
    sizes = np.maximum(np.asarray(found.sum(axis=1)).ravel(), 1)
    spread = np.asarray(found.sum(axis=0)).ravel()
    kept = found[:, (spread > 1) & (spread <= TOO_COMMON)].tocsr()
    both = (kept @ kept.T).tocoo()
    near = both.data / np.minimum(sizes[both.row], sizes[both.col]) >= SHARED
    pairs = sparse.coo_matrix((both.data[near], (both.row[near], both.col[near])), shape=both.shape)
    return connected_components(pairs, directed=False)[1]


def _fold(told: Sequence[Decided], train: Any, test: Any) -> dict[str, Any]:
    judged = judge([told[at] for at in train], [told[at] for at in test])
    say(
        f"  macro-F1 {judged.macro_f1:.4f}, accuracy {judged.accuracy:.4f}, calibration error"
        f" {judged.calibration_error:.4f}, trained in {judged.train_s:.1f} s,"
        f" {judged.ms_per_message:.3f} ms a message, {judged.bytes / 1e6:.1f} MB"
    )
    return asdict(judged)


def _summed(figures: Sequence[dict[str, Any]]) -> dict[str, Any]:
    f1 = [one["macro_f1"] for one in figures]
    means = ("accuracy", "calibration_error", "train_s", "ms_per_message")
    return {
        "macro_f1": round(statistics.mean(f1), 4),
        "macro_f1_sd": round(statistics.pstdev(f1), 4),
        **{name: round(statistics.mean(one[name] for one in figures), 4) for name in means},
        "model_mb": round(max(one["bytes"] for one in figures) / 1e6, 1),
        "peak_mb_of_training": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _at_intake(told: Sequence[Decided]) -> dict[str, Any]:
    """A phone's report is short: the first hundred characters of each message."""
    model = learn(told)
    short = [one.words.text[:100] for one in told[:2000]]
    return {
        "us_a_short_report": _each(lambda text: model.guesses(type(told[0].words)(text), most=5), short),
        "us_its_alarms": _each(alarm_in, short),
    }


def _each(judge_one: Any, texts: Sequence[str]) -> float:
    begun = time.process_time()
    for text in texts:
        judge_one(text)
    return round((time.process_time() - begun) / len(texts) * 1e6, 1)


if __name__ == "__main__":
    main()
