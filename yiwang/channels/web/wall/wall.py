"""The wall 大屏: the ground with its live cases, numbers, rates and ranking, for a screen that everybody sees."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.polled import unless_known
from yiwang.channels.web.wall.numbers import FIGURES, RANKED, RATES
from yiwang.channels.web.wall.showing import NEWEST, SPOTS, news
from yiwang.channels.web.wall.who import grounds_of
from yiwang.people.models import Person
from yiwang.people.rules import WHOLE
from yiwang.places.queries import tree
from yiwang.plumbing.walls.ground import EVERYWHERE
from yiwang.supervision.queries import MOST_ON_THE_WALL

EVERY_SECONDS = 15


@login_not_required
@require_safe
@never_cache
def wall(request: HttpRequest) -> HttpResponse:
    """The page, empty: its script fills it and keeps it filled."""
    if not isinstance(request.user, Person) and not grounds_of(request):
        return redirect_to_login(request.get_full_path())
    grounds = _grounds(request)
    drawn = list(tree().outermost if grounds == EVERYWHERE else grounds)
    shown = {
        "drawn": drawn, "names": "、".join(spot.name for code in drawn if (spot := tree().get(code))),
        "now_at": f"{reverse('wall-now')}?{request.GET.urlencode()}", "every": EVERY_SECONDS * 1000,
        "figures": FIGURES.items(), "rates": RATES.values(), "rows": range(NEWEST), "ranks": range(RANKED),
        "listed": range(MOST_ON_THE_WALL), "spots": range(SPOTS),
    }  # fmt: skip
    return render(request, "wall/wall.html", shown)


@login_not_required
@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """What it shows now; nothing more for whoever has it already."""
    return unless_known(request, JsonResponse(news(_grounds(request), now=timezone.now())))


def _grounds(request: HttpRequest) -> tuple[str, ...]:
    """What the reader's wall shows, or the part of it that the address names."""
    codes, wanted = grounds_of(request), request.GET.get("place", "")
    if wanted:
        codes = (wanted,) if wanted in tree() and any(wanted.startswith(code) for code in codes) else ()
    if not codes:
        raise Http404
    return EVERYWHERE if WHOLE in codes else codes
