"""The call-back queue: whom to ask, what to say, and one key for each answer."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases import actions, queries
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.rules import ENOUGH_ATTEMPTS, read_number, written
from yiwang.cases.words import MOVES
from yiwang.channels.web.asking import actor_of, has_duty, only_for
from yiwang.channels.web.desk.photos import pictures
from yiwang.channels.web.desk.pressing import cursor_in, cursor_of, cursor_out
from yiwang.channels.web.polled import unless_known
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, Unseen, sentence

MOST = 50


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Everybody who is to be asked, the most pressing first, and one of them with the script beside."""
    only_for(request, Duty.CALL_BACK)
    wanted = read_number(request.GET.get("case", ""))
    return _page(request, _found(request, wanted) if wanted else None)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The list alone, for whoever has had it before."""
    only_for(request, Duty.CALL_BACK)
    return unless_known(request, render(request, "desk/calls_list.html", _list(request)))


def one(request: HttpRequest, number: int) -> HttpResponse:
    """One case to be put beside the list; when its form was sent, the answer is written down."""
    only_for(request, Duty.CALL_BACK)
    case = _found(request, number)
    if request.method == "POST":
        return _answered(request, case)
    if "HX-Request" not in request.headers:
        return redirect(f"{reverse('calls')}?case={written(number)}")
    return render(request, "desk/calls_case.html", _chosen(request, case))


@require_POST
@never_cache
def reveal(request: HttpRequest, number: int) -> HttpResponse:
    """The reporter's name and phone, uncovered in order to call them: written down, and shown to the reporter."""
    only_for(request, Duty.CALL_BACK, Duty.SEE_PERSONAL)
    case = _found(request, number)
    # The reporter reads it: it is said in the language of the installation, whoever sits here.
    with translation.override(settings.LANGUAGE_CODE):
        purpose = str(MOVES["call_back"])
    try:
        name, phone = actions.reveal(number, purpose=purpose, by=actor_of(request), now=timezone.now())
    except Refused as refusal:
        return _page(request, case, wrong=sentence(refusal), status=422)
    if "HX-Request" in request.headers:
        return render(request, "desk/calls_phone.html", {"name": name, "phone": phone})
    return _page(request, case, name=name, phone=phone)


def _answered(request: HttpRequest, case: Case) -> HttpResponse:
    act = _ANSWERS.get(request.POST.get("do", ""))
    seen, words = request.POST.get("seen", ""), request.POST.get("words", "").strip()
    if act is None or not seen.isdecimal():
        raise Http404
    by, behind = actor_of(request), cursor_of(case)
    try:
        said = act(case, by, int(seen), words)
    except Unseen as gone:
        raise Http404 from gone
    except Refused as refusal:
        return _page(request, _found(request, case.number), wrong=sentence(refusal), words=words, status=422)
    for level, text in said:
        messages.add_message(request, level, f"{written(case.number)}: {text}")
    following = queries.to_call(by, cursor=behind, limit=1)
    return redirect(f"{reverse('calls')}?case={written(following[0].number)}" if following else "calls")


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


def _found(request: HttpRequest, number: int) -> Case:
    try:
        return queries.case(actor_of(request), number)
    except Unseen as unseen:
        raise Http404 from unseen


def _chosen(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {
        "case": case, "photos": pictures(case.photos, timezone.now()), "now": timezone.now(),
        "may_reveal": has_duty(request, Duty.SEE_PERSONAL) and case.contact is not None,
        "to_ask": case.takes("call_back"), "to_decide": case.takes("reopen"),
        "tried_enough": case.attempts >= ENOUGH_ATTEMPTS, "of": ENOUGH_ATTEMPTS, "caller": request.user,
    }  # fmt: skip


def _list(request: HttpRequest) -> dict[str, Any]:
    after = request.GET.get("after", "")
    cases = queries.to_call(actor_of(request), cursor=cursor_in(after), limit=MOST + 1)
    return {"cases": cases[:MOST], "more": cursor_out(cases, MOST), "after": after, "now": timezone.now()}


def _page(request: HttpRequest, case: Case | None, *, status: int = 200, **said: str) -> HttpResponse:
    shown = _list(request)
    case = case or next(iter(shown["cases"]), None)
    shown |= {**(_chosen(request, case) if case else {}), **said}
    shown["keys"] = [
        ("j / k", _("next, previous case")), ("p", _("uncover the phone")), ("1", _("reached and satisfied")),
        ("2", _("solved, not satisfied")), ("3", _("not solved")), ("4", _("not reached")),
        ("/", _("write what was said")), ("?", _("these keys")),
    ]  # fmt: skip
    return render(request, "desk/calls.html", shown, status=status)
