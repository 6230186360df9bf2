"""The agenda of a meeting: each case with its reason, what happened, who was named and what became of it since."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.leader import agenda_sheet
from yiwang.channels.web.leader.deciding import names_of
from yiwang.meetings import actions, queries
from yiwang.meetings.access import towards
from yiwang.meetings.rules.last_items import LONGEST_TEXT
from yiwang.meetings.rules.meeting import LIFE, State, has_met
from yiwang.plumbing.refusals import Refused, Unseen, sentence

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def agenda(request: HttpRequest, meeting: int) -> HttpResponse:
    """The points of a meeting, to be gone through one after the other."""
    return _page(request, meeting)


@require_safe
def sheet(request: HttpRequest, meeting: int) -> HttpResponse:
    """The same as a document to be laid on the table: nothing of any reporter stands in it."""
    by = actor_of(request)
    try:
        points = actions.give_out(meeting, by=by, now=timezone.now())
        found = queries.meeting(by, meeting)
    except Unseen as unseen:
        raise Http404 from unseen
    name = f"agenda-{found.place}-{found.day:%Y%m%d}.docx"
    response = HttpResponse(agenda_sheet.written(found, points, names_of(points)), content_type=_WORD)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@form_of("agenda", "meeting")
def end(request: HttpRequest, meeting: int) -> HttpResponse:
    """End the meeting, or call it off, as the pressed button says."""
    by, now = actor_of(request), timezone.now()
    try:
        if request.POST.get("do") == "call_off":
            called_off = actions.call_off(meeting, text=request.POST.get("text", ""), by=by, now=now)
            messages.success(request, _("The meeting is called off."))
            return redirect(f"/meetings?place={called_off.place}")
        actions.close(meeting, by=by, now=now)
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        return _page(request, meeting, wrong=sentence(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("The meeting has ended. What is open stands on the next agenda too."))
    return redirect("agenda", meeting)


def _page(request: HttpRequest, meeting: int, *, wrong: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    by, today = actor_of(request), timezone.localdate()
    try:
        found = queries.meeting(by, meeting)
    except Unseen as unseen:
        raise Http404 from unseen
    points = queries.agenda(by, found)
    open_moves = {one.name for one in LIFE.open_moves(State(found.state), duties=towards(by, found.place))}
    has_begun = has_met(found.day, today)
    shown = {
        "meeting": found, "points": points, "names": names_of(points), "now": timezone.now(), "wrong": wrong,
        "may_close": "close" in open_moves and has_begun, "most": LONGEST_TEXT, "given": request.POST,
        "may_call_off": "call_off" in open_moves and not any(point.decided for point in points),
        "undecided": sum(point.decided is None and not point.item.owner for point in points), "has_begun": has_begun,
    }  # fmt: skip
    return render(request, "leader/agenda.html", shown, status=status)
