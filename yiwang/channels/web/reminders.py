"""What my posts were reminded of, above the page that I open first, and the tap that says I have seen it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yiwang.channels.web.asking import actor_of, safe_next
from yiwang.plumbing.refusals import Refused, Unseen, sentence
from yiwang.supervision import actions, queries


def reminders_of(request: HttpRequest) -> dict[str, Any]:
    """The reminders that wait for the reader, what must be answered first, as `web/reminders.html` shows them."""
    return {"reminders": queries.reminders_for(actor_of(request)), "most_reminders": queries.MOST_REMINDERS}


@require_POST
def acknowledge(request: HttpRequest, reminder: int) -> HttpResponse:
    """Say by name that one has seen it, and go back to the page; what is over already is gone there by itself."""
    try:
        actions.acknowledge(reminder, by=actor_of(request), now=timezone.now())
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        messages.error(request, sentence(refusal))
    return redirect(safe_next(request))
