"""One case, for everybody who works on it: as it stands, what may be done with it now, what is said beside it."""

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
from django.views.decorators.http import require_safe

from yiwang.cases import actions, queries
from yiwang.cases.access import capacities, waits_above
from yiwang.cases.models import Case
from yiwang.cases.rules import Capacity, written
from yiwang.channels.web.asking import person_of
from yiwang.channels.web.case.choices import Sitting
from yiwang.channels.web.case.making import (
    UNFIT,
    NoteForm,
    case_of,
    form_shown,
    is_still_seen,
    may_urge,
    not_open,
    said,
    sitting_of,
    status_of,
    tried,
)
from yiwang.channels.web.case.moves import OFFERS, open_now
from yiwang.channels.web.case.page import page_of
from yiwang.channels.web.drawing import drawn_for
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import place_name
from yiwang.channels.web.polled import is_known, marked, marks
from yiwang.channels.web.templatetags.times import left
from yiwang.people import access
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.supervision.queries import orders_about

# So many moves are buttons; the others are behind “more”.
USUAL = 4


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
    return _page(request, sitting_of(request, number))


@require_safe
def now(request: HttpRequest, number: str) -> HttpResponse:
    """What others can change on the page, for whoever has had it before."""
    found = case_of(request, number)
    mark = _mark(found, queries.seen_of(found))
    if is_known(request, mark):
        return marked(HttpResponse(), mark, request)
    return marked(render(request, "desk/case_now.html", _standing(sitting_of(request, number))), mark, request)


@never_cache
def move(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The small form of a move, within the page or alone as its part; sent, the move is made."""
    if name not in OFFERS:
        raise Http404
    if request.method == "POST":
        return _made(request, number, name)
    sitting = sitting_of(request, number)
    if fault := not_open(sitting, name):
        messages.error(request, sentence(fault))
        return redirect("case", number)
    form = OFFERS[name].takes(sitting)
    if "HX-Request" in request.headers:
        return render(request, "desk/case_move.html", {"opened": form_shown(sitting.case, name, form)})
    return _page(request, sitting, opened=form_shown(sitting.case, name, form))


@form_of("case", "number")
def say(request: HttpRequest, number: str) -> HttpResponse:
    """A comment, an internal note, a reminder or an instruction; the state stays as it is."""
    sitting = sitting_of(request, number)
    if refused := said(request, sitting):
        return _page(request, sitting, notes=refused, status=UNFIT)
    return redirect("case", number)


@sensitive_post_parameters()
@form_of("case", "number")
@never_cache
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Name and phone of the reporter, for a purpose that is written down."""
    sitting = sitting_of(request, number)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _page(request, sitting, reveal=form, status=UNFIT)
    try:
        name, phone = actions.reveal(
            sitting.case.number, purpose=form.cleaned_data["purpose"], by=sitting.by, now=timezone.now()
        )
    except Refused as refusal:
        form.add_error("purpose", sentence(refusal))
        return _page(request, sitting, reveal=form, status=status_of(refusal))
    return _page(request, sitting_of(request, number), revealed={"name": name, "phone": phone})


def _mark(found: Case, seen: tuple[int, int]) -> str:
    """Another one after each step and note, and whenever the time that is left is said in other words."""
    soon = left(found.next_due_at, timezone.now()) if found.next_due_at else ""
    return marks(f"{found.number} {seen} {soon}".encode())


def _made(request: HttpRequest, number: str, name: str) -> HttpResponse:
    sitting = sitting_of(request, number)
    answer = tried(request, sitting, name)
    if answer.refused is None:
        seen = is_still_seen(request, sitting)
        return redirect("case", written(sitting.case.number)) if seen else redirect("home")
    sitting = sitting_of(request, number)
    return _page(request, sitting, opened=form_shown(sitting.case, name, answer.form), status=answer.refused)


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
        "above": place_name(sitting.case.desk) if waits_above(sitting.by, sitting.case) else "",
        "more": moves[USUAL:], "keys": keys, "orders": orders_about(sitting.by, sitting.case.number),
    }  # fmt: skip


def _page(
    request: HttpRequest, sitting: Sitting, *, opened: dict[str, Any] | None = None, notes: NoteForm | None = None,
    reveal: RevealForm | None = None, revealed: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    found, by, on = sitting.case, sitting.by, sitting.on
    may_reveal = found.contact is not None and access.may(person_of(request).pk, Duty.SEE_PERSONAL, found.place, on=on)
    shown = _standing(sitting) | {
        "opened": opened, "notes": notes or NoteForm(), "etag": _mark(found, queries.seen_in(sitting.whole)),
        "reveal": (reveal or RevealForm()) if may_reveal else None, "revealed": revealed,
        "may_instruct": Capacity.SUPERVISOR in capacities(by, found), "may_urge": may_urge(sitting),
        "may_ask": found.is_open and not found.is_sealed,
        "drawn": drawn_for(request, found.place),
    }  # fmt: skip
    return render(request, "desk/case.html", shown, status=status)
