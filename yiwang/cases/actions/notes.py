"""What is said beside the moves: comments, urging, instructions, the reporter's additions, and who looked at whom."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from yiwang.cases import access
from yiwang.cases.access import Actor
from yiwang.cases.actions.moving import is_visible, locked
from yiwang.cases.facts import CaseAsked
from yiwang.cases.models import Case, Note
from yiwang.cases.rules import LONGEST_TEXT, Capacity, NoteKind, State
from yiwang.cases.words import NOTES, STATES
from yiwang.people.rules import Duty
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.facts import announce
from yiwang.plumbing.files.queries import are_kept
from yiwang.plumbing.pouring import pour
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen
from yiwang.plumbing.sealing import unseal

# A form that is sent twice says the same twice; only what was looked at is written down each time.
_SAID_ONCE = timedelta(minutes=10)
_ASKING = frozenset({NoteKind.URGE, NoteKind.INSTRUCTION, NoteKind.QUESTION})


@transaction.atomic
def comment(number: int, *, text: str, by: Actor, now: datetime, files: Sequence[UUID] = ()) -> Note:
    """Say something that everybody who sees the case reads, the reporter too. Not for the reporter, who adds."""
    return _said(NoteKind.COMMENT, _seen(number, by), text, by=by, now=now, files=files)


@transaction.atomic
def ask(number: int, *, text: str, by: Actor, now: datetime) -> Note:
    """Ask the reporter something, who answers on their own page; not about an ended case, nor about a sealed one."""
    case = _seen(number, by)
    if not case.is_open:
        raise Overtaken("move_too_late", move=NOTES[NoteKind.QUESTION], state=STATES[State(case.state)])
    if case.is_sealed:
        raise NotYours("move_not_yours", move=NOTES[NoteKind.QUESTION])
    return _said(NoteKind.QUESTION, case, text, by=by, now=now, files=())


@transaction.atomic
def internal(number: int, *, text: str, by: Actor, now: datetime, files: Sequence[UUID] = ()) -> Note:
    """Say something that only those who work on the case read."""
    return _said(NoteKind.INTERNAL, _seen(number, by), text, by=by, now=now, files=files)


@transaction.atomic
def urge(number: int, *, by: Actor, now: datetime, text: str = "") -> Note:
    """Remind whoever has the case 催办. The reporter may once a day; an ended case is not urged."""
    case = _seen(number, by)
    if not case.is_open:
        raise Overtaken("move_too_late", move=NOTES[NoteKind.URGE], state=STATES[State(case.state)])
    if by.itself is Capacity.REPORTER and _urged_on_the_day_of(now, case, by):
        raise Refused("urged_today")
    return _write(NoteKind.URGE, case, text, by=by, now=now)


@transaction.atomic
def instruct(number: int, *, text: str, by: Actor, now: datetime) -> Note:
    """A supervisor's instruction 批示."""
    case, post = _supervised(number, by)
    return _write(NoteKind.INSTRUCTION, case, _worded(text), by=by, now=now, post=post)


@transaction.atomic
def instruct_by_order(number: int, *, text: str, by: Actor, now: datetime) -> Note:
    """An instruction that is part of an order 督办: whoever tells of the order tells of both, once."""
    case, post = _supervised(number, by)
    return _write(NoteKind.INSTRUCTION, case, _worded(text), by=by, now=now, post=post, told=False)


@transaction.atomic
def add(number: int, *, text: str, by: Actor, now: datetime, files: Sequence[UUID] = ()) -> Note:
    """The reporter adds to what they told, in words or with files; at any time, also when the case has ended."""
    case = _seen(number, by)
    if by.itself is not Capacity.REPORTER:
        raise NotYours("move_not_yours", move=NOTES[NoteKind.ADDITION])
    return _write(NoteKind.ADDITION, case, "" if files and not text.strip() else _worded(text), by=by, now=now,
                  files=files)  # fmt: skip


