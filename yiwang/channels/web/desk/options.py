"""What a field proposes while one types: places and posts of one's own ground."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import person_of
from yiwang.people import access
from yiwang.people.roster import roster
from yiwang.places import queries

MOST = 20


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Places of the person's ground whose name holds the words, or whose code begins with them."""
    words = _typed(request, "place")
    lines = queries.search(words, inside=_grounds(request), limit=MOST).lines if words else []
    return render(request, "desk/options.html", {"options": [f"{line.code} {line.name}" for line in lines]})


@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Posts in or around the person's ground that are there today and whose title or unit holds the words."""
    words, today = _typed(request, "lead"), timezone.localdate()
    found = roster().like(words, grounds=_grounds(request), on=today, most=MOST) if words else []
    options = [f"{post.id} {post.unit_name} {post.title}" for post in found]
    return render(request, "desk/options.html", {"options": options})


def _grounds(request: HttpRequest) -> tuple[str, ...]:
    return access.grounds_of(person_of(request).pk, timezone.localdate())


def _typed(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()[:40]
