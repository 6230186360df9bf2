"""How well a place is known from words alone: `python -m bench.where [--places F] [--streets F] [--messages F]`.

The real communities and towns of four counties are the ground. Each is spoken of in the ways people do, in sentences
of a street's everyday matters; it is counted how often the answer is that place (recall), how often an answer that is
given is right (precision), how often it is the place around it, and how often it is asked instead. The real messages
of citizens elsewhere, whose places were masked, are what must not be found: whatever is named in them is wrong.
"""

import argparse
import csv
import gzip
import json
import random
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench._machine import say
from yiwang.places.rules.naming import Meant, NameIndex, forms_of, meant

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = 1
# What is told, with {} where the place stands.
SAID = (
    "{}的路灯坏了三天，晚上没人敢走", "我家住在{}，这两天一直停水", "{}有人往河里倒垃圾，很臭",
    "请问{}什么时候通天然气？", "举报：{}工地半夜施工，吵得睡不着", "反映一下{}的公厕没人打扫",
    "{}门口的井盖不见了，昨天有个老人差点掉下去", "{}村口那棵树要倒了，压着电线",
    "你好，我是{}的居民，我们这里的公交车改线后要走两公里", "在{}旁边新开的烧烤店油烟很大",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """Codes with names, and which places have the same form in another place of the same county."""

    names: dict[str, str]
    counties: dict[str, str]

    def town(self, code: str) -> str:
        return self.names[code[:9]]


@dataclass(frozen=True, slots=True)
class Told:
    """A text, the place it speaks of, in which way, and where its reporter is."""

    text: str
    place: str
    way: str
    near: str = ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--places", type=Path, default=DATA / "communities.csv")
    parser.add_argument("--streets", type=Path, default=DATA / "streets.csv.gz")
    parser.add_argument("--messages", type=Path, default=DATA / "messages.csv.gz")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if not args.places.is_file():
        say(f"the real places are not here: {args.places}")
        return
    ground = _ground(args.places, args.streets)
    figures: dict[str, object] = {}
    # An installation is one county; how the four do together says what a province would have.
    for county in (*ground.counties, ""):
        index = _index(ground, county)
        told = [one for one in _told(ground) if one.place.startswith(county)]
        figures |= _judged(index, told, ground.counties.get(county, "all four"))
        if args.messages.is_file():
            figures |= _strange(index, args.messages, ground.counties.get(county, "all four"))
    figures |= _cost(ground, args.messages)
    if args.json:
        print(json.dumps(figures, ensure_ascii=False))


def _ground(places: Path, streets: Path) -> Ground:
    names: dict[str, str] = {}
    counties: dict[str, str] = {}
    taken: Counter[str] = Counter()
    with places.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            county, town = row["county_code"], row["town_code12"][:9]
            counties[county] = names[county] = row["county"]
            names[town] = row["town"]
            taken[town] += 1
            names[f"{town}{taken[town]:03d}"] = row["village"]
    if streets.is_file():
        with gzip.open(streets, "rt", encoding="utf-8-sig", newline="") as file:
            for code, name, *_rest in csv.reader(file):
                if code[:6] in counties:
                    names.setdefault(code, name)
    return Ground(names, counties)


def _index(ground: Ground, county: str) -> NameIndex:
    listed = ((code, name) for code, name in sorted(ground.names.items()) if code.startswith(county))
    return NameIndex((form, code, sure) for code, name in listed for form, sure in forms_of(name, governed=True))


def _told(ground: Ground) -> Iterator[Told]:
    chance = random.Random(SEED)
    for code, name in sorted(ground.names.items()):
        forms = dict(forms_of(name, governed=True))
        short = min((form for form, sure in forms.items() if sure), key=len, default=name)
        stem = min(forms, key=len)
        if len(code) == 12:
            town = ground.town(code)
            ways = {
                "whole name": (name, ""), "as said": (short, ""), "with its town": (town + short, ""),
                "with county and town": (ground.names[code[:6]] + town + short, ""),
                "stem behind its town": (f"{town}的{stem}", ""), "as said, reporter in the town": (short, code[:9]),
                "stem alone, reporter in the town": (stem, code[:9]),
            }  # fmt: skip
        elif len(code) == 9:
            ways = {
                "as said": (short, ""),
                "with its county": (ground.names[code[:6]] + short, ""),
                "stem": (stem, ""),
            }
        else:
            ways = {"as said": (short, ""), "stem": (stem, "")}
        for way, (words, near) in ways.items():
            yield Told(chance.choice(SAID).format(words), code, f"{_LEVELS[len(code)]}, {way}", near)


_LEVELS = {6: "county", 9: "town", 12: "community"}


def _judged(index: NameIndex, told: list[Told], where: str) -> dict[str, object]:
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in told:
        counted[one.way][_verdict(meant(index.mentions(one.text), near=one.near), one.place)] += 1
    say(f"\n{where}: {len(index):,} forms")
    say(
        f"{'':44} {'texts':>6} {'recall':>7} {'precision':>9} {'around':>7}"
        f" {'asked':>6} {'of these right':>14} {'nothing':>8}"
    )
    figures: dict[str, object] = {}
    for way, found in counted.items():
        texts, given = found.total(), found["right"] + found["wrong"]
        precision = found["right"] / given if given else 1.0
        asked = found["asked"] + found["asked in vain"]
        say(
            f"{way:44} {texts:6} {found['right'] / texts:7.3f} {precision:9.3f} {found['around'] / texts:7.3f}"
            f" {asked / texts:6.3f} {found['asked'] / asked if asked else 1:14.3f} {found['nothing'] / texts:8.3f}"
        )
        figures[f"{where}: {way}"] = {"recall": found["right"] / texts, "precision": precision, "asked": asked / texts}
    return figures


def _verdict(found: Meant, place: str) -> str:
    if not found.codes:
        return "nothing"
    if found.sure and len(found.codes) == 1:
        return "right" if found.codes[0] == place else "around" if place.startswith(found.codes[0]) else "wrong"
    return "asked" if place in found.codes else "asked in vain"


def _strange(index: NameIndex, messages: Path, where: str) -> dict[str, object]:
    """On messages of elsewhere: how many get a place, how many a question, and by which words."""
    texts = _messages(messages)
    found = [meant(index.mentions(text)) for text in texts]
    sure = Counter(one.words for one in found if one.sure)
    asked = Counter(one.words for one in found if one.codes and not one.sure)
    say(
        f"{len(texts):,} messages of elsewhere: {sure.total() / len(texts):.3%} get a place"
        f" ({', '.join(f'{words} {n}' for words, n in sure.most_common(8))}),"
        f" {asked.total() / len(texts):.2%} a question ({', '.join(f'{w} {n}' for w, n in asked.most_common(5))})"
    )
    return {f"{where}: false": sure.total() / len(texts), f"{where}: asked in vain": asked.total() / len(texts)}


def _cost(ground: Ground, messages: Path) -> dict[str, object]:
    tracemalloc.start()
    index = _index(ground, "")
    kilobytes = tracemalloc.get_traced_memory()[0] / 1024
    tracemalloc.stop()
    texts = _messages(messages) if messages.is_file() else [one.text for one in _told(ground)]
    each, short = (_each(index, some) for some in (texts, [text[:_SHORT] for text in texts]))
    characters = sum(map(len, texts)) / len(texts)
    say(f"\n{each:.1f} µs a text of {characters:.0f} characters, {short:.1f} µs its first {_SHORT}; {len(ground.names)} places take {kilobytes:,.0f} kB")
    return {"microseconds": each, "microseconds_short": short, "kilobytes": kilobytes}


def _each(index: NameIndex, texts: Sequence[str]) -> float:
    begun = time.process_time()
    for text in texts:
        meant(index.mentions(text))
    return (time.process_time() - begun) / len(texts) * 1e6


def _messages(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        return [f"{row['subject']} {row['text']}" for row in csv.DictReader(file)]


if __name__ == "__main__":
    main()
