"""What I was told: the list behind the bell, and how many of it I have not read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yiwang.cases.rules import written
from yiwang.channels.web.asking import first_page, has_duty, person_of
from yiwang.channels.web.polled import unless_known
from yiwang.notices import actions, queries
from yiwang.notices.models import Notice
from yiwang.notices.rules.occasions import Occasion
from yiwang.notices.words import ABOUT, APPEAL
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Unseen

_THINGS = {"form": "today-form", "round": "form"}
"""The page of what is no case, by the kind of its subject."""
_OF_ORDERS = frozenset({Occasion.ORDERED, Occasion.ORDER_MOVED})


def frame_of(request: HttpRequest) -> str:
    """The frame of a page that everybody has: a phone's for whoever works outside, else a desk's."""
    return "worker/frame.html" if first_page(request) == "today" else "web/base.html"


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first; what is not read yet by itself, where that is asked for."""
    person = person_of(request)
    before, only_unread = request.GET.get("before", ""), request.GET.get("unread") == "yes"
    found = queries.listed(person, before=int(before) if before.isdecimal() else 0, only_unread=only_unread)
    shown = found[: queries.ON_A_PAGE]
    page = {
        "frame": frame_of(request), "notices": shown, "now": timezone.now(), "only_unread": only_unread,
        "newest": shown[0].pk if shown else 0, "next": shown[-1].pk if len(found) > len(shown) else 0,
        "administers": has_duty(request, Duty.ADMINISTER),
    }  # fmt: skip
    return render(request, "account/notices.html", page)


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """The bell's number, asked for again and again."""
    count = queries.how_many_unread(person_of(request))
    page = {"count": count, "most": queries.MOST_COUNTED, "more": count > queries.MOST_COUNTED}
    return unless_known(request, render(request, "account/bell.html", page))


@require_POST
def open_notice(request: HttpRequest, notice: int) -> HttpResponse:
    """Mark it read, and lead to what it is about."""
    try:
        found = actions.mark_read(notice, by=person_of(request), now=timezone.now())
    except Unseen as unseen:
        raise Http404 from unseen
    return redirect(_page_of(found, outside=first_page(request) == "today"))


def _page_of(notice: Notice, *, outside: bool) -> str:
    about = notice.about.partition("|")[0]
    if notice.case and about == APPEAL:
        return reverse("appeals")
    if notice.case and notice.kind in _OF_ORDERS:
        # A listed one is called by its number.
        return reverse("orders" if about in ABOUT else "listed")
    if notice.case:
        return reverse("today-case" if outside else "case", args=[written(notice.case)])
    kind, _colon, number = notice.subject.partition(":")
    return reverse(_THINGS[kind], args=[number])


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all read that were there when the page was opened."""
    newest = request.POST.get("newest", "")
    if newest.isdecimal():
        actions.mark_all_read(by=person_of(request), up_to=int(newest), now=timezone.now())
    return redirect("notices")
