"""One page for whoever leads: today against usual, what waits for a decision, what is stuck and with whom, what got
worse. Decisions and instructions are given right here."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.cases import actions
from yiwang.cases import queries as cases
from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries import Turn
from yiwang.cases.rules import Asked
from yiwang.channels.web.asking import actor_of, leads, only_for
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.leader.bars import HEIGHT, WIDTH, bars_of
from yiwang.channels.web.reminders import reminders_of
from yiwang.insight import queries
from yiwang.insight.rules.indicators import Value
from yiwang.people.rules import Duty
from yiwang.places.queries import tree
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.supervision.queries import coloured
from yiwang.supervision.rules.clock import Warnings

MOST = 3
MOST_STUCK = 5
_FORTNIGHT, _WEEK, _DAY = timedelta(days=14), timedelta(days=7), timedelta(days=1)
_HANDLED = ("closure_rate", "in_time_rate")
_SAID = ("response_rate", "solved_rate", "satisfied_rate")
_GRANTS = {Asked.MORE_TIME: actions.grant_more_time, Asked.PAUSE: actions.grant_pause}
_REFUSALS = {Asked.MORE_TIME: actions.refuse_more_time, Asked.PAUSE: actions.refuse_pause}


class ToDecide(NamedTuple):
    """A petition, whether it is answered here, and the reason that was sent and could not be kept."""

    turn: Turn
    here: bool
    typed: str | None


class Neglected(NamedTuple):
    """A case that fares badly, and the instruction that was sent and could not be kept."""

    case: Case
    typed: str | None


@require_safe
@never_cache
def leader(request: HttpRequest) -> HttpResponse:
    """The whole page; `place` (a code) narrows the numbers to a part of one's ground."""
    return _page(request, {})


@form_of("leader")
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Grant or refuse more time, or a pause."""
    only_for(request, Duty.APPROVE)
    asked, why = request.POST.get("asked", ""), request.POST.get("reason", "")
    if asked not in set(_GRANTS):
        raise Http404
    grants = request.POST.get("answer") == "grant"
    wrong = "" if grants or why.strip() else _("Say why.")
    try:
        if not wrong:
            _decided(Asked(asked), number, grants=grants, why=why, seen=_seen(request), by=actor_of(request))
    except Refused as refusal:
        wrong = sentence(refusal)
    if wrong:
        messages.error(request, wrong)
        typed = {} if grants else {f"{asked}-{number}": why}
        return _page(request, typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Decided."))
    return redirect(_address(request))


def _decided(asked: Asked, number: int, *, grants: bool, why: str, seen: int | None, by: Actor) -> None:
    given: dict[str, Any] = {"by": by, "now": timezone.now(), "seen": seen}
    if grants:
        _GRANTS[asked](number, **given)
    else:
        _REFUSALS[asked](number, reason=why, **given)


@form_of("leader")
def instruct(request: HttpRequest, number: int) -> HttpResponse:
    """An instruction on a case: everybody who works on it reads it."""
    only_for(request, Duty.SUPERVISE)
    text = request.POST.get("text", "")
    try:
        actions.instruct(number, text=text, by=actor_of(request), now=timezone.now())
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return _page(request, {f"instruct-{number}": text}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Your instruction is written on the case."))
    return redirect(_address(request))


def _page(request: HttpRequest, typed: Mapping[str, str], *, status: int = HTTPStatus.OK) -> HttpResponse:
    if not leads(request):
        raise Http404
    actor, now, place = actor_of(request), timezone.now(), _place(request)
    places = queries.places_of(actor, place)
    if not places:
        raise Http404
    today = timezone.localdate(now)
    days, waiting = _days(actor, place, today), cases.to_decide(actor)
    neglected, clock = _neglected(actor, place, typed)
    pulse = queries.pulse(actor, now=now, place=place)
    month = queries.summed(sums for day, sums in days if day >= today.replace(day=1))
    shown = {
        "place": place, "one_place": places[0] if len(places) == 1 else "", "month": queries.month_of(today),
        "names": [spot.name for code in places if (spot := tree().get(code))], "now": now,
        "inner": [spot for code in places for spot in tree().children(code) if queries.has_numbers(spot.code)],
        "pulse": pulse, "stuck": pulse.stuck[:MOST_STUCK], "today": today, "to_decide": _to_decide(waiting, typed),
        "decisions": len(waiting), "most_turns": cases.MOST_TURNS,
        "neglected": neglected, "clock": clock,
        "worse": queries.worse(actor, today=today, place=place), "last_week": today - _WEEK, "yesterday": today - _DAY,
        "handled": _due_by_now(days, today), "said": queries.valued(month, *_SAID),
        "bars": bars_of([(day, s["reported"], s["closed"]) for day, s in days[-_FORTNIGHT.days :]]),
        "width": WIDTH, "height": HEIGHT, **reminders_of(request),
    }  # fmt: skip
    return render(request, "leader/leader.html", shown, status=status)


def _days(actor: Actor, place: str, today: date) -> list[tuple[date, queries.Sums]]:
    first = min(today.replace(day=1), today - _FORTNIGHT + _DAY)
    return queries.daily(actor, span=queries.Span(first, today), place=place)


def _due_by_now(days: Sequence[tuple[date, queries.Sums]], today: date) -> list[Value]:
    """Of what was due this month up to yesterday; on the first of a month there is nothing yet."""
    over = queries.summed(sums for day, sums in days if today.replace(day=1) <= day < today)
    return queries.valued(over, *_HANDLED)


def _to_decide(waiting: Sequence[Turn], typed: Mapping[str, str]) -> list[ToDecide]:
    """The first of them; what was just typed about one of the others is not lost either."""
    lines = [
        ToDecide(turn, asked.asked in set(_GRANTS), typed.get(f"{asked.asked}-{turn.case.number}"))
        for turn in waiting
        if (asked := turn.petition)
    ]
    return [line for n, line in enumerate(lines) if n < MOST or line.typed is not None]


def _neglected(
    actor: Actor, place: str, typed: Mapping[str, str]
) -> tuple[list[Neglected], Mapping[int, Warnings]]:  # fmt: skip
    numbers = queries.neglected(actor, now=timezone.now(), place=place, most=MOST)
    found, clock = coloured(cases.visible_to(actor).filter(number__in=numbers))
    return [Neglected(found[n], typed.get(f"instruct-{n}")) for n in numbers if n in found], clock


def _place(request: HttpRequest) -> str:
    """A part of the ground that was asked for; nothing here for a code that is no place."""
    place = request.GET.get("place") or request.POST.get("place") or ""
    if place and place not in tree():
        raise Http404
    return place


def _address(request: HttpRequest) -> str:
    place = _place(request)
    return f"{reverse('leader')}?place={place}" if place else reverse("leader")


def _seen(request: HttpRequest) -> int | None:
    """How many steps the case had when the reader decided."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else None
