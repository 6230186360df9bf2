"""One last item: why it is before the committee, what became of it, and what the reader does with it now."""

from datetime import datetime, time
from http import HTTPStatus
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yiwang.cases.access import Actor
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.photos import Picture, evidence
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.leader.deciding import names_of
from yiwang.meetings import actions, queries
from yiwang.meetings.access import towards_item
from yiwang.meetings.models import Entry, LastItem
from yiwang.meetings.rules.last_items import LIFE, LONGEST_TEXT, State
from yiwang.plumbing.files import actions as files
from yiwang.plumbing.refusals import Refused, Unseen, sentence

MOST_FILES = 9
_BY_HAND = ("report", "ask_strike_off", "strike_off", "insist", "put_aside")


class Line(NamedTuple):
    """A line of what became of it, with what was shown."""

    entry: Entry
    pictures: list[Picture]


@require_safe
def last_item(request: HttpRequest, item: int) -> HttpResponse:
    """The whole of it."""
    return _page(request, item)


@form_of("last-item", "item")
def act(request: HttpRequest, item: int) -> HttpResponse:
    """Decide at the meeting that sits, or what the pressed button says."""
    by, now, do = actor_of(request), timezone.now(), request.POST.get("do", "")
    try:
        found = queries.item(by, item).item
        if do == "decide":
            actions.decide(item, _decision(request, by, found), by=by, now=now)
        else:
            sent = request.FILES.getlist("evidence")[:MOST_FILES]
            kept = [
                files.keep(one.read(), name=one.name or "", by=by.subject, ground=found.place, at=now).file.pk
                for one in sent
            ]
            actions.move(item, do, by=by, now=now, text=request.POST.get("text", ""), files=kept)
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        return _page(request, item, wrong=sentence(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Written down."))
    return redirect("last-item", item)


def _decision(request: HttpRequest, by: Actor, found: LastItem) -> actions.Decision:
    given = request.POST
    meeting = queries.at_hand(by, found.town, timezone.localdate())
    if meeting is None:
        raise Refused("last_item_lacks_meeting")
    person, _sep, post = given.get("owner", "").partition(":")
    if not (person.isdecimal() and post.isdecimal()):
        raise Refused("last_item_lacks_owner")
    try:
        day = parse_date(given.get("due", ""))
    except ValueError:
        day = None
    if day is None:
        raise Refused("last_item_lacks_due")
    due_at = timezone.make_aware(datetime.combine(day, time(18)))
    return actions.Decision(meeting.pk, int(person), int(post), due_at, given.get("text", ""))


def _page(request: HttpRequest, item: int, *, wrong: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    by, now = actor_of(request), timezone.now()
    today = timezone.localdate(now)
    try:
        point = queries.item(by, item)
    except Unseen as unseen:
        raise Http404 from unseen
    held = towards_item(by, point.item)
    open_moves = {one.name for one in LIFE.open_moves(State(point.item.state), duties=held)}
    at_hand = queries.at_hand(by, point.item.town, today) if "decide" in open_moves else None
    shown_as = evidence([file for entry in point.entries for file in entry.files], now)
    shown = {
        "point": point, "item": point.item, "now": now, "names": names_of([point]), "wrong": wrong,
        "lines": [Line(one, [shown_as[f] for f in one.files if f in shown_as]) for one in point.entries],
        "moves": [name for name in _BY_HAND if name in open_moves], "shows": "ask_strike_off" in open_moves,
        "may_decide": "decide" in open_moves, "meeting": at_hand, "given": request.POST, "most": LONGEST_TEXT,
        "candidates": queries.candidates(point.item.town, on=today) if at_hand else [], "today": today,
    }  # fmt: skip
    return render(request, "leader/last_item.html", shown, status=status)
