"""Replies: what is wanting in one before it is sent, and how often something was."""

from datetime import timedelta
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Schema
from pydantic import BaseModel, Field

from yiwang.cases import queries as cases
from yiwang.cases.rules import LONGEST_TEXT
from yiwang.channels.api.asking import asker_of
from yiwang.channels.api.v1.fields import Number, number_in
from yiwang.replies import queries
from yiwang.replies.rules import Flaw
from yiwang.replies.words import FLAWS

router = Router(tags=["cases"])


class ReplyIn(BaseModel, extra="forbid"):
    """What a handler would write at the end."""

    note: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class WarningOut(Schema):
    """A flaw, in words, and the piece in which it shows; empty where it is the whole reply."""

    flaw: Flaw
    words: str
    piece: str


class ReplyOut(Schema):
    """What is wanting; nothing is refused because of it."""

    warnings: list[WarningOut]


class CountedOut(Schema):
    """How many replies were sent with this flaw."""

    flaw: Flaw
    words: str
    replies: int


class FlawsOut(Schema):
    """The most frequent flaw first."""

    flaws: list[CountedOut]


class Since(Schema, extra="forbid"):
    """How many days back."""

    days: Annotated[int, Field(ge=1, le=366)] = 30


@router.get("/replies/flaws", response=FlawsOut, summary="How often something was wanting")
def flaws(request: HttpRequest, asked: Query[Since]) -> FlawsOut:
    """Replies sent with a flaw on ground that the caller looks after. Sealed cases are not counted."""
    found = queries.counted(asker_of(request).acting(), since=timezone.now() - timedelta(days=asked.days))
    return FlawsOut(
        flaws=[CountedOut(flaw=one.flaw, words=str(FLAWS[one.flaw]), replies=one.replies) for one in found]
    )


@router.post("/{number}/check_reply", response=ReplyOut, summary="What is wanting in a reply?")
def check_reply(request: HttpRequest, number: Path[Number], sent: ReplyIn) -> ReplyOut:
    """Looks at what a handler would write when finishing this case; nothing is kept, and nothing is refused."""
    actor = asker_of(request).acting()
    found = queries.warnings(cases.case(actor, number_in(number)), sent.note, posts=actor.posts)
    return ReplyOut(warnings=[WarningOut(flaw=one.flaw, words=str(FLAWS[one.flaw]), piece=one.piece) for one in found])
