"""My ground and who is in charge of it, from the innermost place to the outermost."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import TAKES_TURNS, only_for
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
    """The innermost ground of one's own; another of them is asked for by its code."""
    person, today = only_for(request, *TAKES_TURNS), timezone.localdate()
    mine = sorted(code for code in access.grounds_of(person.pk, today) if code in tree())
    asked = request.GET.get("place", "")
    chosen = asked if asked in mine else max(mine, key=len, default="")
    rings = _rings(chosen) if chosen else []
    others = [spot for code in mine if code != chosen and (spot := tree().get(code))]
    return render(request, "worker/my_ground.html", {"rings": rings, "others": others})


def _rings(code: str) -> list[Ring]:
    crew = crew_of(Place(code=code), on=timezone.localdate())
    path = reversed(tree().path(code))
    return [Ring(spot.name, [one for one in crew if one.ground == spot.code]) for spot in path]
