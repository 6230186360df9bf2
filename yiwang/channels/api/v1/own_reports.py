"""A report for whoever told it: its number and its secret are enough, to look and to have a say."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import Field

from yiwang.cases import access, actions, queries
from yiwang.cases.numbers import is_secret_of
from yiwang.cases.rules import LONGEST_TEXT
from yiwang.channels.api.asking import OPEN_TO_ALL
from yiwang.channels.api.documented import MOVES, OPEN
from yiwang.channels.api.v1.fields import Answer, Number, Reason, Words, number_in
from yiwang.plumbing.refusals import Unseen
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

router = Router(tags=["reports"])
MOST_FILES = 20

Secret = Annotated[str, Field(min_length=1, max_length=40, description="Sixteen letters and digits")]


class ToldStepOut(Schema):
    """One move in plain words; `reason` where it was given for the reporter."""

    at: datetime
    move: str
    words: str
    reason: str


class ToldNoteOut(Schema):
    """Something said that the reporter may read; `unit` is empty where they said it themselves."""

    at: datetime
    kind: str
    words: str
    text: str
    unit: str
    files: list[UUID]


class LookedOut(Schema):
    """Somebody of this unit uncovered the reporter's details, and what for."""

    at: datetime
    unit: str
    purpose: str


class OtherOut(Schema):
    """How far a case stands on which the report depends: a part of it, or the one into which it was merged."""

    number: str
    state: str
    words: str
    item: str
    unit: str
    due_at: datetime | None


class ToldOut(Schema):
    """A report as its reporter sees it, in their language. `moves`: what they may do now.

    `question`: what they were asked last and have not answered; `add` answers it.
    """

    number: str
    state: str
    words: str
    moves: list[str]
    text: str
    address: str
    item: str
    place: str
    unit: str
    reported_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    steps: list[ToldStepOut]
    notes: list[ToldNoteOut]
    looked: list[LookedOut]
    parts: list[OtherOut]
    merged_into: OtherOut | None
    question: str


class Asked(Schema, extra="forbid"):
    """The secret that came with the number."""

    secret: Secret


class OwnIn(Asked):
    """The secret, and what the reporter has to say."""

    def inputs(self) -> dict[str, Any]:
        """What was given, as the act takes it."""
        return {name: getattr(self, name) for name in self.model_fields_set - {"secret"}}


class Withdraw(OwnIn):
    """Why, if they wish to say."""

    reason: Words = ""


class Reopen(OwnIn):
    """Why."""

    reason: Reason


class Rate(OwnIn):
    """Is it solved, and are they satisfied with how it was done?"""

    solved: Answer
    satisfied: Answer
    words: Words = ""


class Add(OwnIn):
    """What they add, in words or with files sent before."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    files: Annotated[list[UUID], Field(max_length=MOST_FILES)] = []

    def inputs(self) -> dict[str, Any]:
        return {"text": self.text, "files": self.files}


class Urge(OwnIn):
    """A reminder, once a day."""

    text: Words = ""


OWN: dict[str, tuple[type[OwnIn], Callable[..., Any]]] = {
    "withdraw": (Withdraw, actions.withdraw),
    "reopen": (Reopen, actions.reopen),
    "call_back": (Rate, actions.call_back),
    "add": (Add, actions.add),
    "urge": (Urge, actions.urge),
}


@router.get("/{number}", response=ToldOut, summary="One's own report", auth=OPEN_TO_ALL, openapi_extra={OPEN: True})
def told(request: HttpRequest, number: Path[Number], asked: Query[Asked]) -> ToldOut:
    """How far a report stands, for whoever has its secret; nobody need sign in."""
    return _view(number_in(number), asked.secret)


def _view(number: int, secret: str) -> ToldOut:
    view = queries.told(number, secret)
    if view is None:
        raise Unseen("secret_wrong")
    return ToldOut.from_orm(view)


def _having_a_say(takes: type[OwnIn], act: Callable[..., Any]) -> Callable[..., ToldOut]:
    def say(request: HttpRequest, number: Path[Number], sent: Any) -> ToldOut:
        told_as = number_in(number)
        if not is_secret_of(told_as, sent.secret):
            raise Unseen("secret_wrong")
        # The secret is the right to it, wherever the case lies.
        with standing_on(EVERYWHERE):
            act(told_as, **sent.inputs(), by=access.reporter("api"), now=timezone.now())
            return _view(told_as, sent.secret)

    # What the body takes, where ninja looks for it.
    say.__annotations__["sent"] = takes
    return say


for _name, (_takes, _act) in OWN.items():
    router.post(
        f"/{{number}}/{_name}",
        response=ToldOut,
        summary=f"{_name.replace('_', ' ').capitalize()}: one's own report",
        description=_act.__doc__,
        operation_id=f"reports_{_name}",
        url_name=f"reports_{_name}",
        auth=OPEN_TO_ALL,
        openapi_extra={OPEN: True, MOVES: True},
    )(_having_a_say(_takes, _act))
