"""What my posts were reminded of, above the page that I open first, and the tap that says I have seen it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yiwang.cases.access import Actor
from yiwang.channels.web.asking import actor_of, safe_next
from yiwang.plumbing.refusals import Refused, Unseen, sentence
from yiwang.supervision import actions, queries
from yiwang.supervision.rules.orders import Kind


class ToSeeTo(NamedTuple):
    """Something that waits for the reader on another page, how much of it there is, and where."""

    words: str
    address: str


def reminders_of(request: HttpRequest) -> dict[str, Any]:
    """The reminders that wait for the reader, what must be answered first, as `web/reminders.html` shows them."""
    return {"reminders": queries.reminders_for(actor_of(request)), "most_reminders": queries.MOST_REMINDERS}


def to_see_to(actor: Actor) -> Iterator[ToSeeTo]:
    """Orders and appeals that wait for somebody: they have pages of their own, which nobody opens each day."""
    orders, appeals = queries.orders_waiting(actor), queries.how_many_to_decide(actor)
    listed, other = orders.get(Kind.LISTED, 0), orders.get(Kind.ORDER, 0)
    waiting = (
        (listed, ngettext("%(n)s listed order waits for you", "%(n)s listed orders wait for you", listed), "listed"),
        (other, ngettext("%(n)s order waits for you", "%(n)s orders wait for you", other), "orders"),
        (appeals, ngettext("%(n)s appeal waits for your decision", "%(n)s appeals wait for your decision", appeals),
         "appeals"),
    )  # fmt: skip
    yield from (ToSeeTo(words % {"n": n}, reverse(page)) for n, words, page in waiting if n)


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
