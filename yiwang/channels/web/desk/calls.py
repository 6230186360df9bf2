"""The call-back queue: whom to ask, what to say, and one key for each answer."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.callbacks.queries import to_be_called, whys
from yiwang.cases import actions, queries
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.rules import ENOUGH_ATTEMPTS, State, written
from yiwang.cases.words import MOVES
from yiwang.channels.web.asking import actor_of, has_duty, only_for
from yiwang.channels.web.case.page import lines_of
from yiwang.channels.web.desk.beside import Beside
from yiwang.channels.web.desk.photos import pictures
from yiwang.channels.web.form_only import form_of
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, Unseen, sentence

# Whose words say what was done.
_DONE = ("finish", "settle")


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Everybody who is to be asked, the most pressing first, and one of them with the script beside."""
    return CALLS.page(request)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The list alone, for whoever has had it before."""
    return CALLS.list_alone(request)


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as it is wanted, to be taken away."""
    return CALLS.as_file(request, form)


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One case to be put beside the list; when its form was sent, the answer is written down."""
    case = CALLS.found(request, number)
    return _answered(request, case) if request.method == "POST" else CALLS.pane(request, case)


@form_of("calls")
@never_cache
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """The reporter's name and phone, uncovered in order to call them: written down, and shown to the reporter."""
    only_for(request, Duty.SEE_PERSONAL)
    case = CALLS.found(request, number)
    # The reporter reads it: it is said in the language of the installation, whoever sits here.
    with translation.override(settings.LANGUAGE_CODE):
        purpose = str(MOVES["call_back"])
    try:
        name, phone = actions.reveal(number, purpose=purpose, by=actor_of(request), now=timezone.now())
    except Refused as refusal:
        return CALLS.page(request, case, wrong_said=sentence(refusal), status=422)
    if "HX-Request" in request.headers:
        return render(request, "desk/calls_phone.html", {"name": name, "phone": phone})
    return CALLS.page(request, case, name=name, phone=phone)


def _answered(request: HttpRequest, case: Case) -> HttpResponse:
    act = _ANSWERS.get(request.POST.get("do", ""))
    seen, words = request.POST.get("seen", ""), request.POST.get("words", "").strip()
    if act is None or not seen.isdecimal():
        raise Http404
    try:
        said = act(case, actor_of(request), int(seen), words)
    except Unseen as gone:
        raise Http404 from gone
    except Refused as refusal:
        found = CALLS.found(request, case.number)
        at = "words" if refusal.code == "answer_in_words" else ""
        return CALLS.page(request, found, wrong_said=sentence(refusal), wrong_at=at, words=words, status=422)
    for level, text in said:
        messages.add_message(request, level, f"{written(case.number)}{_(': ')}{text}")
    # Who is told to decide now has it before them still.
    return CALLS.stay(request, case) if act is _dissatisfied else CALLS.next_one(request, case)


Said = list[tuple[int, str]]


def _satisfied(case: Case, by: Actor, seen: int, words: str) -> Said:
    asked = _ask(case, by, seen, words, solved=True, satisfied=True)
    return _then(_("satisfied, and closed"), lambda: _close(asked, by, asked.steps, ""))


def _dissatisfied(case: Case, by: Actor, seen: int, words: str) -> Said:
    _ask(case, by, seen, words, solved=True, satisfied=False)
    return [(messages.SUCCESS, _("solved, not satisfied: decide now whether to close or to reopen"))]


def _unsolved(case: Case, by: Actor, seen: int, words: str) -> Said:
    if not words:
        raise Refused("answer_in_words")
    asked = _ask(case, by, seen, words, solved=False, satisfied=False)
    return _then(_("not solved, and reopened"), lambda: _reopen(asked, by, asked.steps, words))


def _not_reached(case: Case, by: Actor, seen: int, words: str) -> Said:
    tried = actions.no_answer(case.number, words=words, by=by, now=timezone.now(), seen=seen).attempts
    return [(messages.SUCCESS, _("not reached, attempt %(n)s of %(of)s") % {"n": tried, "of": ENOUGH_ATTEMPTS})]


def _close(case: Case, by: Actor, seen: int, words: str) -> Said:
    actions.close(case.number, reason=words, by=by, now=timezone.now(), seen=seen)
    return [(messages.SUCCESS, _("closed"))]


def _reopen(case: Case, by: Actor, seen: int, words: str) -> Said:
    if not words:
        raise Refused("answer_in_words")
    actions.reopen(case.number, reason=words, by=by, now=timezone.now(), seen=seen)
    return [(messages.SUCCESS, _("reopened"))]


def _ask(case: Case, by: Actor, seen: int, words: str, *, solved: bool, satisfied: bool) -> Case:
    return actions.call_back(
        case.number, solved=solved, satisfied=satisfied, words=words, by=by, now=timezone.now(), seen=seen
    )


def _then(done: str, act: Callable[[], Said]) -> Said:
    """What follows an answer may be refused; the answer itself is kept all the same."""
    try:
        act()
    except Refused as refusal:
        return [(messages.SUCCESS, _("the answer is kept")), (messages.ERROR, sentence(refusal))]
    return [(messages.SUCCESS, done)]


_ANSWERS: dict[str, Callable[[Case, Actor, int, str], Said]] = {
    "satisfied": _satisfied, "dissatisfied": _dissatisfied, "unsolved": _unsolved, "not_reached": _not_reached,
    "close": _close, "reopen": _reopen,
}  # fmt: skip


def _chosen(request: HttpRequest, case: Case) -> dict[str, Any]:
    now = timezone.now()
    return {
        "case": case, "photos": pictures(case.photos, now), "now": now, "why": whys([case])[case.number],
        "done": lines_of(case, queries.last_steps(case, most=1, moves=_DONE), now=now),
        "may_reveal": has_duty(request, Duty.SEE_PERSONAL) and case.contact is not None,
        "to_ask": case.takes("call_back"), "to_decide": case.takes("reopen"),
        # Who is satisfied has nothing reopened.
        "may_reopen": case.satisfied is False,
        "tried_enough": case.attempts >= ENOUGH_ATTEMPTS, "of": ENOUGH_ATTEMPTS,
    }  # fmt: skip


def _around() -> dict[str, Any]:
    return {
        "keys": [
            ("j / k", _("next, previous case")), ("p", _("uncover the phone")), ("1", _("reached and satisfied")),
            ("2", _("solved, not satisfied")), ("3", _("not solved")), ("4", _("not reached")),
            ("x", _("close")), ("o", _("reopen")), ("/", _("write what was said")),
            ("f", _("filter the list")), ("?", _("these keys")),
        ]
    }  # fmt: skip


def _told(cases: list[Case]) -> dict[str, Any]:
    return {"whys": whys(cases)}


CALLS = Beside(
    "calls", "call", Duty.CALL_BACK, frozenset({State.CHECKED, State.CALLED_BACK}), queries.to_call,
    queries.count_calls, _chosen, _around, narrow=to_be_called, told=_told,
)  # fmt: skip
