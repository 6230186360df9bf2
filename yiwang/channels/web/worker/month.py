"""My numbers this month, and what is asked of me now: the platform counts what it asks, and says so."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import OUTSIDE, actor_of, only_for
from yiwang.channels.web.worker.today import KINDS, counted, everything, to_fill_in
from yiwang.forms.queries import waiting as forms_waiting
from yiwang.insight.queries import own_month


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """What I have done since the first of the month, and what waits for me now by its kind."""
    only_for(request, *OUTSIDE)
    now = timezone.now()
    today = timezone.localdate(now)
    by, every = actor_of(request), everything(request)
    forms = to_fill_in(forms_waiting(by, now=now))
    count = counted(every, forms)
    dues = [*(one.turn.due_at for one in every), *(one.form.due_at for one in forms)]
    shown = {
        "done": own_month(by, today=today), "today": today, "every": count.total(),
        "load": [(code, words, count[code]) for code, words in KINDS.items() if count[code]],
        "late": sum(due is not None and due < now for due in dues),
    }  # fmt: skip
    return render(request, "worker/month.html", shown)
