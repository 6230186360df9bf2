"""Orders 督办 without a listing: what was ordered of whom; answered by its owner, accepted by its giver."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.listed import ORDERS, finds, kept_for_later, lines_of, moved, orders_as_file, orders_in
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import names_behind
from yiwang.plumbing.refusals import Refused, Unseen, sentence
from yiwang.supervision import queries
from yiwang.supervision.rules.orders import LONGEST_TEXT, Kind


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """All orders that the reader sees and that have not ended, the most pressing first."""
    return _page(request)


@require_safe
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as it is shown, to be taken away."""
    return orders_as_file(request, form, Kind.ORDER, "orders")


@form_of("orders")
def act(request: HttpRequest, order: int) -> HttpResponse:
    """Report, guide, answer, accept, or insist, as the pressed button says."""
    shown: list[UUID] = []
    try:
        said = moved(request, order, shown)
    except Unseen as unseen:
        raise Http404 from unseen
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), at=order, shown=shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, said)
    return redirect(f"{reverse('orders')}#order-{order}")


def _page(
    request: HttpRequest, *, wrong: str = "", at: int = 0, shown: Sequence[UUID] = (), status: int = HTTPStatus.OK
) -> HttpResponse:
    by, now = actor_of(request), timezone.now()
    asked, found, ended = orders_in(request, Kind.ORDER)
    if not finds(request, Kind.ORDER):
        raise Http404
    lines = lines_of(by, [*found, *ended], now)
    subjects = {s for line in lines for s in (line.order.owner, *(one.entry.author for one in line.entries))}
    given = {name: request.POST.get(name, "") for name in ("text", "do")}
    page = {
        "orders": lines[: len(found)], "ended": lines[len(found) :], "now": now, "names": names_behind(subjects),
        "finds_listed": finds(request, Kind.LISTED),
        "wrong_said": wrong, "at": at, "given": given, "most": LONGEST_TEXT, "act_at": "orders-act",
        "shown_at_most": queries.MOST_LISTED, **asked.shown(), "sorts": asked.sorts(ORDERS),
        **kept_for_later(shown),
    }  # fmt: skip
    return render(request, "desk/orders.html", page, status=status)
