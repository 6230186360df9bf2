"""What is wrong with the drawing of the ground: overlaps and holes, with the spot on the map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yiwang.channels.web.asking import only_for
from yiwang.people import access
from yiwang.people.rules import Duty
from yiwang.places import queries

MOST_SHOWN = 200


def flaws(request: HttpRequest) -> HttpResponse:
    """Overlaps and holes of every level on the ground that the person draws, the largest first."""
    person = only_for(request, Duty.DRAW_GROUND)
    grounds = access.grounds_of(person.pk, timezone.localdate(), Duty.DRAW_GROUND)
    inside = ["" if code == "*" else code for code in grounds]
    kinds = queries.area_kinds()
    wanted = request.GET.get("kind", "")
    chosen = [kind for kind in kinds if kind.code == wanted] or kinds
    found = [(kind, flaw) for kind in chosen for code in inside for flaw in queries.flaws(kind.code, code)]
    found.sort(key=lambda one: -one[1].square_metres)
    shapes = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"number": number}, "geometry": flaw.shape}
            for number, (_kind, flaw) in enumerate(found[:MOST_SHOWN], start=1)
        ],
    }
    names = queries.names_of(code for _kind, flaw in found[:MOST_SHOWN] for code in flaw.places)
    lines = [(kind, flaw, [(code, names[code]) for code in flaw.places]) for kind, flaw in found[:MOST_SHOWN]]
    drawn = [line.code for line in queries.roots(grounds).lines if line.has_boundary]
    shown = {"lines": lines, "drawn": drawn, "count": len(found), "shapes": shapes, "kinds": kinds, "wanted": wanted}
    return render(request, "desk/flaws.html", shown)
