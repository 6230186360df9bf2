"""Every move that people make, what its body takes, and which act it is: the loop's table as the API speaks it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from yiwang.cases import actions
from yiwang.cases.models import Case
from yiwang.cases.rules import LONGEST_TEXT, Track
from yiwang.channels.api.v1.fields import (
    LARGEST,
    Answer,
    ItemCode,
    Moment,
    Number,
    PlaceCode,
    PositionIn,
    Reason,
    Words,
    lon_lat,
    number_in,
)

MOST_POSTS, MOST_PARTS, MOST_PHOTOS = 20, 20, 20
SMALL = 2**15 - 1

PostId = Annotated[int, Field(ge=1, le=LARGEST, strict=True, json_schema_extra={"x-kind": "post"})]
Posts = Annotated[list[PostId], Field(max_length=MOST_POSTS, json_schema_extra={"x-kind": "posts"})]
Hours = Annotated[float, Field(gt=0, le=100_000, allow_inf_nan=False, strict=True)]


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


class MayGiveReason(MoveIn):
    """A move that may say why."""

    reason: Words = ""


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


class ProposeTrack(WithReason):
    """Which track; `hours` are the limit wanted, on the clock of the item's own."""

    track: Track
    hours: Hours | None = None


class GrantTrack(MoveIn):
    """As proposed, or with another limit."""

    hours: Hours | None = None


class Dispatch(MoveIn):
    """To which post, helped by which, on which track."""

    lead: PostId
    assisting: Posts = []
    track: Track | None = None


class AssignFirmly(Dispatch):
    """To which post for good, and why."""

    reason: Reason


class OfPost(WithReason):
    """Of which post, and why."""

    post: PostId


class Delegate(MayGiveReason):
    """To which post of the same unit."""

    post: PostId


class SignPart(MoveIn):
    """For which of one's posts; needed where one helps in several."""

    post: PostId | None = None


class FinishPart(SignPart):
    """What was done."""

    note: Reason


class Whistle(WithReason):
    """For which posts."""

    posts: Annotated[Posts, Field(min_length=1)]


class ReportIn(MoveIn):
    """Where one is, and for which of one's posts where several were called."""

    position: PositionIn
    post: PostId | None = None

    def inputs(self) -> dict[str, Any]:
        return super().inputs() | {"position": lon_lat(self.position)}


class Appraise(MoveIn):
    """How the post that came did: 1 to 5."""

    post: PostId
    score: Annotated[int, Field(ge=1, le=5, strict=True)]
    words: Annotated[str, Field(max_length=500)] = ""


class AskMoreTime(WithReason):
    """How many hours more, on the limit's own clock."""

    hours: Hours


class AskPause(WithReason):
    """Until when."""

    until: Moment


class PhotoIn(Schema, extra="forbid"):
    """A file sent before; where it was taken, and whether before or after."""

    file: UUID
    position: PositionIn | None = None
    moment: actions.Moment = actions.Moment.UNSAID

    def as_photo(self) -> actions.Photo:
        """As the acts take it."""
        return actions.Photo(self.file, lon_lat(self.position) if self.position else None, self.moment)


Photos = Annotated[list[PhotoIn], Field(max_length=MOST_PHOTOS)]


class Finish(MoveIn):
    """What was done, and the photos that show it."""

    note: Reason
    photos: Photos = []

    def inputs(self) -> dict[str, Any]:
        given = super().inputs()
        shown = tuple(photo.as_photo() for photo in given.pop("photos", ()))
        return given | {"evidence": actions.Brought(given.pop("note"), shown)}


class Settle(Finish):
    """What was done on the spot; `item` where nobody has said yet what it is."""

    item: ItemCode | None = None


class Confirm(MoveIn):
    """What the checker saw."""

    note: Words = ""
    photos: Photos = []

    def inputs(self) -> dict[str, Any]:
        given = super().inputs()
        return given | {"photos": [photo.as_photo() for photo in given.get("photos", ())]}


class CallBack(MoveIn):
    """What the reporter says."""

    solved: Answer
    satisfied: Answer
    words: Words = ""
    way: actions.Way = actions.Way.PHONE


class NoAnswer(MoveIn):
    """How it was tried."""

    words: Words = ""

    def inputs(self) -> dict[str, Any]:
        return {"words": self.words}


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
    "settle": Offer(Settle, actions.settle),
    "propose_track": Offer(ProposeTrack, actions.propose_track),
    "grant_track": Offer(GrantTrack, actions.grant_track),
    "refuse_track": Offer(WithReason, actions.refuse_track),
    "dispatch": Offer(Dispatch, actions.dispatch),
    "assign_firmly": Offer(AssignFirmly, actions.assign_firmly),
    "sign_for": Offer(MoveIn, actions.sign_for),
    "hand_back": Offer(WithReason, actions.hand_back),
    "recall": Offer(WithReason, actions.recall),
    "delegate": Offer(Delegate, actions.delegate),
    "call_in": Offer(OfPost, actions.call_in),
    "ask_help": Offer(OfPost, actions.ask_help),
    "grant_help": Offer(MoveIn, actions.grant_help),
    "refuse_help": Offer(WithReason, actions.refuse_help),
    "sign_part": Offer(SignPart, actions.sign_part),
    "finish_part": Offer(FinishPart, actions.finish_part),
    "release_part": Offer(OfPost, actions.release_part),
    "whistle": Offer(Whistle, actions.whistle),
    "report_in": Offer(ReportIn, actions.report_in),
    "appraise": Offer(Appraise, actions.appraise),
    "ask_more_time": Offer(AskMoreTime, actions.ask_more_time),
    "grant_more_time": Offer(MoveIn, actions.grant_more_time),
    "refuse_more_time": Offer(WithReason, actions.refuse_more_time),
    "ask_pause": Offer(AskPause, actions.ask_pause),
    "grant_pause": Offer(MoveIn, actions.grant_pause),
    "refuse_pause": Offer(WithReason, actions.refuse_pause),
    "resume": Offer(MayGiveReason, actions.resume),
    "finish": Offer(Finish, actions.finish),
    "confirm": Offer(Confirm, actions.confirm),
    "send_back": Offer(WithReason, actions.send_back),
    "call_back": Offer(CallBack, actions.call_back),
    "no_answer": Offer(NoAnswer, actions.no_answer),
    "close": Offer(MayGiveReason, actions.close),
    "reopen": Offer(WithReason, actions.reopen),
}
"""All but what the platform does by itself, and `withdraw`, which is the reporter's alone (see `own_reports`).

`no_answer` is a call-back that came to nothing: it leaves the case where it is.
"""
