"""Triage: what a text is about, asked before anything is brought in."""

from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import BaseModel, Field

from yiwang.cases.actions import known_place
from yiwang.cases.rules import LONGEST_TEXT
from yiwang.catalogue.rules import Alarm
from yiwang.channels.api.v1.fields import PlaceCode, PositionIn, lon_lat
from yiwang.places.queries import tree
from yiwang.triage.queries import Proposed, propose

router = Router(tags=["triage"])


class TriageIn(BaseModel, extra="forbid"):
    """What somebody tells, and where: a position, or a place (its code), or neither."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    position: PositionIn | None = None
    place: PlaceCode | None = None


class ProposedOut(Schema):
    """An item. `likely` (0 to 1) is null where only the catalogue's own words speak; `words` are those that did."""

    item: str
    name: str
    likely: float | None
    words: list[str]


class NamedOut(Schema):
    """A place that the text may mean."""

    place: str
    name: str


class TriageOut(Schema):
    """At most three items, the likeliest first; `decided`: the first is clearly ahead, and intake would take it.

    An `alarm` goes past the ordinary: a danger is an emergency, an accusation of somebody in office is sealed. A
    `suspected` is what it may alarm of without saying so plainly: looked at first, by people. A
    `confidential` matter is not for everybody. `version` is the model that spoke, 0 where nothing was learned yet.

    `place` is the one given or the position's, else the one that the text names by the words `named`; where several
    may be meant, they are `choices`. `apart`: the text names another place than was given, `metres` away.
    """

    proposals: list[ProposedOut]
    decided: bool
    place: str | None
    named: str
    choices: list[NamedOut]
    apart: bool
    metres: int | None
    alarm: Alarm | None
    suspected: Alarm | None
    emergency: bool
    confidential: bool
    sealed: bool
    version: int


@router.post("", response=TriageOut, summary="Propose what a text is about")
def triage(request: HttpRequest, told: TriageIn) -> TriageOut:
    """Nothing is kept: what intake would make of such a report is only said. Refuses a place that is not there."""
    today = timezone.localdate()
    place = known_place(told.place, today) if told.place else ""
    said = propose(told.text, lon_lat(told.position) if told.position else None, place=place, on=today)
    return TriageOut(
        proposals=[_proposed(one) for one in said.items], decided=said.decided, place=said.place or None,
        named=said.named.words, choices=[_named(code) for code in said.named.choices], apart=said.apart,
        metres=said.metres, alarm=said.alarm, suspected=said.suspected, emergency=said.emergency,
        confidential=said.confidential,
        sealed=said.sealed, version=said.version,
    )  # fmt: skip


def _named(code: str) -> NamedOut:
    return NamedOut(place=code, name="".join(spot.name for spot in tree().path(code)))


def _proposed(one: Proposed) -> ProposedOut:
    return ProposedOut(item=one.item.code, name=one.item.name, likely=one.likely, words=list(one.words))