@transaction.atomic
def reveal(number: int, *, purpose: str, by: Actor, now: datetime) -> tuple[str, str]:
    """Uncover the reporter's name and phone, for a purpose that is written down and that the reporter reads.

    Refused without the duty at the place of the case, without a purpose, and where nothing is kept.
    """
    case = _seen(number, by)
    able = [grant for grant in by.grants if Duty.SEE_PERSONAL in grant.duties and case.place.startswith(grant.ground)]
    if not able:
        raise NotYours("move_not_yours", move=NOTES[NoteKind.REVEAL])
    if not purpose.strip():
        raise Refused("purpose_missing")
    if case.contact is None:
        raise Refused("nothing_to_reveal")
    purpose = _worded(purpose)
    name, phone = json.loads(unseal(bytes(case.contact), of=f"case:{number}"))
    post = max(able, key=lambda grant: (len(grant.ground), -grant.post)).post
    _write(NoteKind.REVEAL, case, purpose, by=by, now=now, post=post)
    note("reveal_reporter", f"case:{number}", by=by.subject, ground=case.place, purpose=purpose)
    return name, phone


def remind(told: Iterable[tuple[int, str, int, str]], *, now: datetime) -> None:
    """Note in many cases at once that a post was told of their clock: (number, place, post, words) of each.

    By the platform itself, which has them in hand; a note is not a move, and no case is locked for it.
    """
    pour([
        Note(county=place[:6], case_id=number, place=place, at=now, kind=NoteKind.REMINDER, post_id=post, text=words,
             author=access.CLOCK.subject, channel=access.CLOCK.channel)
        for number, place, post, words in told
    ])  # fmt: skip


def _seen(number: int, by: Actor) -> Case:
    case = locked(number)
    if not is_visible(case, by):
        raise Unseen("no_such_case", number=number)
    return case


def _supervised(number: int, by: Actor) -> tuple[Case, int | None]:
    """The case, and the post in which they supervise it."""
    case = _seen(number, by)
    held = access.capacities(by, case)
    if Capacity.SUPERVISOR not in held:
        raise NotYours("move_not_yours", move=NOTES[NoteKind.INSTRUCTION])
    return case, held[Capacity.SUPERVISOR]


def _said(kind: NoteKind, case: Case, text: str, *, by: Actor, now: datetime, files: Sequence[UUID]) -> Note:
    """What those who work on the case say, in the post in which they have to do with it."""
    if by.itself is Capacity.REPORTER:
        raise NotYours("move_not_yours", move=NOTES[kind])
    return _write(kind, case, _worded(text), by=by, now=now, files=files)


def _worded(text: str) -> str:
    if not text.strip():
        raise Refused("note_says_nothing")
    if len(text) > LONGEST_TEXT:
        raise Refused("report_too_long", most=LONGEST_TEXT)
    return text.strip()


def _write(
    kind: NoteKind, case: Case, text: str, *, by: Actor, now: datetime, files: Sequence[UUID] = (),
    post: int | None = None, told: bool = True,
) -> Note:  # fmt: skip
    if files and not are_kept(files):
        raise Refused("photo_unknown")
    last = Note.objects.filter(county=case.county, case=case).order_by("-pk").first()
    if last and kind is not NoteKind.REVEAL and now - last.at < _SAID_ONCE:
        same = (kind, by.subject, text.strip(), list(files)) == (last.kind, last.author, last.text, last.files)
        if same:
            return last
    said = Note.objects.create(
        county=case.county, case=case, place=case.place, at=now, kind=kind, author=by.subject,
        post_id=post or _post_of(by, case), channel=by.channel, text=text.strip(), files=list(files),
    )  # fmt: skip
    if told and kind in _ASKING:
        announce(CaseAsked(case.number, case.county, kind.value, said.pk))
    return said


def _post_of(by: Actor, case: Case) -> int | None:
    """In which post somebody speaks: one that has a part in the case, else the one of the innermost ground."""
    own = by.posts & {case.lead_id, *case.assisting, *case.summoned}
    if own:
        return min(post for post in own if post is not None)
    here = [grant for grant in by.grants if case.place.startswith(grant.ground)]
    return min(here, key=lambda grant: (-len(grant.ground), grant.post)).post if here else None


def _urged_on_the_day_of(now: datetime, case: Case, by: Actor) -> bool:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    urged = Note.objects.filter(county=case.county, case=case, kind=NoteKind.URGE, author=by.subject)
    return urged.filter(at__gte=midnight).exists()
