"""My ground and who is in charge of it, from the innermost place to the outermost, and what lies in it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import OUTSIDE, only_for
from yiwang.channels.web.picking import path_in_words
from yiwang.people import access
from yiwang.people.queries import CrewMember, crew_of
from yiwang.places.models import Place
from yiwang.places.queries import tree


@dataclass(frozen=True, slots=True)
class Ring:
    """A place around the one asked for, and its people."""

    name: str
    crew: list[CrewMember]


@require_safe
def my_ground(request: HttpRequest) -> HttpResponse:
    """The innermost ground of one's own; another of them, or a place in one, is asked for by its code."""
    person, today = only_for(request, *OUTSIDE), timezone.localdate()
    mine = sorted(code for code in access.grounds_of(person.pk, today) if code in tree())
    asked = request.GET.get("place", "")
    within = asked in tree() and any(asked.startswith(code) for code in mine)
    chosen = asked if within else max(mine, key=len, default="")
    shown = _ground(chosen) if chosen else {"rings": []}
    shown["others"] = [spot for code in mine if code != chosen and (spot := tree().get(code))]
    return render(request, "worker/my_ground.html", shown)


def _ground(code: str) -> dict[str, Any]:
    here, today = tree().get(code), timezone.localdate()
    inside = [spot for spot in tree().children(code) if spot.is_open(today)]
    return {
        "here": here, "path": path_in_words(code), "rings": _rings(code),
        "inside": inside, "codes": [code],
    }  # fmt: skip


def _rings(code: str) -> list[Ring]:
    crew = crew_of(Place(code=code), on=timezone.localdate())
    path = reversed(tree().path(code))
    return [Ring(spot.name, [one for one in crew if one.ground == spot.code]) for spot in path]
