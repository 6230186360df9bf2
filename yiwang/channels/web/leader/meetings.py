"""Last items 末尾议题: what stands before a town's committee, its meetings, and calling the next one."""

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
from django.views.decorators.http import require_safe

from yiwang.cases import queries as cases
from yiwang.cases.models import Case
from yiwang.cases.rules import masked_text, read_number, written
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.desk.listed import ORDERS
from yiwang.channels.web.desk.wanted import asked_in
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import moment, names_behind, place_name, post_name
from yiwang.channels.web.templatetags.meetings import why_words
from yiwang.meetings import actions, queries
from yiwang.meetings.access import grounds, towards
from yiwang.meetings.models import TOWN
from yiwang.meetings.rules.last_items import LONGEST_TEXT
from yiwang.meetings.rules.meeting import FURTHEST, Capacity
from yiwang.places.queries import tree
from yiwang.plumbing.refusals import NotYours, Refused, Unseen, sentence
from yiwang.plumbing.walls.ground import EVERYWHERE

FIELDS = ("place", "sort")


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """All that stands on agendas of the reader's ground; `place` (a code) narrows it to a part of it.

    With `case` in the address the form that brings that case before the committee of its town.
    """
    return _page(request)


@form_of("meetings")
def bring(request: HttpRequest) -> HttpResponse:
    """Bring the case that the form names before the committee of its town."""
    case = _case(request)
    if case is None:
        raise Http404
    try:
        item = actions.bring(case.number, text=request.POST.get("text", ""), by=actor_of(request), now=timezone.now())
    except (NotYours, Unseen) as stranger:
        raise Http404 from stranger
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("It is on the agenda."))
    return redirect("last-item", item.pk)


@form_of("meetings")
def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting of the town that the form names."""
    place = _place(request)
    try:
        called = actions.call(place, day=_day(request), by=actor_of(request), now=timezone.now())
    except NotYours as stranger:
        raise Http404 from stranger
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("The meeting is called."))
    return redirect("agenda", called.pk)


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """What stands on the agendas as it is shown, to be taken away."""
    place = _place(request)
    points = queries.on_agenda(actor_of(request), place, sort=asked_in(request, FIELDS).sort(ORDERS))
    names = names_behind({point.item.owner for point in points})
    headings = [
        _("case"), _("what was told"), _("state"), _("why it is there"), _("place"), _("put on the agenda"),
        _("owner"), _("post"), _("what was decided"), _("until"),
    ]  # fmt: skip
    rows = (_row(point, names) for point in points)
    return taken_away(request, form, "meetings", headings, lambda: rows, back=reverse("meetings"))


def _row(point: queries.Point, names: Mapping[str, str]) -> list[str]:
    item, case = point.item, point.case
    return [
        written(item.case), masked_text(case.text) if case else "", item.get_state_display(), why_words(item),
        place_name(item.place), moment(item.proposed_at), names.get(item.owner, ""), post_name(item.post_id),
        item.decision, moment(item.due_at) if item.due_at else "",
    ]  # fmt: skip


def _day(request: HttpRequest) -> date:
    try:
        day = parse_date(request.POST.get("day", ""))
    except ValueError:
        day = None
    if day is None:
        raise Refused("meeting_day_unfit")
    return day


def _page(request: HttpRequest, *, wrong: str = "", status: int = HTTPStatus.OK) -> HttpResponse:
    by, place, today = actor_of(request), _place(request), timezone.localdate()
    asked = asked_in(request, FIELDS)
    points, held = queries.on_agenda(by, place, sort=asked.sort(ORDERS)), queries.meetings(by, place)
    town, case = len(place) == TOWN, _case(request)
    shown = {
        "place": place, "town": town, "points": points, "now": timezone.now(), "today": today,
        "coming": [one for one in reversed(held) if one.ended_at is None],
        "past": [one for one in held if one.ended_at], "names": names_behind({point.item.owner for point in points}),
        "inner": [spot for spot in tree().children(place) if len(spot.code) == TOWN],
        "outer": place[:-3] if town and _is_theirs(request, place[:-3]) else "",
        "may_call": town and Capacity.KEEPER in towards(by, place), "last": today + FURTHEST,
        "rule": queries.rule_for(place) if town else None, "wrong": wrong, "given": request.POST,
        "case": case if town and Capacity.KEEPER in towards(by, place) else None, "most": LONGEST_TEXT,
        "sorts": asked.sorts(ORDERS), "kept": asked.kept, "shown_at_most": queries.MOST_ITEMS,
    }  # fmt: skip
    return render(request, "leader/meetings.html", shown, status=status)


def _place(request: HttpRequest) -> str:
    """The place that is asked for, or the first of the reader's; nothing here for ground that is not theirs."""
    mine = grounds(actor_of(request))
    first = next((spot.code for spot in tree().children()), "") if mine == EVERYWHERE else next(iter(mine), "")
    case = _case(request)
    asked = queries.town_of(case.place) if case else request.POST.get("place") or request.GET.get("place")
    place = asked or first
    if place not in tree() or not _is_theirs(request, place):
        raise Http404
    return place


def _case(request: HttpRequest) -> Case | None:
    """The case that is to be brought; None where none is named, nothing here where it is not the reader's to see."""
    asked = request.POST.get("case") or request.GET.get("case")
    if not asked:
        return None
    number = read_number(asked)
    found = cases.visible_to(actor_of(request)).filter(number=number).first() if number else None
    if found is None:
        raise Http404
    return found


def _is_theirs(request: HttpRequest, place: str) -> bool:
    mine = grounds(actor_of(request))
    return mine == EVERYWHERE or any(place.startswith(ground) for ground in mine)
