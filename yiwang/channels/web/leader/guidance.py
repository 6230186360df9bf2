"""On-site guidance 蹲点: which leader was where and when, what was found and agreed, and what was looked at again."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yiwang.cases import queries as cases
from yiwang.cases.access import Actor
from yiwang.cases.rules import read_number, written
from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.desk.wanted import Asked, asked_in
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import names_behind, place_name, post_name
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.supervision import actions, queries
from yiwang.supervision.rules.guidance import LONGEST_TEXT, OLDEST

FIELDS = ("place", "overdue", "sort")
SORTS = {
    "": gettext_lazy("newest first"), cases.PRESSING: gettext_lazy("what is to be looked at again first"),
    "place": gettext_lazy("by place"),
}  # fmt: skip
# Which field a refusal is about.
_AT = {"no_such_case": "case", "guidance_place_unfit": "place", "guidance_not_yours": "place",
       "guidance_day_unfit": "day", "guidance_again_unfit": "again"}  # fmt: skip


@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """All visits on the reader's ground, and the form for one of their own."""
    return _page(request)


@form_of("guidance")
def note(request: HttpRequest) -> HttpResponse:
    """Enter a visit."""
    only_for(request, Duty.SUPERVISE)
    try:
        actions.note_guidance(_visit(request), by=actor_of(request), now=timezone.now())
    except Refused as refusal:
        return _page(request, refused=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Written down."))
    return redirect("guidance")


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The visits as they are shown, to be taken away."""
    only_for(request, Duty.SUPERVISE)
    asked, today = asked_in(request, FIELDS), timezone.localdate()
    if asked.wrong:
        raise Http404
    found = _found(asked, actor_of(request))
    names = names_behind({one.record.leader for one in found})
    headings = [
        _("day"), _("place"), _("leader"), _("post"), _("what was found"), _("what was agreed"), _("case"),
        _("looked at again by"), _("looked at again"),
    ]  # fmt: skip
    rows = (_row(one, names, today) for one in found)
    return taken_away(request, form, "guidance", headings, lambda: rows, back=reverse("guidance"))


def _found(asked: Asked, by: Actor) -> list[queries.Guided]:
    wanted = queries.Wanted(asked.wanted.place, asked.wanted.overdue_at, asked.sort(SORTS))
    return [] if asked.wrong else queries.guidance(by, wanted=wanted)


def _row(one: queries.Guided, names: Mapping[str, str], today: date) -> list[str]:
    record, again = one.record, one.record.again_by
    looked = _("yes") if one.is_followed else _("overdue") if one.is_waiting(today) else ""
    return [
        record.day.isoformat(), place_name(record.place), names.get(record.leader, ""), post_name(record.post_id),
        record.found, record.agreed, written(record.case) if record.case else "", again.isoformat() if again else "",
        looked,
    ]  # fmt: skip


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


def _page(request: HttpRequest, *, refused: Refused | None = None, status: int = HTTPStatus.OK) -> HttpResponse:
    only_for(request, Duty.SUPERVISE)
    by, today = actor_of(request), timezone.localdate()
    asked = asked_in(request, FIELDS)
    records = _found(asked, by)
    follows = request.POST.get("follows") or request.GET.get("follows", "")
    if follows and not any(str(one.record.pk) == follows for one in records):
        raise Http404
    shown = {
        "records": [(one, one.is_waiting(today)) for one in records], "given": request.POST,
        "wrong_said": sentence(refused) if refused else "", "wrong_at": _AT.get(refused.code, "") if refused else "",
        "names": names_behind({one.record.leader for one in records}), "today": today, "first": today - OLDEST,
        "follows": next((one.record for one in records if str(one.record.pk) == follows), None), "most": LONGEST_TEXT,
        "shown_at_most": queries.MOST_LISTED, **asked.shown(), "sorts": asked.sorts(SORTS),
    }  # fmt: skip
    return render(request, "leader/guidance.html", shown, status=status)
