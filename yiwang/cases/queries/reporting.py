"""What a reporter sees of their report: no account, the number and its secret are enough.

Never a person: units answer, and only what was said for the reporter is shown. Of a sealed case nothing but its state.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language

from yiwang.cases.models import Case, Note, Petition, Receipt, Step
from yiwang.cases.numbers import is_secret_of
from yiwang.cases.rules import LIFE, Asked, Capacity, NoteKind, State, county_of, has_it, written
from yiwang.cases.words import NOTES, STATES, TOLD_MOVES
from yiwang.catalogue.queries import catalogue
from yiwang.people.roster import roster
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

# Whose reasons are written for the reporter.
_REASONED = frozenset({"decline", "grant_pause", "reopen"})
_SAID = frozenset({NoteKind.COMMENT.value, NoteKind.QUESTION.value, NoteKind.ADDITION.value})
# Made while a report is told, and never afterwards.
_WHILE_TELLING = frozenset({"follow"})


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One move in plain words; `reason` where it was given for the reporter."""

    at: datetime
    move: str
    words: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ToldNote:
    """Something said that the reporter may read. `unit` is empty where they said it themselves."""

    at: datetime
    kind: str
    words: str
    text: str
    unit: str
    files: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody of this unit uncovered the reporter's details, and what for."""

    at: datetime
    unit: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Other:
    """How far a case stands on which the report depends: a part of it, or the one into which it was merged."""

    number: str
    state: str
    words: str
    item: str = ""
    unit: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as its reporter sees it. `moves`: what they may do now. Of a sealed case only the state is filled.

    `question`: what they were asked last and have not answered; empty when there is nothing, or it has ended.
    """

    number: str
    state: str
    words: str
    moves: tuple[str, ...]
    text: str = ""
    address: str = ""
    item: str = ""
    place: str = ""
    unit: str = ""
    reported_at: datetime | None = None
    due_at: datetime | None = None
    closed_at: datetime | None = None
    photos: tuple[UUID, ...] = ()
    steps: tuple[ToldStep, ...] = ()
    notes: tuple[ToldNote, ...] = ()
    looked: tuple[Looked, ...] = ()
    parts: tuple[Other, ...] = ()
    merged_into: Other | None = None
    question: str = ""


def is_received(key: bytes) -> bool:
    """Whether a report came under this key (its hash) already."""
    with standing_on(EVERYWHERE):
        return Receipt.objects.filter(key=key).exists()


def told(number: int, secret: str) -> ReportView | None:
    """A report for whoever knows its secret, on whatever ground; nothing where the two do not belong together."""
    if not is_secret_of(number, secret):
        return None
    with standing_on(EVERYWHERE):
        case = Case.objects.filter(county=county_of(number), number=number).first()
        return _view(case) if case else None


def _view(case: Case) -> ReportView:
    state = State(case.state)
    open_moves = LIFE.open_moves(state, duties={Capacity.REPORTER})
    moves = tuple(move.name for move in open_moves if move.name not in _WHILE_TELLING)
    if case.is_sealed:
        return ReportView(written(case.number), state.value, str(STATES[state]), moves)
    here = {"county": case.county}
    notes = list(Note.objects.filter(**here, case=case).order_by("at", "pk"))
    parts = Case.objects.filter(**here, part_of=case.number).order_by("number")
    target = Case.objects.filter(**here, number=case.merged_into).first() if case.merged_into else None
    return ReportView(
        number=written(case.number), state=state.value, words=str(STATES[state]), moves=moves, text=case.text,
        address=case.address, item=item_name(case), place=_place(case), unit=_unit(_post(case)),
        reported_at=case.reported_at, due_at=case.due_at if case.is_open else None, closed_at=case.closed_at,
        photos=tuple(case.photos), steps=tuple(_steps(case)),
        notes=tuple(_said(note) for note in notes if note.kind in _SAID),
        looked=tuple(Looked(n.at, _unit(n.post_id), n.text) for n in notes if n.kind == NoteKind.REVEAL),
        parts=tuple(map(_other, parts)), merged_into=_other(target) if target else None,
        question=_question(notes) if case.is_open else "",
    )  # fmt: skip


def _question(notes: list[Note]) -> str:
    spoken = [note for note in notes if note.kind in {NoteKind.QUESTION, NoteKind.ADDITION}]
    return spoken[-1].text if spoken and spoken[-1].kind == NoteKind.QUESTION else ""


def _steps(case: Case) -> Iterator[ToldStep]:
    steps = list(Step.objects.filter(county=case.county, number=case.number).order_by("seq"))
    # A pause is explained by whoever asked for it, and it is granted once at most.
    asked = Petition.objects.filter(county=case.county, case=case, asked=Asked.PAUSE, granted=True)
    pause = asked.first() if case.paused_before else None
    for step in steps:
        if words := TOLD_MOVES.get(step.move):
            reason = step.reason if step.move in _REASONED else ""
            if step.move == "grant_pause" and pause:
                reason = pause.reason
            yield ToldStep(step.at, step.move, str(words), reason)


def _said(note: Note) -> ToldNote:
    kind = NoteKind(note.kind)
    return ToldNote(note.at, kind.value, str(NOTES[kind]), note.text, _unit(note.post_id), tuple(note.files))


def _other(case: Case) -> Other:
    state = State(case.state)
    known = Other(written(case.number), state.value, str(STATES[state]))
    if case.is_sealed:
        return known
    due = case.due_at if case.is_open else None
    return Other(known.number, known.state, known.words, item_name(case), _unit(_post(case)), due)


def _post(case: Case) -> int | None:
    return has_it(State(case.state), lead=case.lead_id, keeper=case.keeper_id)


def _unit(post: int | None) -> str:
    line = roster().get(post)
    return line.unit_name if line else ""


def item_name(case: Case) -> str:
    """The case's item in the reader's language; nothing while nobody knows what it is."""
    line = catalogue().get(case.item_id) if case.item_id else None
    if line is None:
        return ""
    english = (get_language() or "").startswith("en")
    return (line.content.name_en if english else "") or line.name


def _place(case: Case) -> str:
    return "".join(spot.name for spot in tree().path(case.place))
