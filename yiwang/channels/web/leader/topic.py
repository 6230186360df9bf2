"""One hot topic: what it is made of, how it went week by week, and its cases."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.leader.bars import HEIGHT, WIDTH, bars_of
from yiwang.channels.web.leader.topics import called, ground_of
from yiwang.plumbing.refusals import Unseen
from yiwang.topics import queries
from yiwang.topics.rules import RECENT_DAYS
from yiwang.topics.rules.heat import POINTS
from yiwang.topics.words import PARTS


@require_safe
@never_cache
def topic(request: HttpRequest, number: int) -> HttpResponse:
    """A topic as it stands in the own ground, or in the county or town that `place` names."""
    place = ground_of(request)
    if (into := queries.joined_into(number)) is not None:
        return redirect(f"{reverse('topic', args=[into])}?place={place}")
    try:
        behind = queries.behind(actor_of(request), number, place)
    except Unseen:
        raise Http404 from None
    shown = {
        "name": called(behind.heat), "heat": behind.heat, "place": place, "cases": behind.cases, "now": timezone.now(),
        "bars": bars_of([(week, told, 0) for week, told in behind.weeks]), "width": WIDTH, "height": HEIGHT,
        "told": sum(told for _week, told in behind.weeks), "recent": RECENT_DAYS // 7,
        "made_of": [
            (name, getattr(POINTS, part), round(behind.heat.parts[part] * getattr(POINTS, part)))
            for part, name in PARTS.items()
        ],
    }  # fmt: skip
    return render(request, "leader/topic.html", shown)
