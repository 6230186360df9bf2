"""What waits for my posts, for my decision and for my eyes, by the time that is left or as it is asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from yiwang.cases import actions, queries
from yiwang.channels.web.asking import IN_A_UNIT, TAKES_TURNS, actor_of, has_duty, only_for
from yiwang.channels.web.desk.giving_out import given_out, headings_of_cases, row_of
from yiwang.channels.web.desk.ticked import deal_with_ticked, still_ticked
from yiwang.channels.web.desk.wanted import Asked, asked_in
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.polled import unless_known
from yiwang.channels.web.reminders import reminders_of, to_see_to
from yiwang.channels.web.templatetags.case_lines import tone, tone_words
from yiwang.channels.web.turns import Group, groups_of
from yiwang.people.rules import Duty
from yiwang.supervision.queries import warnings
from yiwang.supervision.rules.clock import Warnings

Clock = Mapping[int, Warnings]
TONES = ("late", "soon", "half", "calm")
FIELDS = ("place", "item", "left", "only", "sort")
MOST_OF_ONE = 200


class Tone(NamedTuple):
    """What is left of the time of some of what waits: how much of it there is, and the address of it alone."""

    name: str
    words: str
    n: int
    address: str
    here: bool


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    keys = [
        ("j / k", _("next, previous case")), ("Enter", _("open the case")), ("t", _("tick the case")),
        ("s", _("sign for the ticked")), ("a", _("put the first reminder away")), ("f", _("filter the list")),
        ("?", _("these keys")),
    ]  # fmt: skip
    shown = {**_groups(request), "keys": keys, "ticked": still_ticked(request), **reminders_of(request)}
    shown["to_see_to"] = list(to_see_to(actor_of(request)))
    return render(request, "desk/mine.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY if shown["wrong"] else 200)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The groups alone, for whoever has had them before."""
    return unless_known(request, render(request, "desk/mine_groups.html", _groups(request)))


@form_of("mine")
def sign(request: HttpRequest) -> HttpResponse:
    """Sign for what was ticked; what is refused stays ticked, and it is said why."""
    only_for(request, Duty.HANDLE)
    by = actor_of(request)
    return deal_with_ticked(
        request, lambda number, seen: actions.sign_for(number, by=by, now=timezone.now(), seen=seen),
        most=queries.MOST_TURNS, back="mine",
        said=lambda n: ngettext("%(n)s case is signed for.", "%(n)s cases are signed for.", n) % {"n": n},
    )  # fmt: skip


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """What is shown, to be taken away."""
    only_for(request, *TAKES_TURNS)
    asked = asked_in(request, FIELDS)
    if asked.wrong:
        raise Http404
    now = timezone.now()
    found = actions.export_turns(asked.wanted, by=actor_of(request), now=now, form=form, most=_most(asked))
    headings = [_("what it waits for"), *headings_of_cases()]
    clock = _clock(found)
    return given_out(
        request, form, "mine", headings, lambda: _rows(_shown(asked, found, clock, now)), back=reverse("mine")
    )


def _rows(groups: Iterable[Group]) -> Iterator[list[str]]:
    for group in groups:
        yield from ([group.asks, *row_of(turn.case)] for turn in group.turns)


def _groups(request: HttpRequest) -> dict[str, Any]:
    only_for(request, *TAKES_TURNS)
    asked, now, most = asked_in(request, FIELDS), timezone.now(), 0
    found = queries.MineNow([], [], [], [], [], [])
    if not asked.wrong:
        most = _most(asked)
        found = queries.mine_now(actor_of(request), asked.wanted, most=most)
    clock = _clock(found)
    return asked.shown() | {
        "groups": _shown(asked, found, clock, now), "clock": clock, "most": most, "now": now,
        "tones": list(_tones(asked, found, clock, now)), "sorts": asked.sorts(), "only": asked.typed["only"],
        "every": _address(asked, only=""), "in_a_unit": has_duty(request, *IN_A_UNIT),
        "more": any(len(group.turns) == most for group in _asked_for(asked, found)),
    }  # fmt: skip


def _most(asked: Asked) -> int:
    """How many of each kind; of one kind alone more."""
    return MOST_OF_ONE if asked.typed["only"] else queries.MOST_TURNS


def _clock(found: queries.MineNow) -> Clock:
    return warnings({turn.case.number for group in groups_of(found) for turn in group.turns})


def _asked_for(asked: Asked, found: queries.MineNow) -> list[Group]:
    """All groups, or the one that the address names."""
    only = asked.typed["only"]
    return [group for group in groups_of(found) if not only or group.name == only]


def _shown(asked: Asked, found: queries.MineNow, clock: Clock, now: datetime) -> list[Group]:
    """The groups that hold something, narrowed to one tone where the address names it."""
    left = asked.typed["left"]
    groups = (
        group._replace(turns=[turn for turn in group.turns if left not in TONES or _tone(turn, now, clock) == left])
        for group in _asked_for(asked, found)
    )
    return [group for group in groups if group.turns]


def _tones(asked: Asked, found: queries.MineNow, clock: Clock, now: datetime) -> Iterator[Tone]:
    """How many there are of each tone, and of all."""
    count = Counter(_tone(turn, now, clock) for group in _asked_for(asked, found) for turn in group.turns)
    left = asked.typed["left"]
    yield Tone("", _("All"), count.total(), _address(asked, left=""), left not in TONES)
    for name in TONES:
        yield Tone(name, str(tone_words(name)), count[name], _address(asked, left=name), left == name)


def _address(asked: Asked, **other: str) -> str:
    return urlencode({name: value for name, value in {**asked.typed, **other}.items() if value})


def _tone(turn: queries.Turn, now: datetime, clock: Clock) -> str:
    """What has no date, or whose clock stands still, is in time."""
    paused = turn.case.paused_at is not None
    return tone(turn.due_at, now, clock.get(turn.case.number)) if turn.due_at and not paused else "calm"
