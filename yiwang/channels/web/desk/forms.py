"""Forms 报表: who asked what of how many people, and how many have returned it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.forms import queries
from yiwang.forms.access import grounds_to_ask


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """The newest forms of the reader's unit and of ground that they supervise."""
    by = actor_of(request)
    if not grounds_to_ask(by):
        raise Http404
    return render(request, "desk/forms.html", {"forms": queries.listed(by), "now": timezone.now()})
