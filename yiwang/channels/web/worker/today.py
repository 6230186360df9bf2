"""What waits for me, on a telephone: the most pressing first, or what is nearest to where I stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yiwang.callbacks.queries import to_be_called
from yiwang.cases import queries
from yiwang.cases.rules import written
from yiwang.channels.web.asking import OUTSIDE, actor_of, only_for, person_of
from yiwang.channels.web.drawing import sign_of
from yiwang.channels.web.polled import unless_known
from yiwang.channels.web.reminders import reminders_of
from yiwang.channels.web.templatetags.case_lines import tone
from yiwang.channels.web.turns import Group, groups_of
from yiwang.forms.queries import Waiting as Asked
from yiwang.forms.queries import waiting as forms_waiting
from yiwang.people import access
from yiwang.places.queries import tree
from yiwang.supervision.queries import warnings
from yiwang.supervision.rules.clock import Warnings

KINDS = {
    "sign": gettext_lazy("To sign for"),
    "handle": gettext_lazy("To handle"),
    "check": gettext_lazy("To check"),
    "call": gettext_lazy("To call"),
    "form": gettext_lazy("To fill in"),
}


class Waiting(NamedTuple):
    """A case and what it waits for, and the kind under which it can be picked out."""

    kind: str
    asks: str
    turn: queries.Turn

    @property
    def address(self) -> str:
        """Where one goes on with it."""
        page = "today-check" if self.kind == "check" else "today-case"
        return reverse(page, args=[written(self.turn.case.number)])


class Kind(NamedTuple):
    """One kind of what waits, and how much of it there is."""

    code: str
    name: str
    waiting: int
    here: bool


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """One list of everything; where the browser knows its position, its script can put the nearest first."""
    shown = _waiting(request) | reminders_of(request)
    # A form lies nowhere.
    if request.GET.get("view") == "map" and shown["kind"] != "form":
        shown |= {
            "view": "map",
            "spots": list(_spots(shown["waiting"], shown["now"], shown["clock"])),
            "grounds": grounds_of(request),
        }
    return render(request, "worker/today.html", shown)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The list alone, for whoever has had it before."""
    return unless_known(request, render(request, "worker/today_list.html", _waiting(request)))


def _waiting(request: HttpRequest) -> dict[str, Any]:
    only_for(request, *OUTSIDE)
    every, forms = everything(request), forms_waiting(actor_of(request), now=timezone.now())
    count = counted(every, to_fill_in(forms))
    names = {"": _("All"), **KINDS}
    asked = request.GET.get("kind", "")
    kind = asked if asked in names else ""
    shown = [one for one in every if kind in ("", one.kind)]
    # What has no date waits behind what has one.
    shown.sort(key=lambda one: (one.turn.due_at is None, one.turn.due_at, one.turn.case.number))
    kinds = [
        Kind(code, str(name), count[code] if code else count.total(), code == kind) for code, name in names.items()
    ]
    return {
        "waiting": shown, "kinds": [one for one in kinds if one.waiting or one.here or not one.code], "kind": kind,
        "forms": forms if kind == "form" else to_fill_in(forms) if not kind else [],
        "every": count.total(), "now": timezone.now(), "clock": warnings({one.turn.case.number for one in every}),
    }  # fmt: skip


def grounds_of(request: HttpRequest) -> list[str]:
    """The worker's own ground (outermost codes), as far as there is such a place: what a map of theirs draws."""
    held = access.grounds_of(person_of(request).pk, timezone.localdate())
    return [code for code in held if code in tree()] or list(tree().outermost)


def _spots(waiting: list[Waiting], now: datetime, clock: Mapping[int, Warnings]) -> Iterator[dict[str, Any]]:
    """What waits as points of a map; what has no position is left out."""
    for one in waiting:
        case, due = one.turn.case, one.turn.due_at
        if case.lon is not None:
            yield {
                "kind": sign_of(tone(due, now, clock.get(case.number))) if due else "calm",
                "lon": case.lon, "lat": case.lat, "label": f"{one.asks} · {case.text[:40]}", "href": one.address,
            }  # fmt: skip


def everything(request: HttpRequest) -> list[Waiting]:
    """All that waits for the reader, of each kind the most pressing first."""
    by = actor_of(request)
    calls = [queries.Turn(case, case.next_due_at) for case in queries.to_call(by, to_be_called(queries.Filter()))]
    groups = [*groups_of(queries.mine_now(by)), Group("call", _("To call"), calls)]
    return [Waiting(_KINDS.get(one.name, "handle"), one.asks, turn) for one in groups for turn in one.turns]


def to_fill_in(forms: Iterable[Asked]) -> list[Asked]:
    """Those of the forms that were not sent in yet: what was may be corrected, but waits for nobody."""
    return [one for one in forms if one.returned is None]


def counted(every: Iterable[Waiting], forms: Iterable[Asked]) -> Counter[str]:
    """How much of each kind waits, forms among it."""
    return Counter([*(one.kind for one in every), *("form" for _one in forms)])


_KINDS = {"to_sign": "sign", "to_check": "check", "call": "call"}
