"""The reporter's own page: where their report stands, and what they may do about it.

Number and secret open it; whoever has both is the reporter.
"""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from yiwang.cases import actions
from yiwang.cases.access import reporter
from yiwang.cases.queries import ReportView, told
from yiwang.cases.rules import LONGEST_TEXT, State, promise_counts, read_number, urging_helps, written
from yiwang.channels.web.resident import sending
from yiwang.channels.web.resident.telling import events, files_of
from yiwang.channels.web.resident.words import STANDING
from yiwang.formalism.actions import rate
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on

# Only the place of the server goes along with a link or a form of this page, never the secret in its address. With
# "no-referrer" browsers would hide even that, and our own forms could not be told from those of another site.
REFERRER = "strict-origin"
_YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def _words(label: Any, *, required: bool, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"class": "weui-textarea", "rows": rows})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=required, widget=widget)


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_YES_NO, widget=forms.RadioSelect)


class AddForm(forms.Form):
    """What the reporter adds; photos come beside it."""

    text = _words(_("What would you like to add?"), required=False)


class AnswerForm(forms.Form):
    """What the reporter answers; photos come beside it."""

    text = _words(_("Your answer"), required=False)


class UrgeForm(forms.Form):
    """Nothing need be said to remind somebody."""


class RateForm(forms.Form):
    """What the reporter says of the result."""

    solved = _choice(_("Is it solved?"))
    satisfied = _choice(_("Are you satisfied with how it was dealt with?"))
    words = _words(_("Anything else (may stay empty)"), required=False)


class ReopenForm(forms.Form):
    """Why it is not done."""

    reason = _words(_("What is not done yet?"), required=True)


class WithdrawForm(forms.Form):
    """A reason helps, but is nobody's due."""

    reason = _words(_("Why? (may stay empty)"), required=False, rows=2)


# In the order in which the page offers them.
FORMS: dict[str, type[forms.Form]] = {
    "answer": AnswerForm,
    "call_back": RateForm,
    "reopen": ReopenForm,
    "add": AddForm,
    "urge": UrgeForm,
    "withdraw": WithdrawForm,
}
WITH_PHOTOS = frozenset({"answer", "add"})
_DONE = {
    "answer": _("Thank you. Whoever asked can read your answer now."),
    "add": _("Added. Whoever deals with it can read it now."),
    "urge": _("Whoever deals with it was reminded."),
    "call_back": _("Thank you. Your answer stands in the record as you gave it."),
    "reopen": _("It is dealt with once more."),
    "withdraw": _("You have taken it back."),
}


def address_of(number: int, secret: str) -> str:
    """The address of a report's page: number and secret together open it."""
    return f"{reverse('follow', args=[written(number)])}?{urlencode({'secret': secret})}"


@login_not_required
@never_cache
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """The report; when one of its forms was sent, the act and the report again. Steps on the ground itself."""
    known = read_number(number)
    if known is None:
        raise Http404
    secret = request.GET.get("secret", "").replace(" ", "")
    view = told(known, secret) if secret else None
    answer = _asked_for_code(request, known, given=bool(secret)) if view is None else _shown(request, view, secret)
    answer["Referrer-Policy"] = REFERRER
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _asked_for_code(request: HttpRequest, number: int, *, given: bool) -> HttpResponse:
    """Ask for the code that belongs to the number; whoever guesses is slowed down."""
    wait = sending.too_often(request) if given else 0
    page = render(request, "resident/code.html", {"number": written(number), "wrong": given})
    if wait:
        return sending.asked_to_wait(page, wait)
    page.status_code = 404 if given else 200
    return page


def _shown(request: HttpRequest, view: ReportView, secret: str) -> HttpResponse:
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in FORMS:
        return _page(request, view, secret)
    form = FORMS[act](request.POST)
    form.is_valid()
    photos = sending.photos_of(request, form, by=reporter()) if act in WITH_PHOTOS else []
    wait = sending.too_often(request)
    if wait:
        form.add_error(None, sending.wait_sentence(wait))
    if not form.errors and _done(request, act, form, view, photos):
        messages.success(request, _DONE[act])
        return redirect(address_of(int(view.number), secret))
    page = _page(request, told(int(view.number), secret) or view, secret, sent=(act, form), kept=photos)
    return sending.asked_to_wait(page, wait) if wait else page


def _done(request: HttpRequest, act: str, form: forms.Form, view: ReportView, photos: list[UUID]) -> bool:
    """Whether the act was done; where it was refused, the form says why."""
    number, said = int(view.number), form.cleaned_data
    rest: dict[str, Any] = {"by": reporter(), "now": timezone.now()}
    acts: dict[str, Callable[[], object]] = {
        "answer": lambda: actions.add(number, text=said["text"], files=photos, **rest),
        "add": lambda: actions.add(number, text=said["text"], files=photos, **rest),
        "urge": lambda: actions.urge(number, **rest),
        "call_back": lambda: rate(
            number,
            solved=said["solved"] == "yes",
            satisfied=said["satisfied"] == "yes",
            words=said["words"],
            address=request.META.get("REMOTE_ADDR", ""),
            agent=request.headers.get("User-Agent", ""),
            person=request.user.pk,
            **rest,
        ),
        "reopen": lambda: actions.reopen(number, reason=said["reason"], **rest),
        "withdraw": lambda: actions.withdraw(number, reason=said["reason"], **rest),
    }
    try:
        with standing_on(EVERYWHERE):
            acts[act]()
    except Refused as refusal:
        form.add_error(None, sentence(refusal))
        return False
    return True


def _page(
    request: HttpRequest, view: ReportView, secret: str, *, sent: tuple[str, forms.Form] | None = None,
    kept: Sequence[UUID] = (),
) -> HttpResponse:  # fmt: skip
    state = State(view.state)
    able = {*view.moves, "answer" if view.question else "add", *({"urge"} if urging_helps(state) else ())}
    forms_shown = {act: form(auto_id=f"{act}_%s") for act, form in FORMS.items() if act in able}
    if sent:
        forms_shown[sent[0]] = sent[1]
    address = request.build_absolute_uri(address_of(int(view.number), secret))
    photos = {photo.id: photo for photo in sending.shown(files_of(view))}
    own = [photos[one] for one in view.photos if one in photos]
    shown = {
        "view": view, "secret": secret, "standing": STANDING[state], "now": timezone.now(), "forms": forms_shown,
        "sent": sent[0] if sent else "", "due": view.due_at if promise_counts(state) else None,
        "fresh": len(view.steps) <= 1, "events": events(view, photos), "photos": own,
        "most_photos": sending.MOST_PHOTOS, "kept": sending.shown(kept), "address": address,
        "picture": segno.make(address, error="m").png_data_uri(scale=6, border=2),
    }  # fmt: skip
    return render(request, "resident/follow.html", shown)
