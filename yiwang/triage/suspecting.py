"""Learn from written examples who tells of a danger or accuses: `python -m yiwang.triage.suspecting`.

Writes `catalogue/suspicions.npz`, which is kept with the source; run it anew when `suspicions.txt` has changed. What
is written is the same each time. `--judge` learns from four fifths of the lines, five times, and says how the fifth
does. Loads scikit-learn: no web process imports it.
"""

import argparse
import csv
import hashlib
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.svm import LinearSVC

from yiwang.catalogue.rules import Alarm
from yiwang.catalogue.rules.suspicion import BITS, DANGERS, EXAMPLES, KEPT, keys_of

CALM = "calm"
VARIANTS = 30
_STRENGTH = 1.0
_FORK = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile("[；;]")
_ITEMS = EXAMPLES.with_name("items.csv")
# Staff rude or passing the buck: sealed by the catalogue, and the commonest ordinary complaint.
_EITHER = "干部态度差、推诿扯皮"
# Said before and after anything, so that none of it speaks for or against.
_BEFORE = (
    *[""] * 6, "你好，", "请问", "麻烦了，", "急，", "我们小区", "三组", "老街", "在村口", "今天", "刚才", "昨晚",
    "领导好，", "反映一下，", "喂，", "求助", "快点，", "那个", "我们村", "我住二楼，", "我妈说", "听人讲",
)  # fmt: skip
_AFTER = (
    *[""] * 6, "，请处理", "，谢谢", "。", "，快来", "，咋办", "，怎么办", "，没人管", "！！", "，请领导看看",
    "，反映好几次了", "，就在学校旁边", "，地址在三组",
)  # fmt: skip
_BESIDE, _DROPPED, _LONGEST = 0.25, 0.15, 60
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, what it tells of, and from which line it was made."""

    text: str
    kind: str
    line: int


def lines() -> list[tuple[str, str]]:
    """(kind, sentence with its alternatives): the written examples, and what the catalogue says of ordinary items."""
    written = EXAMPLES.read_text(encoding="utf-8").splitlines()
    mine = [(kind, said) for kind, _tab, said in (line.partition("\t") for line in written) if said]
    return [*mine, *_of_items()]


def told_by(some: Sequence[tuple[str, str]]) -> list[Told]:
    """Up to thirty different sentences a line, with what people say before, after and beside; the same each time."""
    chance = random.Random(1)  # noqa: S311 - nothing secret is drawn
    calm = [said for kind, said in some if kind == CALM]
    return [
        Told(_roughened(one, calm, chance), kind, number)
        for number, (kind, said) in enumerate(some)
        for one in sorted({_drawn(said, chance) for _each in range(VARIANTS)})
    ]


def learn(told: Sequence[Told]) -> dict[str, Any]:
    """The arrays that are kept."""
    pieces, kinds = _pieces(told), np.array([one.kind for one in told])
    judged = [_machine(pieces, goal) for goal in _goals(kinds)]
    dangers = [_machine(pieces, kinds == kind)[0] for kind in DANGERS]
    return {
        "judged": np.array([weights for weights, _bias in judged], np.float16).T,
        "bias": np.array([bias for _weights, bias in judged], np.float32),
        "dangers": _in_bytes(np.array(dangers).T),
        "learned_from": np.array(digest()),
    }


def digest() -> str:
    """Of what it learns from."""
    return hashlib.sha256(EXAMPLES.read_bytes()).hexdigest()


def held_back_scores(told: Sequence[Told]) -> NDArray[np.float64]:
    """For each sentence how much spoke for a danger and an accusation, by what was learned without its line's fold."""
    pieces, kinds = _pieces(told), np.array([one.kind for one in told])
    last = max(one.line for one in told) + 1
    folds = np.random.default_rng(0).integers(0, 5, last)[[one.line for one in told]]
    scores = np.zeros((len(told), 2))
    for fold in range(5):
        for column, goal in enumerate(_goals(kinds)):
            weights, bias = _machine(pieces[folds != fold], goal[folds != fold])
            scores[folds == fold, column] = pieces[folds == fold] @ weights + bias
    return scores


