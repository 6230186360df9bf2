"""What maps show of cases: each as a sign by how much time is left, and the places around one, as far as the reader
may see them."""  # fmt: skip

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from yiwang.cases.models import Case
from yiwang.cases.rules import State, written
from yiwang.cases.words import STATES
from yiwang.channels.web.asking import person_of
from yiwang.channels.web.naming import item_named, place_name
from yiwang.channels.web.templatetags.case_lines import tone
from yiwang.people import access
from yiwang.places.queries import tree
from yiwang.supervision.rules.clock import Warnings


def sign_of(tone: str) -> str:
    """The sign on a map for a tone of time: what has used half of it has time still."""
    return "calm" if tone == "half" else tone


def kind_of(case: Case, now: datetime, warned: Warnings | None = None) -> str:
    """The sign of a case on a map: late, soon, calm, or done once it has ended."""
    if not case.is_open:
        return "done"
    return sign_of(tone(case.next_due_at, now, warned)) if case.next_due_at else "calm"


def spots_of(cases: Iterable[Case], now: datetime, clock: Mapping[int, Warnings]) -> list[dict[str, Any]]:
    """The cases as points of a map; whoever has no position is left out."""
    return [
        {
            "kind": kind_of(case, now, clock.get(case.number)), "lon": case.lon, "lat": case.lat,
            "label": _label(case), "href": reverse("case", args=[written(case.number)]),
        }
        for case in cases if case.lon is not None
    ]  # fmt: skip


def _label(case: Case) -> str:
    said = (written(case.number), item_named(case.item_id), place_name(case.place), str(STATES[State(case.state)]))
    return " · ".join(filter(None, said))


def drawn_for(request: HttpRequest, place: str, *others: str) -> dict[str, list[str]]:
    """The place (its code), the one around it, and other places, as far as they lie on the reader's ground."""
    grounds = access.grounds_of(person_of(request).pk, timezone.localdate())
    path = [*(spot.code for spot in tree().path(place)[-2:]), *others]
    seen = [code for code in path if any(ground == "*" or code.startswith(ground) for ground in grounds)]
    shown = {place, *others}
    return {"places": [code for code in seen if code in shown], "around": [code for code in seen if code not in shown]}
