"""What every page of a case does: find it for whoever asks, make a move with it, say something beside it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yiwang.cases import actions, queries
from yiwang.cases.models import Case, Petition
from yiwang.cases.rules import LIFE, Capacity, NoteKind, State, has_it, read_number, written
from yiwang.cases.words import NOTES, STATES
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.case.asked import wanted_of
from yiwang.channels.web.case.choices import Sitting
from yiwang.channels.web.case.forms import MoveForm, words
from yiwang.channels.web.case.moves import NO_ANSWER, OFFERS, wording
from yiwang.channels.web.case.photos import WithPhotos, photos
from yiwang.plumbing.files import actions as files
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen, sentence
from yiwang.replies.queries import FINISHING, warnings
from yiwang.replies.words import FLAWS

FORBIDDEN, CONFLICT, UNFIT = HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY


_SALT = "yiwang.case.note"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that came with a note which was refused: it goes along when the note is sent again."""

    id: UUID
    name: str

    @property
    def signed(self) -> str:
        """How the form writes it, so that nobody can name another's file."""
        return signing.dumps([self.id.hex, self.name], salt=_SALT)


def _read_kept(text: str) -> Iterator[Kept]:
    with suppress(signing.BadSignature):
        file, name = signing.loads(text, salt=_SALT)
        yield Kept(UUID(file), name)


class NoteForm(forms.Form):
    """Something said beside the moves."""

    text = words(_("What is to be said"), required=False)
    attached = photos(
        _("Photos or documents"), help_text=_("With comments and internal notes only."),
        accept="",
    )  # fmt: skip
    kept: Sequence[Kept] = ()

    def keep(self, signed: Iterable[str], *, by: str, ground: str, at: datetime) -> None:
        """Keep what came with it, whatever becomes of it; `signed` was kept before. What is not taken is said."""
        kept = [one for text in signed for one in _read_kept(text)]
        for file in self.cleaned_data.get("attached", ()):
            try:
                found = files.keep(file.read(), name=file.name or "", by=by, ground=ground, at=at).file
                kept.append(Kept(found.pk, found.name))
            except Refused as refusal:
                self.add_error("attached", sentence(refusal))
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Tried:
    """A move that was sent: its form as it stands now; with which status it was refused, none where it was made."""

    form: MoveForm
    refused: int | None


def sitting_of(request: HttpRequest, number: str) -> Sitting:
    """The case for this person, with all that belongs to it, or nothing here at all."""
    by = actor_of(request)
    with _seen_or_nothing():
        return Sitting(queries.whole(by, _read(number)), by, timezone.localdate())


def case_of(request: HttpRequest, number: str) -> Case:
    """The case alone, or nothing here at all."""
    with _seen_or_nothing():
        return queries.case(actor_of(request), _read(number))


@contextmanager
def _seen_or_nothing() -> Iterator[None]:
    try:
        yield
    except Unseen:
        raise Http404 from None


def _read(number: str) -> int:
    read = read_number(number)
    if read is None:
        raise Http404
    return read


def not_open(sitting: Sitting, name: str) -> Refused | None:
    """Why a move's form is not shown, by the table alone."""
    found, by_table = sitting.case, "call_back" if name == NO_ANSWER else name
    if by_table in queries.moves_open_to(sitting.by, found):
        return None
    state, said = State(found.state), wording(name)
    if any(one.name == by_table for one in LIFE.open_moves(state, duties=set(Capacity))):
        return NotYours("move_not_yours", move=said)
    return Overtaken("move_too_late", move=said, state=STATES[state])


def tried(request: HttpRequest, sitting: Sitting, name: str, *, sent: QueryDict | None = None) -> Tried:
    """Make a move as its form was sent (`sent`, where a page words it otherwise), or say in the form why not.

    Photos are kept also where the move is refused.
    """
    offer, now = OFFERS[name], timezone.now()
    form = offer.takes(sitting, sent or request.POST, request.FILES)
    is_fit = form.is_valid()
    if isinstance(form, WithPhotos):
        is_fit = form.keep(by=sitting.by.subject, at=now)
    if not is_fit:
        return Tried(form, UNFIT)
    try:
        offer.act(sitting.case.number, **form.inputs(), by=sitting.by, now=now, seen=form.cleaned_data["seen"])
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return Tried(form, status_of(refusal))
    messages.success(request, gettext("Done: %(move)s.") % {"move": wording(name)})
    if name in FINISHING:
        for warned in warnings(sitting.case, form.cleaned_data["note"], posts=sitting.by.posts):
            messages.warning(request, FLAWS[warned.flaw])
    return Tried(form, None)


