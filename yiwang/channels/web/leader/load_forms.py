"""The forms that were asked of one worker in a week: what stands behind the number in the load of grid workers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.leader.load import chosen_week
from yiwang.forms.queries import asked_of
from yiwang.people.queries import names_of
from yiwang.people.rules import Duty


@require_safe
@never_cache
def load_forms(request: HttpRequest, person: int) -> HttpResponse:
    """Of this week, unless `week` names another by its Monday; of whom nothing was asked on one's ground is nobody."""
    only_for(request, Duty.SUPERVISE)
    week = chosen_week(request)
    found = asked_of(actor_of(request), person, week=week)
    if not found:
        raise Http404
    shown = {
        "week": week, "name": names_of({person}).get(person, "—"), "forms": found, "now": timezone.now(),
        "minutes": sum(one.form.minutes for one in found),
    }  # fmt: skip
    return render(request, "leader/load_forms.html", shown)
