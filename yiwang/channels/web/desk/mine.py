"""What waits for my posts, for my decision and for my eyes, by the time that is left."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases import actions, queries
from yiwang.cases.access import Actor, involved
from yiwang.channels.web.asking import TAKES_TURNS, actor_of, only_for
from yiwang.channels.web.desk.giving_out import given_out, headings_of_cases, row_of
from yiwang.channels.web.desk.ticked import deal_with_ticked, still_ticked
from yiwang.channels.web.polled import unless_known
from yiwang.channels.web.reminders import reminders_of
from yiwang.channels.web.templatetags.case_lines import tone
from yiwang.channels.web.turns import Group, groups_of
from yiwang.people.roster import PostLine, roster
from yiwang.people.rules import Duty
from yiwang.supervision.queries import warnings
from yiwang.supervision.rules.clock import Warnings

Clock = Mapping[int, Warnings]
TONES = ("late", "soon", "half", "calm")


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    keys = [
        ("j / k", _("next, previous case")), ("Enter", _("open the case")), ("t", _("tick the case")),
        ("s", _("sign for the ticked")), ("a", _("put the first reminder away")), ("?", _("these keys")),
    ]  # fmt: skip
    shown = {**_groups(request), "keys": keys, "ticked": still_ticked(request), **reminders_of(request)}
    return render(request, "desk/mine.html", shown)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The groups alone, for whoever has had them before."""
    return unless_known(request, render(request, "desk/mine_groups.html", _groups(request)))


@require_POST
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
    found = actions.export_turns(by=actor_of(request), now=timezone.now(), form=form)
    headings = [_("what it waits for"), *headings_of_cases()]
    clock = warnings({turn.case.number for group in groups_of(found) for turn in group.turns})
    return given_out(
        request, form, "mine", headings, lambda: _rows(_wanted(request, found, clock)), back=reverse("mine")
    )


def _rows(groups: Iterable[Group]) -> Iterator[list[str]]:
    for group in groups:
        yield from ([group.asks, *row_of(turn.case)] for turn in group.turns)


def _groups(request: HttpRequest) -> dict[str, Any]:
    only_for(request, *TAKES_TURNS)
    by, now = actor_of(request), timezone.now()
    found = queries.mine_now(by)
    wanted = request.GET.get("left", "")
    every = [turn for group in groups_of(found) for turn in group.turns]
    clock = warnings({turn.case.number for turn in every})
    return {
        "groups": _wanted(request, found, clock), "clock": clock, "most": queries.MOST_TURNS, "now": now,
        "wanted": wanted,
        "tones": [(name, sum(_tone(turn, now, clock) == name for turn in every)) for name in TONES], "all": len(every),
        "unit": _unit(by, now), "kept": urlencode({"left": wanted} if wanted else {}),
    }  # fmt: skip


def _wanted(request: HttpRequest, found: queries.MineNow, clock: Clock) -> list[Group]:
    """The groups that hold something, narrowed to one tone where the address names it."""
    now, left = timezone.now(), request.GET.get("left", "")
    fits: Callable[[queries.Turn], bool] = (
        (lambda turn: _tone(turn, now, clock) == left) if left in TONES else lambda _t: True
    )
    groups = (group._replace(turns=[t for t in group.turns if fits(t)]) for group in groups_of(found))
    return [group for group in groups if group.turns]


def _tone(turn: queries.Turn, now: datetime, clock: Clock) -> str:
    """What has no date, or whose clock stands still, is in time."""
    paused = turn.case.paused_at is not None
    return tone(turn.due_at, now, clock.get(turn.case.number)) if turn.due_at and not paused else "calm"


def _unit(by: Actor, now: datetime) -> list[tuple[PostLine, queries.Load]]:
    """The posts that deal with cases in the person's units, and what each leads now."""
    handling = [grant.post for grant in by.grants if Duty.HANDLE in grant.duties]
    beside = frozenset().union(*(roster().beside(post) for post in handling), involved(by))
    lines = [line for post in sorted(beside) if (line := roster().get(post)) and Duty.HANDLE in line.duties]
    there = [line for line in lines if line.since <= timezone.localdate(now) < line.until]
    found = queries.loads([line.id for line in there], now=now) if there else {}
    return [(line, found.get(line.id, queries.Load())) for line in there]
