"""One case, for everybody who works on it: as it stands, what may be done with it now, what is said beside it."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases import actions, queries
from yiwang.cases.access import Actor, acting, capacities
from yiwang.cases.models import Case
from yiwang.cases.rules import LIFE, Capacity, NoteKind, State, read_number, written
from yiwang.cases.words import NOTES, STATES
from yiwang.channels.web.asking import person_of
from yiwang.channels.web.desk.case_choices import Sitting
from yiwang.channels.web.desk.case_forms import MoveForm, words
from yiwang.channels.web.desk.case_moves import NO_ANSWER, OFFERS, open_now, wording
from yiwang.channels.web.desk.case_page import page_of
from yiwang.channels.web.desk.case_photos import WithPhotos, photos
from yiwang.channels.web.polled import is_known, marked, marks
from yiwang.channels.web.templatetags.times import left
from yiwang.people import access
from yiwang.people.rules import Duty
from yiwang.plumbing.files import actions as files
from yiwang.plumbing.refusals import NotYours, Overtaken, Refused, Unseen, sentence

# So many moves are buttons; the others are behind “more”.
USUAL = 4
FORBIDDEN, CONFLICT, UNFIT = HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY


class NoteForm(forms.Form):
    """Something said beside the moves."""

    text = words(_("What is to be said"), required=False)
    attached = photos(
        _("Photos or documents"), help_text=_("With comments and internal notes only."),
        accept="",
    )  # fmt: skip


class RevealForm(forms.Form):
    """What for."""

    purpose = forms.CharField(
        label=_("Purpose"), max_length=200,
        help_text=_("It is written down, and the reporter reads it."),
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )  # fmt: skip


@require_safe
@never_cache
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case with its history, and the moves that are open."""
    return _page(request, _sitting(request, number))


@require_safe
def now(request: HttpRequest, number: str) -> HttpResponse:
    """What others can change on the page, for whoever has had it before."""
    read = _number(number)
    try:
        mark = _mark(queries.case(_actor(request), read))
    except Unseen:
        raise Http404 from None
    if is_known(request, mark):
        return marked(HttpResponse(), mark, request)
    return marked(render(request, "desk/case_now.html", _standing(_sitting(request, number))), mark, request)


@never_cache
def move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The small form of a move, within the page or alone as its part; sent, the move is made."""
    if name not in OFFERS:
        raise Http404
    if request.method == "POST":
        return _made(request, number, name)
    sitting = _sitting(request, number)
    if fault := _not_open(sitting, name):
        messages.error(request, sentence(fault))
        return redirect("case", number)
    form = OFFERS[name].takes(sitting)
    if "HX-Request" in request.headers:
        return render(request, "desk/case_move.html", {"opened": _form_shown(sitting.case, name, form)})
    return _page(request, sitting, opened=_form_shown(sitting.case, name, form))


@require_POST
def say(request: HttpRequest, number: str) -> HttpResponse:
    """A comment, an internal note, a reminder or an instruction; the state stays as it is."""
    sitting, now = _sitting(request, number), timezone.now()
    form = NoteForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            kind = _say(sitting, request.POST.get("kind", ""), form, now=now)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
        else:
            messages.success(request, gettext("Written down: %(what)s.") % {"what": NOTES[kind]})
            return redirect("case", number)
    return _page(request, sitting, notes=form, status=UNFIT)


@sensitive_post_parameters()
@require_POST
@never_cache
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Name and phone of the reporter, for a purpose that is written down."""
    sitting = _sitting(request, number)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, sitting, reveal=form, status=UNFIT)
    try:
        name, phone = actions.reveal(
            sitting.case.number, purpose=form.cleaned_data["purpose"], by=sitting.by, now=timezone.now()
        )
    except Refused as refusal:
        form.add_error("purpose", sentence(refusal))
        return _page(request, sitting, reveal=form, status=_status(refusal))
    return _page(request, _sitting(request, number), revealed={"name": name, "phone": phone})


def _actor(request: HttpRequest) -> Actor:
    return acting(person_of(request), on=timezone.localdate(), channel="web")


def _sitting(request: HttpRequest, number: str) -> Sitting:
    """The case for this person, or nothing here at all."""
    by = _actor(request)
    try:
        return Sitting(queries.whole(by, _number(number)), by, timezone.localdate())
    except Unseen:
        raise Http404 from None


def _number(number: str) -> int:
    read = read_number(number)
    if read is None:
        raise Http404
    return read


def _mark(found: Case) -> str:
    """Another one after each step and note, and whenever the time that is left is said in other words."""
    soon = left(found.next_due_at, timezone.now()) if found.next_due_at else ""
    return marks(f"{found.number} {queries.seen_of(found)} {soon}".encode())


