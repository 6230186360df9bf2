"""Look whether somebody else's work is done: how it was, how the handler left it, and what one sees there now."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from yiwang.channels.web.case.asked import away
from yiwang.channels.web.case.choices import Sitting
from yiwang.channels.web.case.forms import MoveForm
from yiwang.channels.web.case.making import form_shown, not_open, sitting_of, tried
from yiwang.channels.web.case.moves import OFFERS
from yiwang.channels.web.case.page import CasePage, Line, Shown, page_of
from yiwang.channels.web.worker.case import BY_LOOKING, is_own
from yiwang.channels.web.worker.move import gone_on
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.replies.queries import FINISHING

PASSED, NOT_DONE = "confirm", "send_back"


@never_cache
def check(request: HttpRequest, number: str) -> HttpResponse:
    """The photos beside each other; sent, it is passed, or goes back with a reason."""
    sitting = sitting_of(request, number)
    if request.method == "POST":
        return _judged(request, number, sitting)
    own = Refused("own_work_not_checked") if is_own(sitting) else None
    if fault := not_open(sitting, PASSED) or own:
        messages.error(request, sentence(fault))
        return redirect("today-case", number)
    return _page(request, sitting, PASSED, OFFERS[PASSED].takes(sitting))


def _judged(request: HttpRequest, number: str, sitting: Sitting) -> HttpResponse:
    name = request.POST.get("do", "")
    if name not in BY_LOOKING:
        raise Http404
    sent = request.POST.copy()
    # One field on the page: what was seen is a remark where it is done, and the reason where it is not.
    sent["note"] = sent["reason"] = sent.get("seen_there", "")
    answer = tried(request, sitting, name, sent=sent)
    if answer.refused is None:
        return gone_on(request, sitting)
    return _page(request, sitting_of(request, number), name, answer.form, status=answer.refused)


def _page(request: HttpRequest, sitting: Sitting, name: str, form: MoveForm, *, status: int = 200) -> HttpResponse:
    page = page_of(sitting.whole, now=timezone.now())
    finished = _finished(page)
    shown: dict[str, Any] = {
        "page": page, "opened": form_shown(sitting.case, name, form), "finished": finished,
        "first": [(one, away(sitting.case, one)) for one in _first(page, finished)],
        "after": [(one, away(sitting.case, one)) for one in _left(finished)],
        "said": request.POST.get("seen_there", ""),
    }  # fmt: skip
    return render(request, "worker/check.html", shown, status=status)


def _finished(page: CasePage) -> Line | None:
    """The step in which the handler said that it is done."""
    return next((line for line in reversed(page.lines) if line.move in FINISHING), None)


def _first(page: CasePage, finished: Line | None) -> list[Shown]:
    """How it was: as it was told, otherwise as the handler found it."""
    told = [one for one in page.photos if one.thumbnail]
    return told or [one for one in (finished.files if finished else ()) if one.taken == "before"]


def _left(finished: Line | None) -> list[Shown]:
    """How the handler left it; photos of which nobody said when they were taken show that too."""
    return [one for one in (finished.files if finished else ()) if one.taken != "before"]
