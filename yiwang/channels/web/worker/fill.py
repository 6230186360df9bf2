"""Fill in a form on a telephone: what was said before stands there; kept as a draft, sent in, corrected."""

from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.naming import unit_named
from yiwang.forms import actions, queries
from yiwang.forms.models import Question
from yiwang.forms.rules import LARGEST_NUMBER, LONGEST_ANSWER, MOST_DECIMALS, State, answer_fault, is_open
from yiwang.plumbing.refusals import Refused, Unseen, sentence

_QUOTED = 20


class Field(NamedTuple):
    """A question, what stands in it, and what is wrong with that where it was sent in."""

    question: Question
    said: str
    wrong: str


@require_http_methods(["GET", "POST"])
@never_cache
def fill(request: HttpRequest, number: int) -> HttpResponse:
    """The form; sent with `do=keep` it is kept as a draft. What is refused is kept too."""
    if request.method == "POST":
        return _sent(request, number)
    return _page(request, number)


def _sent(request: HttpRequest, number: int) -> HttpResponse:
    by, now = actor_of(request), timezone.now()
    said = {name.removeprefix("q"): str(value) for name, value in request.POST.items() if name[1:].isdecimal()}
    try:
        actions.keep_draft(number, said, by=by, now=now)
        if request.POST.get("do") == "keep":
            messages.success(request, _("Kept. Nobody sees it until you send it in."))
            return redirect("today-form", number)
        actions.send_in(number, said, by=by, now=now, minutes=_minutes(request, now))
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        return _page(request, number, refused=refusal, given=said, status=422)
    messages.success(request, _("Sent in. Thank you."))
    return redirect("today")


def _minutes(request: HttpRequest, now: datetime) -> int | None:
    """How long it took since the page was opened."""
    try:
        began = parse_datetime(request.POST.get("began", ""))
    except ValueError:
        return None
    return round((now - began).total_seconds() / 60) if began and timezone.is_aware(began) else None


def _page(
    request: HttpRequest, number: int, *, refused: Refused | None = None, given: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    by, now = actor_of(request), timezone.now()
    try:
        stands = queries.to_fill(by, number)
    except Unseen as unseen:
        raise Http404 from unseen
    said = queries.begun(by, stands) if given is None else given
    form = stands.form
    unfit = refused is not None and refused.code == "answers_unfit"
    answers = [(one, said.get(str(one.pk), "")) for one in stands.questions]
    shown = {
        "form": form, "unit": unit_named(form.unit), "now": now, "wrong_said": sentence(refused) if refused else "",
        "fields": [Field(one, answer, _wrong(one, answer) if unfit else "") for one, answer in answers],
        "returned": next((one.at for one in stands.returns.values()), None),
        "open": is_open(State(form.state), form.closes_at, now),
    }  # fmt: skip
    return render(request, "worker/fill.html", shown, status=status)


def _wrong(question: Question, said: str) -> str:
    """What is wrong with an answer, and what would be right."""
    fault = answer_fault(question.asks, said)
    if not fault:
        return ""
    allowed = {"largest": f"{LARGEST_NUMBER:,}", "decimals": MOST_DECIMALS, "most": LONGEST_ANSWER}
    return sentence(Refused(fault, said=said.strip()[:_QUOTED], **allowed))
