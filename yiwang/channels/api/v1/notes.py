"""What is said beside the moves of a case, and the reporter uncovered for a purpose."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router, Schema, Status
from pydantic import Field

from yiwang.cases import actions
from yiwang.cases.access import Actor
from yiwang.cases.models import Note
from yiwang.channels.api.asking import asker_of
from yiwang.channels.api.documented import MOVES
from yiwang.channels.api.problems import invalid
from yiwang.channels.api.v1.fields import LONGEST_REASON, Number, Reason, number_in

router = Router(tags=["cases"])
MOST_FILES = 20


class NoteIn(Schema, extra="forbid"):
    """What is said: for all and the reporter, to ask the reporter something, among those who work on it, to remind, or
    as a supervisor.

    Only comments and internal notes carry files.
    """

    kind: Literal["comment", "question", "internal", "urge", "instruction"]
    text: Annotated[str, Field(max_length=LONGEST_REASON)] = ""
    files: Annotated[list[UUID], Field(max_length=MOST_FILES)] = []


class SaidOut(Schema):
    """What was written down."""

    at: datetime
    kind: str
    text: str


class RevealIn(Schema, extra="forbid"):
    """What for: it is written down, and the reporter reads it."""

    purpose: Reason


class RevealOut(Schema):
    """Who told it."""

    name: str
    phone: str


@router.post("/{number}/notes", response={201: SaidOut}, summary="Say something", openapi_extra={MOVES: True})
def say(request: HttpRequest, number: Path[Number], sent: NoteIn) -> Status[SaidOut]:
    """A comment, an internal note, a reminder or a supervisor's instruction; the state stays as it is."""
    note = _said(number_in(number), sent, by=asker_of(request).acting(), now=timezone.now())
    return Status(201, SaidOut(at=note.at, kind=note.kind, text=note.text))


@router.post("/{number}/reveal", response=RevealOut, summary="Uncover the reporter")
def reveal(request: HttpRequest, number: Path[Number], sent: RevealIn) -> RevealOut:
    """Name and phone of the reporter, for whoever has the duty there. The purpose is logged and shown to them."""
    by, now = asker_of(request).acting(), timezone.now()
    name, phone = actions.reveal(number_in(number), purpose=sent.purpose, by=by, now=now)
    return RevealOut(name=name, phone=phone)


def _said(number: int, sent: NoteIn, *, by: Actor, now: datetime) -> Note:
    if sent.files and sent.kind in {"question", "urge", "instruction"}:
        raise invalid(("files", "extra_forbidden"))
    if sent.kind == "question":
        return actions.ask(number, text=sent.text, by=by, now=now)
    if sent.kind == "urge":
        return actions.urge(number, text=sent.text, by=by, now=now)
    if sent.kind == "instruction":
        return actions.instruct(number, text=sent.text, by=by, now=now)
    speak = actions.comment if sent.kind == "comment" else actions.internal
    return speak(number, text=sent.text, files=sent.files, by=by, now=now)
