"""My numbers this month, and what is asked of me now: the platform counts what it asks, and says so."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import OUTSIDE, actor_of, only_for
from yiwang.channels.web.worker.today import KINDS, everything
from yiwang.insight.queries import own_month


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """What I have done since the first of the month, and what waits for me now by its kind."""
    only_for(request, *OUTSIDE)
    now = timezone.now()
    today = timezone.localdate(now)
    waiting = everything(request)
    count = Counter(one.kind for one in waiting)
    shown = {
        "done": own_month(actor_of(request), today=today), "today": today, "every": len(waiting),
        "load": [(code, words, count[code]) for code, words in KINDS.items() if count[code]],
        "late": sum(one.turn.due_at is not None and one.turn.due_at < now for one in waiting),
    }  # fmt: skip
    return render(request, "worker/month.html", shown)
