"""Every move that people make, what its body takes, and which act it is: the loop's table as the API speaks it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from yiwang.cases import actions
from yiwang.cases.models import Case
from yiwang.cases.rules import LONGEST_TEXT, Track
from yiwang.channels.api.v1.fields import (
    LARGEST,
    ItemCode,
    Number,
    PlaceCode,
    Reason,
    Words,
    number_in,
)

MOST_POSTS, MOST_PARTS, MOST_PHOTOS = 20, 20, 20
SMALL = 2**15 - 1

PostId = Annotated[int, Field(ge=1, le=LARGEST, strict=True, json_schema_extra={"x-kind": "post"})]
Posts = Annotated[list[PostId], Field(max_length=MOST_POSTS, json_schema_extra={"x-kind": "posts"})]
Hours = Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False, strict=True)]
Answer = Annotated[bool, Field(strict=True)]


class MoveIn(Schema, extra="forbid"):
    """A move's inputs. `seen`: how many steps the case had when one looked; another number by now is refused (409)."""

    seen: Annotated[int, Field(ge=1, le=SMALL, strict=True)] | None = None

    def inputs(self) -> dict[str, Any]:
        """What was given, as the act takes it."""
        given = ((name, getattr(self, name)) for name in self.model_fields_set - {"seen"})
        return {name: value for name, value in given if value is not None}


class WithReason(MoveIn):
    """A move that says why."""

    reason: Reason


class Accept(MoveIn):
    """What it is and where."""

    item: ItemCode
    place: PlaceCode


class Reclassify(Accept):
    """What it is and where, said anew, and why."""

    reason: Reason


class Merge(MoveIn):
    """Into which case."""

    into: Number
    reason: Words = ""

    def inputs(self) -> dict[str, Any]:
        return super().inputs() | {"into": number_in(self.into)}


class PartIn(Schema, extra="forbid"):
    """One part of a case that is split; without item and place the case's own hold."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    item: ItemCode | None = None
    place: PlaceCode | None = None


class Split(MoveIn):
    """Into which parts."""

    parts: Annotated[list[PartIn], Field(min_length=1, max_length=MOST_PARTS)]
    reason: Words = ""

    def inputs(self) -> dict[str, Any]:
        parts = [actions.PartTold(part.text, part.item or "", part.place or "") for part in self.parts]
        return super().inputs() | {"parts": parts}


class PassDown(WithReason):
    """To which desk further down."""

    to: PlaceCode


class Dispatch(MoveIn):
    """To which post, helped by which, on which track."""

    lead: PostId
    assisting: Posts = []
    track: Track | None = None


class AssignFirmly(Dispatch):
    """To which post for good, and why."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as the API offers it: what its body takes, and the act that makes it."""

    takes: type[MoveIn]
    act: Callable[..., Case]


OFFERS = {
    "accept": Offer(Accept, actions.accept),
    "decline": Offer(WithReason, actions.decline),
    "merge": Offer(Merge, actions.merge),
    "separate": Offer(WithReason, actions.separate),
    "split": Offer(Split, actions.split),
    "reclassify": Offer(Reclassify, actions.reclassify),
    "pass_up": Offer(WithReason, actions.pass_up),
    "pass_down": Offer(PassDown, actions.pass_down),
    "dispatch": Offer(Dispatch, actions.dispatch),
    "assign_firmly": Offer(AssignFirmly, actions.assign_firmly),
    "sign_for": Offer(MoveIn, actions.sign_for),
    "hand_back": Offer(WithReason, actions.hand_back),
    "recall": Offer(WithReason, actions.recall),
}
"""All but what the platform does by itself, and `withdraw`, which is the reporter's alone (see `reports`)."""
