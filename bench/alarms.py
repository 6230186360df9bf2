"""How many dangers and accusations are recognised: `python -m bench.alarms [--messages FILE] [--missed] [--sample N]`.

`alarms_unseen.txt` was written before its author looked at the patterns; `alarms_fresh.txt` after they were widened,
in roundabout words on purpose; `alarms_apart.txt` before anything was learned. None is ever taken into the patterns. `--missed` prints what is overlooked,
`--sample` rows of real messages that alarm, to be read by hand.
"""

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from bench._machine import say
from bench.triage import DATA
from yiwang.catalogue.rules import Alarm, alarm_in
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
        wrong = [text for text in told if kind_of(alarm_in(text)) != kind]
        say(f"{path.stem} {kind}: {len(told) - len(wrong)} of {len(told)} as they should be")
        for text in wrong if missed else ():
            print(f"    {kind_of(alarm_in(text))}: {text}")


def kind_of(alarm: Alarm | None) -> str:
    """What a text was taken for."""
    return "none" if alarm is None else "accused" if alarm is Alarm.ACCUSED else "danger"


def _among_real(path: Path, sample: int) -> None:
    told = [f"{one.words.subject} {one.words.text}".strip() for one in messages(path)]
    begun = time.process_time()
    found = [alarm_in(text) for text in told]
    each = (time.process_time() - begun) / len(told) * 1e6
    counted = Counter(alarm or "none" for alarm in found)
    say(f"of {len(told):,} real messages: {dict(counted)}, {each:.0f} µs each")
    short = [text[:100] for text in told]
    begun = time.process_time()
    for text in short:
        alarm_in(text)
    say(f"their first hundred characters: {(time.process_time() - begun) / len(told) * 1e6:.0f} µs each")
    rows = [row for row, alarm in enumerate(found) if alarm]
    for row in sorted(random.Random(7).sample(rows, min(sample, len(rows)))):
        print(f"{row}\t{found[row]}\t{told[row][:160]!r}")


if __name__ == "__main__":
    main()