def is_still_seen(request: HttpRequest, sitting: Sitting) -> bool:
    """Whether the case is still this person's to see after what they did; says so where it is not."""
    try:
        queries.case(sitting.by, sitting.case.number)
    except Unseen:
        messages.warning(request, gettext("The case is now with others, and no longer among yours."))
        return False
    return True


def said(request: HttpRequest, sitting: Sitting) -> NoteForm | None:
    """Write down what was said; its form again where it was refused, and nothing where it was written."""
    form, now = NoteForm(request.POST, request.FILES), timezone.now()
    form.is_valid()
    form.keep(request.POST.getlist("kept"), by=sitting.by.subject, ground=sitting.case.place, at=now)
    said_as = request.POST.get("kind", "")
    if form.kept and said_as in _WITHOUT_FILES:
        form.add_error("attached", _WITH_NOTES_ONLY)
    if form.errors:
        return form
    try:
        kind = _say(sitting, said_as, form, now=now)
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return form
    messages.success(request, gettext("Written down: %(what)s.") % {"what": NOTES[kind]})
    return None


def may_urge(sitting: Sitting) -> bool:
    """Whether there is somebody else to urge: nobody urges themselves."""
    case = sitting.case
    return case.is_open and has_it(State(case.state), lead=case.lead_id, keeper=case.keeper_id) not in sitting.by.posts


def status_of(refusal: Refused) -> HTTPStatus:
    """With which status a page says no."""
    if isinstance(refusal, Overtaken):
        return CONFLICT
    return FORBIDDEN if isinstance(refusal, NotYours) else UNFIT


def form_shown(case: Case, name: str, form: MoveForm) -> dict[str, Any]:
    """A form as its template takes it. What was looked at is what stands there now: the sentence has said so."""
    kept = form.kept_signed if isinstance(form, WithPhotos) and form.is_bound else ""
    photos_kept = len(getattr(form, "shown", ()))
    return {
        "form": form, "name": name, "number": written(case.number), "seen": case.steps, "words": wording(name),
        "says": OFFERS[name].says, "kept": kept, "photos_kept": photos_kept,
        "wanted": wanted_of(case) if name in FINISHING else [], "petition": _petition(form, name),
    }  # fmt: skip


def _petition(form: MoveForm, name: str) -> Petition | None:
    """What was asked, where the move decides about it: nobody decides what they do not read."""
    answer, _sep, asked = name.partition("_")
    waiting = (one for one in form.sitting.whole.petitions if one.decided_at is None and one.asked == asked)
    return next(waiting, None) if answer in {"grant", "refuse"} else None


def _say(sitting: Sitting, kind: str, form: NoteForm, *, now: datetime) -> NoteKind:
    number, by, text = sitting.case.number, sitting.by, form.cleaned_data["text"]
    if kind == NoteKind.URGE:
        actions.urge(number, text=text, by=by, now=now)
        return NoteKind.URGE
    if kind == NoteKind.INSTRUCTION:
        actions.instruct(number, text=text, by=by, now=now)
        return NoteKind.INSTRUCTION
    if kind == NoteKind.QUESTION:
        return NoteKind(actions.ask(number, text=text, by=by, now=now).kind)
    if not text.strip():
        raise Refused("note_says_nothing")
    speak: Callable[..., Any] = actions.internal if kind == NoteKind.INTERNAL else actions.comment
    return NoteKind(speak(number, text=text, files=[one.id for one in form.kept], by=by, now=now).kind)


# What is said in words alone.
_WITHOUT_FILES = frozenset({NoteKind.URGE, NoteKind.INSTRUCTION, NoteKind.QUESTION})
_WITH_NOTES_ONLY = _(
    "Photos and documents go with a comment or an internal note. They are kept below: send them with one of these, or "
    "take their ticks away."
)
