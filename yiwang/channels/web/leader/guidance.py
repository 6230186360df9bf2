"""On-site guidance 蹲点: which leader was where and when, what was found and agreed, and what was looked at again."""

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases.rules import read_number
from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.naming import names_behind
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, Unseen, sentence
from yiwang.supervision import actions, queries
from yiwang.supervision.rules.guidance import LONGEST_TEXT, OLDEST


@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """All visits on the reader's ground, and the form for one of their own."""
    return _page(request)


@require_POST
def note(request: HttpRequest) -> HttpResponse:
    """Enter a visit."""
    only_for(request, Duty.SUPERVISE)
    try:
        actions.note_guidance(_visit(request), by=actor_of(request), now=timezone.now())
    except Unseen as unseen:
        return _page(request, wrong=sentence(unseen), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Written down."))
    return redirect("guidance")


def _visit(request: HttpRequest) -> actions.Visit:
    given = request.POST
    day, typed = _day(given.get("day", "")), given.get("case", "").strip()
    case = read_number(typed)
    if typed and case is None:
        raise Refused("no_such_case", number=typed)
    if day is None:
        raise Refused("guidance_day_unfit")
    follows = given.get("follows", "")
    return actions.Visit(
        given.get("place", "").partition(" ")[0], day, given.get("found", ""), given.get("agreed", ""), case,
        _day(given.get("again_by", "")), int(follows) if follows.isdecimal() else None,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _page(request: HttpRequest, *, wrong: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    only_for(request, Duty.SUPERVISE)
    by, today = actor_of(request), timezone.localdate()
    records = queries.guidance(by)
    follows = request.POST.get("follows") or request.GET.get("follows", "")
    if follows and not any(str(one.record.pk) == follows for one in records):
        raise Http404
    shown = {
        "records": [(one, one.is_waiting(today)) for one in records], "wrong": wrong, "given": request.POST,
        "names": names_behind({one.record.leader for one in records}), "today": today, "first": today - OLDEST,
        "follows": next((one.record for one in records if str(one.record.pk) == follows), None), "most": LONGEST_TEXT,
    }  # fmt: skip
    return render(request, "leader/guidance.html", shown, status=status)
