"""What a case looks like to those who work on it. The reporter is masked, also where the history names them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from yiwang.cases.models import Assignment, Case, Note, Petition, Step, Summons
from yiwang.cases.queries import Whole
from yiwang.cases.rules import Capacity, Told
from yiwang.catalogue.queries import catalogue
from yiwang.channels.api.v1.fields import number_out


class PositionOut(BaseModel):
    """A position in WGS 84."""

    lat: float
    lon: float


class ReporterOut(BaseModel):
    """Who told it: masked; `POST …/reveal` uncovers it for a purpose."""

    told: str
    name: str
    phone: str


class CaseOut(BaseModel):
    """A case as it stands. `step` counts what has happened: send it as `seen` with a move. Posts are their ids."""

    number: str
    state: str
    step: int
    place: str
    desk: str
    item: str | None
    urgency: str
    secrecy: str
    track: str
    text: str
    address: str
    position: PositionOut | None
    photos: list[UUID]
    channel: str
    reporter: ReporterOut
    reported_at: datetime
    opened_at: datetime
    due_at: datetime | None
    next_due_at: datetime | None
    next_stage: str
    finished_at: datetime | None
    closed_at: datetime | None
    paused_until: datetime | None
    lead: int | None
    keeper: int | None
    assisting: list[int]
    summoned: list[int]
    firm: bool
    hand_backs: int
    extensions: int
    reopened: int
    attempts: int
    reached: bool | None
    solved: bool | None
    satisfied: bool | None
    merged_into: str | None
    part_of: str | None


class StepOut(BaseModel):
    """A line of the history. `hash` (SHA-256, hexadecimal) is over the one `before` and all that the step says."""

    seq: int
    at: datetime
    move: str
    state: str
    actor: str
    capacity: str
    post: int | None
    channel: str
    reason: str
    given: dict[str, Any]
    before: str
    hash: str


class PartOut(BaseModel):
    """A post's part, with its clocks; a null `ended_at` is an open one."""

    post: int
    part: str
    firm: bool
    given_at: datetime
    sign_due: datetime
    handle_due: datetime
    signed_at: datetime | None
    ended_at: datetime | None
    ending: str


class NoteOut(BaseModel):
    """What was said beside the moves."""

    at: datetime
    kind: str
    author: str
    post: int | None
    text: str
    files: list[UUID]


class PetitionOut(BaseModel):
    """What was asked of an approver; a null `granted` is not decided yet."""

    asked: str
    asked_by: str
    asked_at: datetime
    reason: str
    hours: float | None
    until: datetime | None
    track: str
    helper: int | None
    granted: bool | None
    decided_at: datetime | None
    decided_by: str
    answer: str


class SummonsOut(BaseModel):
    """A post that was whistled for."""

    post: int
    called_at: datetime
    due_at: datetime
    reported_in_at: datetime | None
    metres_away: float | None
    score: int | None
    appraisal: str


class WholeOut(CaseOut):
    """A case with its history."""

    steps: list[StepOut]
    parts: list[PartOut]
    notes: list[NoteOut]
    petitions: list[PetitionOut]
    summons: list[SummonsOut]
    split_into: list[str]


def case_out(case: Case) -> CaseOut:
    """The case as it stands."""
    return CaseOut(**_of_case(case))


def whole_out(found: Whole) -> WholeOut:
    """The case with its history."""
    case = found.case
    return WholeOut(
        **_of_case(case),
        steps=[_step(step, case) for step in found.steps],
        parts=[_part(part) for part in found.parts],
        notes=[_note(note, case) for note in found.notes],
        petitions=[_petition(petition) for petition in found.petitions],
        summons=[_summons(summons) for summons in found.summons],
        split_into=[str(number_out(number)) for number in found.split_into],
    )


_AS_IT_IS = (
    "state", "place", "desk", "urgency", "secrecy", "track", "text", "address", "photos", "channel", "reported_at",
    "opened_at", "due_at", "next_due_at", "next_stage", "finished_at", "closed_at", "paused_until", "assisting",
    "summoned", "firm", "hand_backs", "extensions", "reopened", "attempts", "reached", "solved", "satisfied",
)  # fmt: skip


def _of_case(case: Case) -> Mapping[str, Any]:
    item = catalogue().get(case.item_id) if case.item_id else None
    return {name: getattr(case, name) for name in _AS_IT_IS} | {
        "number": number_out(case.number), "step": case.steps, "item": item.code if item else None,
        "position": _position(case), "lead": case.lead_id,
        "reporter": ReporterOut(told=case.told, name=case.contact_name, phone=case.contact_phone),
        "keeper": case.keeper_id, "merged_into": number_out(case.merged_into), "part_of": number_out(case.part_of),
    }  # fmt: skip


def _position(case: Case) -> PositionOut | None:
    if case.lat is None or case.lon is None:
        return None
    return PositionOut(lat=case.lat, lon=case.lon)


def _who(subject: str, case: Case) -> str:
    """A resident who was signed in when they told it is the reporter, and nobody by name."""
    return "reporter" if subject == case.teller and case.told != Told.WORKER else subject


def _step(step: Step, case: Case) -> StepOut:
    return StepOut(
        seq=step.seq, at=step.at, move=step.move, state=step.state, capacity=step.capacity, post=step.post_id,
        actor="reporter" if step.capacity == Capacity.REPORTER else _who(step.actor, case), channel=step.channel,
        reason=step.reason, given=step.given, before=bytes(step.before).hex(), hash=bytes(step.hash).hex(),
    )  # fmt: skip


def _part(part: Assignment) -> PartOut:
    return PartOut(
        post=part.post_id, part=part.part, firm=part.firm, given_at=part.given_at, sign_due=part.sign_due,
        handle_due=part.handle_due, signed_at=part.signed_at, ended_at=part.ended_at, ending=part.ending,
    )  # fmt: skip


def _note(note: Note, case: Case) -> NoteOut:
    return NoteOut(
        at=note.at, kind=note.kind, author=_who(note.author, case), post=note.post_id, text=note.text,
        files=note.files,
    )  # fmt: skip


def _petition(petition: Petition) -> PetitionOut:
    return PetitionOut(
        asked=petition.asked, asked_by=petition.asked_by, asked_at=petition.asked_at, reason=petition.reason,
        hours=petition.hours, until=petition.until, track=petition.track, helper=petition.helper_id,
        granted=petition.granted, decided_at=petition.decided_at, decided_by=petition.decided_by,
        answer=petition.answer,
    )  # fmt: skip


def _summons(summons: Summons) -> SummonsOut:
    return SummonsOut(
        post=summons.post_id, called_at=summons.called_at, due_at=summons.due_at,
        reported_in_at=summons.reported_in_at, metres_away=summons.metres_away, score=summons.score,
        appraisal=summons.appraisal,
    )  # fmt: skip
