"""What is told and done in the demonstration county while it is measured: reports to send, and whole lives."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any
from urllib.parse import quote

from bench._load import Answer, Script, request
from bench._served import token_of
from yiwang.catalogue.queries import ItemLine, answers_for, catalogue, centre_at
from yiwang.catalogue.rules import Secrecy
from yiwang.catalogue.rules.alarms import alarm_in
from yiwang.places.models import Boundary
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

REPORTS = "/api/v1/reports"
CASES = "/api/v1/cases"
_CLERK = ("triage", "dispatch", "check", "call_back")


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid and a point inside it."""

    code: str
    lon: float
    lat: float


@dataclass(slots=True)
class County:
    """Ground, items and the tokens of those who deal with them."""

    day: date
    chance: random.Random
    grids: list[Grid]
    items: list[ItemLine]
    tokens: dict[int, str] = field(default_factory=dict)  # by post
    clerks: dict[str, int] = field(default_factory=dict)  # by town
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def told(self) -> tuple[ItemLine, Grid, dict[str, Any]]:
        """A report of something somewhere, never twice the same: what it is, where, and the body to send."""
        item, grid, number = self.chance.choice(self.items), self.chance.choice(self.grids), next(self.numbers)
        # What accuses somebody is sealed: a clerk does not find it.
        about = self.chance.choice(
            [one for one in (*item.content.examples, item.name) if not alarm_in(one)] or [item.name]
        )
        body = {
            "text": f"{tree().path(grid.code)[2].name}{number}号附近，{about}，请派人来看一看。",
            "position": {"lat": grid.lat + self._near(), "lon": grid.lon + self._near()},
            "contact": {"name": "王某", "phone": f"139{self.chance.randrange(10**8):08}"},
            "address": f"{number}号",
        }
        return item, grid, body

    def _near(self) -> float:
        return self.chance.uniform(-0.0005, 0.0005)


def county(day: date, *, seed: int = 1, crew: bool = False) -> County:
    """The demonstration county on that day; with its `crew`, everybody who is needed has a token.

    Of the items those that are finished without photos, and led by a post whose holder may handle.
    """
    with standing_on(EVERYWHERE):
        grids = [_grid(boundary) for boundary in Boundary.objects.filter(place__kind_id="grid", valid_to=None)]
    items = [line for line in catalogue() if _is_plain(line)]
    found = County(day, random.Random(seed), sorted(grids, key=lambda grid: grid.code), items)
    if crew:
        _hire(found)
    return found


def _hire(county: County) -> None:
    for town in {grid.code[:9] for grid in county.grids}:
        clerk = centre_at(town, on=county.day)
        assert clerk is not None, "every town of the demonstration has a centre"
        county.clerks[town] = clerk
        county.tokens[clerk] = token_of(clerk, *_CLERK)
    leads = {
        answers_for(item.id, grid.code, on=county.day).post_id for item in county.items for grid in county.grids
    } - {None, *county.clerks.values()}  # fmt: skip
    for lead in sorted(post for post in leads if post is not None):
        county.tokens[lead] = token_of(lead, "handle")


def _grid(boundary: Boundary) -> Grid:
    import shapely  # noqa: PLC0415 - only where a county is set up

    middle = shapely.from_wkb(bytes(boundary.shape)).representative_point()
    return Grid(boundary.place_id, middle.x, middle.y)


def _is_plain(line: ItemLine) -> bool:
    evidence = line.content.evidence
    needs_photos = evidence.photos or evidence.within_metres or evidence.before_and_after
    return not line.is_branch and not needs_photos and line.content.secrecy is Secrecy.OPEN


def move(number: str, name: str, token: str, **inputs: Any) -> bytes:
    """A move on a case, as a request."""
    return request("POST", f"{CASES}/{number}/{name}", inputs, token=token)


def sought(text: str) -> str:
    """The search for a text, as a path."""
    return f"{CASES}?q={quote(text)}&limit=20"


def life(county: County) -> Script:
    """One matter from its report to its closing, and one search by the clerk in between."""
    item, grid, body = county.told()
    clerk = county.tokens[county.clerks[grid.code[:9]]]
    number = _said(((yield request("POST", REPORTS, body)), 201))["number"]
    accepted = _said(((yield move(number, "accept", clerk, item=item.code, place=grid.code)), 200))
    lead = accepted["lead"]
    handler = county.tokens[lead]
    for name, token, inputs in (
        ("dispatch", clerk, {"lead": lead}),
        ("sign_for", handler, {}),
        ("finish", handler, {"note": "已到现场处理完毕"}),
        ("confirm", clerk, {}),
        ("call_back", clerk, {"solved": True, "satisfied": True}),
        ("close", clerk, {}),
    ):
        _said(((yield move(number, name, token, **inputs)), 200))
    _said(((yield request("GET", sought(item.name), token=clerk)), 200))


def _said(answered: tuple[Answer, int]) -> Any:
    answer, status = answered
    return answer.expect(status).json()
