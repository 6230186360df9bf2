"""Real messages of citizens: sent as reports, worked through the loop, and what came of it read from the tables."""

import csv
import random
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import shapely
from django.utils import timezone

from bench import _offices
from bench._load import Script, drive, request
from bench._machine import say
from bench._requests import opened
from bench._served import serving
from bench._simulating import Told, simulate
from yiwang.cases.models import Case, Step
from yiwang.cases.rules import LONGEST_TEXT, State, closed_in_time
from yiwang.places.models import Boundary, Place
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

REPORTS = "/api/v1/reports"
CONNECTIONS = 8
REFUSED = 422
LEFT_A_PHONE, SENT_A_POSITION = 0.7, 0.3


@dataclass(frozen=True, slots=True)
class Wish:
    """Where counties and standards lie, how many messages, by which chance, in how many processes."""

    data: Path
    most: int | None
    seed: int
    processes: int


def replay(path: Path, folder: Path, wish: Wish) -> dict[str, Any]:
    """All of it; gives the figures."""
    for name, report in _offices.set_up(wish.data, today=timezone.localdate()):
        say(f"import of {name}: {report.added:,} added, {len(report.rejections)} rejected")
    received, seconds, cut = _send(path, folder, wish)
    say(
        f"reports: {len(received):,} messages in {seconds:.1f} s ({len(received) / seconds:,.0f} a second),"
        f" {cut} of them cut to {LONGEST_TEXT:,} characters"
    )
    worked = simulate(received, seed=wish.seed, processes=wish.processes)
    acts = sum((one.acts for one in worked), Counter[str]())
    refused = sum((one.refused for one in worked), Counter[str]())
    span, real = max(one.simulated for one in worked), max(one.real for one in worked)
    say(
        f"workers: {acts.total():,} acts of {len(acts)} kinds in {real:.1f} s ({acts.total() / real:,.0f} a second);"
        f" {span / 86_400:.1f} days simulated: × {span / real:,.0f}"
    )
    say(f"  {', '.join(f'{name} {count:,}' for name, count in acts.most_common())}")
    if refused:
        say(f"  refused: {', '.join(f'{code} {count:,}' for code, count in refused.most_common())}")
    figures = _rates([one.number for one in received])
    for name, value in figures.items():
        say(f"  {name}: {value}")
    return {"messages": len(received), **figures}


def _send(path: Path, folder: Path, wish: Wish) -> tuple[list[Told], float, int]:
    """Every message as a resident's report, from some place of the four counties."""
    chance = random.Random(wish.seed)
    where = _Where(chance)
    with opened(path) as file:
        rows = list(islice(csv.DictReader(file), wish.most))
    bodies = [(_body(row, chance, where), row["category"]) for row in rows]
    waiting = iter(bodies)
    received: list[Told] = []
    refused: list[str] = []

    def send() -> Script:
        for body, category in waiting:
            answer = yield request("POST", REPORTS, body)
            if answer.status == REFUSED:
                refused.append(answer.json()["code"])
            else:
                received.append(Told(int(answer.expect(201).json()["number"]), category))

    with serving(folder) as served:
        seconds = drive(served.port, [send() for _ in range(CONNECTIONS)])
    for code, count in Counter(refused).items():
        say(f"refused by the platform: {code} {count:,}")
    cut = sum(len(_text(row)) > LONGEST_TEXT for row in rows)
    return received, seconds, cut


class _Where:
    """Messages have lost their places: they get a town or community, or a position inside a county."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        with standing_on(EVERYWHERE):
            places = Place.objects.filter(kind_id__in=["town", "community"]).order_by("code")
            self._places = list(places.values_list("code", flat=True))
            outlines = Boundary.objects.filter(place__kind_id="county").order_by("place_id")
            self._outlines = [shapely.from_wkb(bytes(outline.shape)) for outline in outlines]

    def told(self) -> dict[str, Any]:
        """What the body says of where it is."""
        if self._chance.random() >= SENT_A_POSITION:
            return {"place": self._chance.choice(self._places)}
        outline = self._chance.choice(self._outlines)
        west, south, east, north = outline.bounds
        while True:
            lon, lat = self._chance.uniform(west, east), self._chance.uniform(south, north)
            if outline.contains(shapely.Point(lon, lat)):
                return {"position": {"lon": lon, "lat": lat}}


def _body(row: dict[str, str], chance: random.Random, where: _Where) -> dict[str, Any]:
    body: dict[str, Any] = {"text": _text(row)[:LONGEST_TEXT], "channel": "web", **where.told()}
    if chance.random() < LEFT_A_PHONE:
        body["contact"] = {"name": "群众", "phone": f"138{chance.randrange(10**8):08}"}
    return body


def _text(row: dict[str, str]) -> str:
    return "\n".join(part for part in ((row["subject"] or "").strip(), (row["text"] or "").strip()) if part)


def _rates(numbers: list[int]) -> dict[str, Any]:
    """What became of the cases, from the tables."""
    with standing_on(EVERYWHERE):
        cases = list(Case.objects.filter(number__in=numbers))
    closed = [case for case in cases if case.state == State.CLOSED]
    asked = [case for case in closed if case.contact is not None]
    reached = [case for case in asked if case.reached]
    in_time = [case for case in closed if case.due_at and case.finished_at
               and closed_in_time(case.due_at, case.finished_at)]  # fmt: skip
    return {
        "states": dict(Counter(case.state for case in cases).most_common()),
        "recognised_at_once": _share(_recognised(numbers), len(cases)),
        "accepted": _share(sum(case.state != State.DECLINED for case in cases), len(cases)),
        "declined": _share(sum(case.state == State.DECLINED for case in cases), len(cases)),
        "closed": _share(len(closed), len(cases)),
        "finished_in_time": _share(len(in_time), len(closed)),
        "handed_back": _share(sum(case.hand_backs > 0 for case in cases), len(cases)),
        "extended": _share(sum(case.extensions > 0 for case in cases), len(cases)),
        "reopened": _share(sum(case.reopened > 0 for case in cases), len(cases)),
        "reached": _share(len(reached), len(asked)),
        "solved": _share(sum(bool(case.solved) for case in reached), len(reached)),
        "satisfied": _share(sum(bool(case.satisfied) for case in reached), len(reached)),
    }


def _recognised(numbers: list[int]) -> int:
    with standing_on(EVERYWHERE):
        first = Step.objects.filter(number__in=numbers, seq=1).values_list("given", flat=True)
        return sum(given["item"] is not None for given in first)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