def _of_items() -> Iterator[tuple[str, str]]:
    with _ITEMS.open(encoding="utf-8-sig") as file:
        for item in csv.DictReader(file):
            sealed = item["保密级别"] == "密封"
            if item["事项名称"] == _EITHER or (item["紧急程度"] in {"特急", "紧急"} and not sealed):
                continue
            kind = Alarm.ACCUSED.value if sealed else CALM
            said = _BETWEEN.split(item["群众表述"])
            more = [] if sealed else [item["立案条件"], item["结案条件"], item["关键词"]]
            yield from ((kind, one) for one in (*said, *more) if len(one) > 3)


def _drawn(said: str, chance: random.Random) -> str:
    return _FORK.sub(lambda fork: chance.choice(fork[1].split("|")), said)


def _roughened(said: str, calm: Sequence[str], chance: random.Random) -> str:
    said = f"{chance.choice(_BEFORE)}{said}{chance.choice(_AFTER)}"
    if chance.random() < _BESIDE:
        beside = _drawn(chance.choice(calm), chance)
        said = f"{beside}。{said}" if chance.random() < 0.5 else f"{said}。{beside}"
    if chance.random() < _DROPPED:
        at = chance.randrange(len(said))
        said = said[:at] + said[at + 1 :]
    return said[:_LONGEST]


def _goals(kinds: Any) -> tuple[Bools, Bools]:
    return np.isin(kinds, [one.value for one in DANGERS]), kinds == Alarm.ACCUSED.value


def _pieces(told: Sequence[Told]) -> Any:
    """A row a sentence, a column a hashed piece, filled just as the recogniser will judge."""
    read = [keys_of(one.text) for one in told]
    ends = np.cumsum([0, *(len(keys) for keys, _length in read)])
    values = np.concatenate([np.full(len(keys), length**-0.5) for keys, length in read])
    columns = np.concatenate([keys for keys, _length in read]).astype(np.int64)
    found = sparse.csr_matrix((values, columns, ends), shape=(len(told), 1 << BITS))
    # The solver takes a column that stands twice in a row for two, and goes astray.
    found.sum_duplicates()
    # Pieces that hold no Chinese at all say nothing.
    said = np.ones(1 << BITS)
    said[keys_of("?" * 4)[0]] = 0
    return found @ sparse.diags(said)


def _machine(pieces: Any, goal: Bools) -> tuple[Any, float]:
    fitted = LinearSVC(C=_STRENGTH, tol=0.01, random_state=0).fit(pieces, goal)
    return fitted.coef_[0], float(fitted.intercept_[0])


def _in_bytes(weights: Any) -> NDArray[np.int8]:
    scaled: NDArray[np.int8] = np.round(weights / np.abs(weights).max() * 127).astype(np.int8)
    return scaled


def _judged() -> Iterator[str]:
    told = told_by(lines())
    scores = held_back_scores(told)
    goals = _goals(np.array([one.kind for one in told]))
    calm = np.array([one.kind == CALM for one in told])
    yield (f"{len(told)} sentences of {max(one.line for one in told) + 1} lines")
    for bound in np.arange(-1.0, 1.1, 0.2):
        over = [scores[:, column] > bound for column in range(2)]
        found = [
            f"{over[column][goal].mean():.3f} / {over[column][calm].mean():.3f}" for column, goal in enumerate(goals)
        ]
        yield (f"over {bound:4.1f}: danger found / calm taken for it {found[0]}, accusation {found[1]}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--judge", action="store_true")
    parser.add_argument("--to", type=Path, default=KEPT)
    args = parser.parse_args()
    if args.judge:
        sys.stdout.writelines(f"{line}\n" for line in _judged())
    else:
        np.savez_compressed(args.to, **learn(told_by(lines())))


if __name__ == "__main__":
    main()
