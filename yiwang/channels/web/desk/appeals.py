"""Appeals against overdue marks: what my unit may appeal against, what waits for two to agree, what was decided."""

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.rules import masked_text, read_number, written
from yiwang.cases.words import COMMA
from yiwang.catalogue.rules import Stage
from yiwang.catalogue.words import STAGES
from yiwang.channels.web.asking import IN_A_UNIT, actor_of, only_for
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.desk.wanted import Asked, asked_in
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import moment, names_behind, post_name
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Refused, Unseen, sentence
from yiwang.supervision import actions, queries
from yiwang.supervision.models import Appeal, Overrun
from yiwang.supervision.rules.appeals import LONGEST_REASON
from yiwang.supervision.rules.appeals import Appeal as State
from yiwang.supervision.words import APPEAL_DONE, APPEAL_STATES

MAY = (*IN_A_UNIT, Duty.CHECK, Duty.CALL_BACK, Duty.SUPERVISE)
FIELDS = ("place", "sort")
SORTS = {
    "": gettext_lazy("oldest first"), "newest": gettext_lazy("newest first"), "place": gettext_lazy("by place"),
}  # fmt: skip


class Late(NamedTuple):
    """A case with its appeal, if there is one, and which of its limits were passed, in words."""

    case: Case
    appeal: Appeal | None
    to_decide: bool
    late: str


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return _page(request)


@form_of("appeals")
def ask(request: HttpRequest) -> HttpResponse:
    """Appeal against the mark of one case."""
    number = read_number(request.POST.get("case", ""))
    if number is None:
        raise Http404
    return _done(request, number)


@form_of("appeals")
def decide(request: HttpRequest, appeal: int) -> HttpResponse:
    """Agree with an appeal, or refuse it with a reason."""
    return _done(request, appeal)


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The appeals, to be taken away."""
    only_for(request, *MAY)
    asked = asked_in(request, FIELDS)
    if asked.wrong:
        raise Http404
    found = _found(asked, actor_of(request))
    names = names_behind(_subjects(found))
    headings = [
        _("case"), _("what was told"), _("state"), _("reason"), _("asked by"), _("post"), _("asked"), _("agreed by"),
        _("decided by"), _("decided"), _("answer"),
    ]  # fmt: skip
    rows = (_row(one, names) for one in found)
    return taken_away(request, form, "appeals", headings, lambda: rows, back=reverse("appeals"))


def _found(asked: Asked, by: Actor) -> list[queries.Appealed]:
    wanted = queries.Wanted(asked.wanted.place, sort=asked.sort(SORTS))
    return [] if asked.wrong else queries.appeals(by, wanted=wanted)


def _row(one: queries.Appealed, names: Mapping[str, str]) -> list[str]:
    appeal = one.appeal
    return [
        written(one.case.number), masked_text(one.case.text), appeal.get_state_display(), appeal.reason,
        names.get(appeal.asked_by, ""), post_name(appeal.post_id), moment(appeal.asked_at),
        names.get(appeal.seconded_by, ""), names.get(appeal.decided_by, ""),
        moment(appeal.decided_at) if appeal.decided_at else "", appeal.answer,
    ]  # fmt: skip


def _subjects(found: list[queries.Appealed]) -> set[str]:
    return {s for one in found for s in (one.appeal.asked_by, one.appeal.seconded_by, one.appeal.decided_by) if s}


def _done(request: HttpRequest, number: int) -> HttpResponse:
    only_for(request, *MAY)
    by, now, reason = actor_of(request), timezone.now(), request.POST.get("reason", "")
    try:
        match request.POST.get("do", ""):
            case "ask":
                made = actions.appeal(number, reason=reason, by=by, now=now)
            case "approve":
                made = actions.approve(number, by=by, now=now)
            case "refuse":
                made = actions.refuse(number, reason=reason, by=by, now=now)
            case _:
                raise Http404
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), at=number, reason=reason, status=422)
    said = {"what": APPEAL_DONE[State(made.state)], "state": APPEAL_STATES[State(made.state)]}
    messages.success(request, _("%(what)s: %(state)s.") % said)
    return redirect("appeals")


def _page(request: HttpRequest, *, wrong: str = "", at: int = 0, reason: str = "", status: int = 200) -> HttpResponse:
    only_for(request, *MAY)
    by, asked = actor_of(request), asked_in(request, FIELDS)
    found, place = _found(asked, by), asked.wanted.place
    mine = [case for case in queries.to_appeal(by) if case.place.startswith(place)]
    passed = queries.overruns([case.number for case in (*mine, *(one.case for one in found))])
    lines = [Late(one.case, one.appeal, one.to_decide, _late(one.case, passed)) for one in found]
    shown = asked.shown() | {
        "mine": [Late(case, None, False, _late(case, passed)) for case in mine],
        "waiting": [one for one in lines if one.appeal and one.appeal.decided_at is None],
        "decided": [one for one in lines if one.appeal and one.appeal.decided_at],
        "names": names_behind(_subjects(found)),
        "wrong_said": wrong, "at": at, "reason": reason, "most": LONGEST_REASON, "sorts": asked.sorts(SORTS),
    }  # fmt: skip
    return render(request, "desk/appeals.html", shown, status=status)


def _late(case: Case, passed: Mapping[int, list[Overrun]]) -> str:
    """Each limit that was passed, and when the handler said that it was done: what has to be judged."""
    limits = [
        _("%(stage)s was due %(due)s") % {"stage": STAGES[Stage(one.stage)], "due": moment(one.due_at)}
        for one in passed[case.number]
    ]
    done = [_("said to be done %(at)s") % {"at": moment(case.finished_at)}] if case.finished_at else []
    return str(COMMA).join([*limits, *done])