def _not_open(sitting: Sitting, name: str) -> Refused | None:
    """Why a move's form is not shown, by the table alone."""
    found, by_table = sitting.case, "call_back" if name == NO_ANSWER else name
    if by_table in queries.moves_open_to(sitting.by, found):
        return None
    state, said = State(found.state), wording(name)
    if any(one.name == by_table for one in LIFE.open_moves(state, duties=set(Capacity))):
        return NotYours("move_not_yours", move=said)
    return Overtaken("move_too_late", move=said, state=STATES[state])


def _made(request: HttpRequest, number: str, name: str) -> HttpResponse:
    sitting, offer, now = _sitting(request, number), OFFERS[name], timezone.now()
    form = offer.takes(sitting, request.POST, request.FILES)
    status = UNFIT
    if form.is_valid() and (not isinstance(form, WithPhotos) or form.keep(by=sitting.by.subject, at=now)):
        try:
            seen = form.cleaned_data["seen"]
            offer.act(sitting.case.number, **form.inputs(), by=sitting.by, now=now, seen=seen)
        except Refused as refusal:
            form.add_error(None, sentence(refusal))
            status = _status(refusal)
        else:
            messages.success(request, gettext("Done: %(move)s.") % {"move": wording(name)})
            return _after(request, sitting)
    sitting = _sitting(request, number)
    return _page(request, sitting, opened=_form_shown(sitting.case, name, form), status=status)


def _after(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Back to the case, or home where it is not this person's to see any more."""
    try:
        queries.case(sitting.by, sitting.case.number)
    except Unseen:
        messages.warning(request, gettext("The case is now with others, and no longer among yours."))
        return redirect("home")
    return redirect("case", written(sitting.case.number))


def _say(sitting: Sitting, kind: str, form: NoteForm, *, now: Any) -> NoteKind:
    number, by, text = sitting.case.number, sitting.by, form.cleaned_data["text"]
    if kind == NoteKind.URGE:
        actions.urge(number, text=text, by=by, now=now)
        return NoteKind.URGE
    if kind == NoteKind.INSTRUCTION:
        actions.instruct(number, text=text, by=by, now=now)
        return NoteKind.INSTRUCTION
    if not text.strip():
        raise Refused("note_says_nothing")
    ground = sitting.case.place
    kept = [
        files.keep(file.read(), name=file.name or "", by=by.subject, ground=ground, at=now).file.pk
        for file in form.cleaned_data["attached"]
    ]
    speak = actions.internal if kind == NoteKind.INTERNAL else actions.comment
    return NoteKind(speak(number, text=text, files=kept, by=by, now=now).kind)


def _status(refusal: Refused) -> HTTPStatus:
    if isinstance(refusal, Overtaken):
        return CONFLICT
    return FORBIDDEN if isinstance(refusal, NotYours) else UNFIT


def _form_shown(case: Case, name: str, form: MoveForm) -> dict[str, Any]:
    """A form as its template takes it. What was looked at is what stands there now: the sentence has said so."""
    kept = form.kept_signed if isinstance(form, WithPhotos) and form.is_bound else ""
    photos_kept = len(getattr(form, "shown", ()))
    return {
        "form": form, "name": name, "number": written(case.number), "seen": case.steps, "words": wording(name),
        "says": OFFERS[name].says, "kept": kept, "photos_kept": photos_kept,
    }  # fmt: skip


def _standing(sitting: Sitting) -> dict[str, Any]:
    """The case as it stands, and what may be done with it now."""
    moves = list(open_now(sitting))
    keys = [
        *((move.key, move.words) for move in moves if move.key),
        ("Esc", gettext("leave it")),
        ("?", gettext("these keys")),
    ]
    return {
        "page": page_of(sitting.whole, now=timezone.now()), "moves": moves, "usual": moves[:USUAL],
        "more": moves[USUAL:], "keys": keys,
    }  # fmt: skip


def _page(
    request: HttpRequest, sitting: Sitting, *, opened: dict[str, Any] | None = None, notes: NoteForm | None = None,
    reveal: RevealForm | None = None, revealed: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    found, by, on = sitting.case, sitting.by, sitting.on
    grounds = access.grounds_of(person_of(request).pk, on)
    may_reveal = found.contact is not None and access.may(person_of(request).pk, Duty.SEE_PERSONAL, found.place, on=on)
    shown = _standing(sitting) | {
        "opened": opened, "notes": notes or NoteForm(), "etag": _mark(found),
        "reveal": (reveal or RevealForm()) if may_reveal else None, "revealed": revealed,
        "may_instruct": Capacity.SUPERVISOR in capacities(by, found), "may_urge": found.is_open,
        "drawn": [found.place] if any(code == "*" or found.place.startswith(code) for code in grounds) else [],
    }  # fmt: skip
    return render(request, "desk/case.html", shown, status=status)
