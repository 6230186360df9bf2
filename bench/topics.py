"""Which topics are found among real messages, and how many of them are: `python -m bench.topics [--read] [--cases N]`.

Proposes groups among the messages beside the project, as the hourly job would. `topics_judged.csv` holds what a reader
made of 50 of them: rows of the data (counted from 0, the first one names the group) and a verdict: same (one trouble),
kind (the same kind of matter, not the same trouble), none. No message's text stands there. A group proposed today is
counted as the reader judged it where both share four fifths of their rows. `--read` prints the messages, to be
judged; `--cases` times a county's window of so many short reports, drawn from the messages' sentences.
"""

import argparse
import csv
import random
import resource
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench._machine import say
from bench.triage import DATA, nearly_the_same
from yiwang.topics.grouping import groups_of, plainly, words_of
from yiwang.triage.evaluating import messages
from yiwang.triage.learning import Decided

JUDGED = Path(__file__).with_name("topics_judged.csv")
_SAME_GROUP = 0.8
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader made of a group."""

    rows: frozenset[int]
    said: str


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=Path, default=DATA)
    parser.add_argument("--read", action="store_true")
    parser.add_argument("--cases", type=int, default=0)
    args = parser.parse_args()
    if not args.messages.is_file():
        say(f"the real messages are not here: {args.messages}")
        return
    told = messages(args.messages)
    if args.cases:
        _timed(list(_reports(told, args.cases)))
        return
    texts = [f"{one.words.subject} {one.words.text}" for one in told]
    begun = time.monotonic()
    plain = [plainly(text) for text in texts]
    groups = groups_of(plain)
    spent = time.monotonic() - begun
    say(f"{len(groups)} groups of {sum(map(len, groups))} among {len(texts):,} messages, {spent:.1f} s")
    letters = nearly_the_same(told)
    judged = [Verdict(frozenset(map(int, one["rows"].split())), one["verdict"]) for one in _read_judged()]
    for members in groups:
        said = _verdict(members, judged)
        different = len({int(letters[at]) for at in members})
        say(f"{members[0]:5} {len(members):3} messages, {different:3} letters: {said or 'not judged'}")
        if args.read:
            _show(members, texts, words_of([plain[at] for at in members]))
    _sum(groups, judged, letters.tolist())


def _read_judged() -> list[dict[str, str]]:
    if not JUDGED.is_file():
        return []
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _verdict(members: Sequence[int], judged: Sequence[Verdict]) -> str:
    rows = frozenset(members)
    near = (one.said for one in judged if len(rows & one.rows) >= _SAME_GROUP * len(rows | one.rows))
    return next(near, "")


def _sum(groups: Sequence[Sequence[int]], judged: Sequence[Verdict], letters: Sequence[int]) -> None:
    """Precision over all judged groups, and over those that at least three different letters make."""
    for name, least in (("all groups", 1), ("of three different letters or more", 3)):
        counted = Counter(
            said for one in groups if len({letters[at] for at in one}) >= least and (said := _verdict(one, judged))
        )
        known = sum(counted.values())
        if known:
            say(f"{name}: {known} judged, same {counted['same']}, kind {counted['kind']}, none {counted['none']};"
                f" precision {counted['same'] / known:.2f}")  # fmt: skip


def _show(members: Sequence[int], texts: Sequence[str], words: Sequence[str]) -> None:
    print("      ", *words)
    for at in members[:_SHOWN]:
        print(f"         {at:5} {texts[at].strip()[:150]!r}")


def _reports(told: Sequence[Decided], count: int) -> Iterator[str]:
    """So many short reports: sentences of the messages, each told again and again with some of it left out."""
    draw = random.Random(1)
    sentences = [one for message in told for one in message.words.text.split("。") if 15 < len(one) < 120]
    for _ in range(count):
        sentence = draw.choice(sentences)
        cut = draw.randrange(len(sentence) // 3)
        yield sentence[cut:]


def _timed(texts: Sequence[str]) -> None:
    begun, used = time.monotonic(), time.process_time()
    groups = groups_of([plainly(text) for text in texts])
    say(
        f"{len(texts):,} reports: {len(groups):,} groups in {time.monotonic() - begun:.0f} s on the wall,"
        f" {time.process_time() - used:.0f} s of the processor,"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


if __name__ == "__main__":
    main()
