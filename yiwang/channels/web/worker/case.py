"""One case on a telephone: what it is, where, until when, and what this worker may do with it now."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from yiwang.cases import actions
from yiwang.cases.access import capacities
from yiwang.cases.rules import Capacity
from yiwang.cases.words import MOVES
from yiwang.channels.web.asking import has_duty
from yiwang.channels.web.case.asked import wanted_of
from yiwang.channels.web.case.choices import Sitting
from yiwang.channels.web.case.making import NoteForm, case_of, may_urge, said, sitting_of, status_of
from yiwang.channels.web.case.moves import OFFERS, open_now
from yiwang.channels.web.case.page import page_of
from yiwang.channels.web.drawing import drawn_for
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.polled import unless_known
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.supervision.queries import orders_about

# Looked at beside the photos, on a page of their own.
BY_LOOKING = frozenset({"confirm", "send_back"})


@require_safe
@never_cache
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case as it stands, and its moves as large buttons; a move that asks nothing is made by its button."""
    return _page(request, sitting_of(request, number))


@require_safe
def changed(request: HttpRequest, number: str) -> HttpResponse:
    """Whether somebody has moved the case on since this page was opened: asked again and again, and mostly nothing."""
    found = case_of(request, number)
    shown = {"number": number, "is_new": request.GET.get("seen") != str(found.steps)}
    return unless_known(request, render(request, "worker/changed.html", shown))


@form_of("today-case", "number")
@never_cache
def say(request: HttpRequest, number: str) -> HttpResponse:
    """Something said beside the moves."""
    sitting = sitting_of(request, number)
    if refused := said(request, sitting):
        return _page(request, sitting, notes=refused, status=422)
    return redirect("today-case", number)


@sensitive_post_parameters()
@form_of("today-case", "number")
@never_cache
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """The reporter's name and phone, uncovered in order to call them: written down, and shown to the reporter."""
    sitting = sitting_of(request, number)
    # The reporter reads it: it is said in the language of the installation, whoever sits here.
    with translation.override(settings.LANGUAGE_CODE):
        purpose = str(MOVES["call_back"])
    try:
        name, phone = actions.reveal(sitting.case.number, purpose=purpose, by=sitting.by, now=timezone.now())
    except Refused as refusal:
        return _page(request, sitting, wrong=sentence(refusal), status=status_of(refusal))
    return _page(request, sitting_of(request, number), revealed={"name": name, "phone": phone})


def _page(
    request: HttpRequest, sitting: Sitting, *, notes: NoteForm | None = None, wrong: str = "",
    revealed: dict[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    found = sitting.case
    moves = list(open_now(sitting))
    looks = any(move.name in BY_LOOKING for move in moves)
    shown: dict[str, Any] = {
        "page": page_of(sitting.whole, now=timezone.now()), "wanted": wanted_of(found), "wrong": wrong,
        "moves": [(move, _asks_nothing(sitting, move.name)) for move in moves if move.name not in BY_LOOKING],
        "to_check": looks and not is_own(sitting), "notes": notes or NoteForm(),
        "may_reveal": _may_reveal(request, sitting), "revealed": revealed, "may_urge": may_urge(sitting),
        "orders": orders_about(sitting.by, found.number),
        "may_instruct": Capacity.SUPERVISOR in capacities(sitting.by, found),
    }  # fmt: skip
    return render(request, "worker/case.html", shown | drawn_for(request, found.place), status=status)


def is_own(sitting: Sitting) -> bool:
    """Whether this person, or one of their posts, said that it is done: somebody else looks."""
    return sitting.case.handler == sitting.by.identity or sitting.case.lead_id in sitting.by.posts


def _asks_nothing(sitting: Sitting, name: str) -> bool:
    """Whether a move is made by its button alone."""
    fields = OFFERS[name].takes(sitting).fields.values()
    return all(isinstance(field.widget, forms.HiddenInput) for field in fields)


def _may_reveal(request: HttpRequest, sitting: Sitting) -> bool:
    calls = sitting.case.takes("call_back") and Capacity.CALLER in capacities(sitting.by, sitting.case)
    return calls and has_duty(request, Duty.SEE_PERSONAL) and sitting.case.contact is not None
