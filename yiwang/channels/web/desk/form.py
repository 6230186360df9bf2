"""One form: who has returned it, what came of each question; remind, withdraw, stop, take away."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.cases.access import Actor
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.giving_out import given_out
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import moment, place_name, post_name, unit_named
from yiwang.forms import actions, queries
from yiwang.forms.access import capacities
from yiwang.forms.models import Question
from yiwang.forms.rules import LIFE, Every, Kind, State, Summed, is_open, really_takes
from yiwang.forms.words import EVERY, MOVES, YES_NO
from yiwang.people.queries import names_of
from yiwang.plumbing.refusals import Refused, Unseen, sentence


class Line(NamedTuple):
    """A worker, and what they answered in the order of the questions; nothing where they have not."""

    name: str
    place: str
    at: Any
    answers: list[str]


class Came(NamedTuple):
    """What came of one question."""

    question: Question
    summed: Summed
    counts: list[tuple[str, int]]


@require_safe
@never_cache
def form(request: HttpRequest, number: int) -> HttpResponse:
    """The form as it stands now."""
    return _page(request, number)


@form_of("form", "number")
def act(request: HttpRequest, number: int) -> HttpResponse:
    """Remind, withdraw or stop, as the pressed button says."""
    by, now, do = actor_of(request), timezone.now(), request.POST.get("do", "")
    try:
        if do == "remind":
            found = actions.remind(number, by=by, now=now)
            messages.success(request, _("%(n)s people were reminded.") % {"n": found.people})
        elif do in {"withdraw", "stop"}:
            end = actions.withdraw if do == "withdraw" else actions.stop
            end(number, because=request.POST.get("because", ""), by=by, now=now)
            messages.success(request, _("Written down."))
        else:
            raise Http404
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        return _page(request, number, wrong=sentence(refusal), status=422)
    return redirect("form", number)


@require_safe
@never_cache
def as_file(request: HttpRequest, number: int, kind: str) -> HttpResponseBase:
    """The table as it is shown, to be taken away."""
    try:
        found = actions.give_out(number, by=actor_of(request), now=timezone.now(), form=kind)
    except Unseen as unseen:
        raise Http404 from unseen
    headings = [_("Worker"), _("place"), _("Sent in"), *(_heading(one) for one in found.questions)]
    rows = [[one.name, one.place, moment(one.at) if one.at else "", *one.answers] for one in _lines(found)]
    return given_out(request, kind, f"form-{number}", headings, lambda: rows, back=reverse("form", args=[number]))


def _page(request: HttpRequest, number: int, *, wrong: str = "", status: int = 200) -> HttpResponse:
    by, now = actor_of(request), timezone.now()
    try:
        found = queries.standing(by, number)
    except Unseen as unseen:
        raise Http404 from unseen
    one = found.form
    is_opened = is_open(State(one.state), one.closes_at, now)
    series = one.series
    took = [sent.minutes for sent in found.returns.values() if sent.minutes is not None]
    shown = {
        "form": one, "number": number, "now": now, "wrong_said": wrong, "given": request.POST,
        "state": one.get_state_display(), "unit": unit_named(one.unit), "asker": post_name(one.post),
        "open": is_opened, "series": series, "rounds": queries.rounds_of(by, one),
        "every": EVERY[Every(series.every)] if series else "",
        "lines": list(_lines(found)), "questions": found.questions, "people": len(found.people),
        "returned": len(found.returns), "came": [_came(*each) for each in found.sums],
        "took": really_takes(took, one.minutes) if took else None, "moves": _moves(by, found, now),
    }  # fmt: skip
    return render(request, "desk/form.html", shown, status=status)


def _moves(by: Actor, found: queries.Standing, now: datetime) -> list[tuple[str, str, bool]]:
    """Of what has closed only the rounds to come can be ended."""
    form = found.form
    able = list(LIFE.open_moves(State(form.state), duties=capacities(by, form)))
    if not is_open(State(form.state), form.closes_at, now):
        able = [one for one in able if one.into is not None and form.series and form.series.next_on]
    return [
        (one.name, str(MOVES[one.name]), "reason" in one.needs)
        for one in able
        if one.name != "remind" or found.missing
    ]


def _lines(found: queries.Standing) -> Iterator[Line]:
    names = names_of({one.person for one in found.people})
    # Who has returned it first.
    for one in sorted(found.people, key=lambda each: each.person not in found.returns):
        sent = found.returns.get(one.person)
        said = sent.answers if sent else {}
        answers = [_words(each, said.get(str(each.pk), "")) for each in found.questions]
        yield Line(names.get(one.person, "—"), place_name(one.place), sent.at if sent else None, answers)


def _came(question: Question, summed: Summed) -> Came:
    counted = question.kind in {Kind.YES, Kind.ONE}
    most = [(_words(question, said), n) for said, n in summed.counts.most_common()] if counted else []
    return Came(question, summed, most)


def _words(question: Question, said: str) -> str:
    return str(YES_NO.get(said, said)) if question.kind == Kind.YES else said


def _heading(question: Question) -> str:
    return f"{question.text}（{question.unit}）" if question.unit else question.text
