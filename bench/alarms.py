"""How many dangers and accusations are heard: `python -m bench.alarms [--messages FILE] [--missed] [--sample N]`.

`alarms_unseen.txt` was written before its author looked at the patterns; `alarms_fresh.txt` after they were widened,
in roundabout words on purpose; `alarms_apart.txt` before anything was learned. None is ever taken into the patterns or
the examples. For each set: what patterns alone take it for (before), and what is heard now, surely or suspected.
`--missed` prints what is overlooked, `--sample` rows of real messages that alarm, to be read by hand.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from bench._machine import say
from bench.triage import DATA
from yiwang.catalogue.rules import Alarm, Heard, alarm_in, heard_in
from yiwang.triage.evaluating import messages

SETS = ("alarms_unseen.txt", "alarms_fresh.txt", "alarms_apart.txt")
_KINDS = ("danger", "accused", "none")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=Path, default=DATA)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    args = parser.parse_args()
    for name in SETS:
        _in_set(Path(__file__).with_name(name), missed=args.missed)
    if args.messages.is_file():
        _among_real(args.messages, args.sample)


def _in_set(path: Path, *, missed: bool) -> None:
    lines = [one.split("\t", 1) for one in path.read_text(encoding="utf-8").splitlines() if "\t" in one]
    for kind in _KINDS:
        told = [text for said, text in lines if said == kind]
        before = sum(kind_of(alarm_in(text)) == kind for text in told)
        heard = [heard_in(text) for text in told]
        sure = Counter(kind_of(one.alarm) for one in heard if one and one.sure)
        may_be = Counter(kind_of(one.alarm) for one in heard if one and not one.sure)
        say(
            f"{path.stem} {kind}, {len(told)}: {before} as they should be by patterns alone; now sure {dict(sure)}, "
            f"suspected {dict(may_be)}, nothing {sum(one is None for one in heard)}"
        )
        for text, one in zip(told, heard, strict=True):
            if missed and kind_of(one.alarm if one else None) != kind:
                print(f"    {kind_of(one.alarm if one else None)}: {text}")


def kind_of(alarm: Alarm | None) -> str:
    """What a text was taken for."""
    return "none" if alarm is None else "accused" if alarm is Alarm.ACCUSED else "danger"


def _among_real(path: Path, sample: int) -> None:
    told = [f"{one.words.subject} {one.words.text}".strip() for one in messages(path)]
    say(f"of {len(told):,} real messages by patterns alone: {dict(Counter(kind_of(alarm_in(text)) for text in told))}")
    heard = [heard_in(text) for text in told]
    say(f"heard now: {dict(Counter(_said(one) for one in heard))}")
    short = [one for text, one in zip(told, heard, strict=True) if len(text) <= 60]
    say(f"of these {len(short)} of at most 60 characters: {dict(Counter(_said(one) for one in short))}")
    for most in (40, 100, 10_000):
        cut = [text[:most] for text in told]
        patterns, both = _each(cut, alarm_in), _each(cut, heard_in)
        say(f"their first {most} characters: patterns {patterns:.0f} µs, with what was learned {both:.0f} µs each")
    rows = [row for row, one in enumerate(heard) if one]
    for row in sorted(random.Random(7).sample(rows, min(sample, len(rows)))):
        print(f"{row}\t{_said(heard[row])}\t{told[row][:160]!r}")


def _said(heard: Heard | None) -> str:
    return f"{'sure' if heard.sure else 'suspected'} {kind_of(heard.alarm)}" if heard else "nothing"


def _each(texts: Sequence[str], ask: Callable[[str], object]) -> float:
    begun = time.process_time()
    for text in texts:
        ask(text)
    return (time.process_time() - begun) / len(texts) * 1e6


if __name__ == "__main__":
    main()
