"""Replies that were sent although something was wanting in them: how often what, and each with its case."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.cases.access import Actor
from yiwang.cases.queries import FIRST
from yiwang.cases.rules import read_number, written
from yiwang.channels.web.asking import IN_A_UNIT, actor_of, only_for
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.naming import moment, place_name
from yiwang.channels.web.templatetags.case_lines import unit_name
from yiwang.people.rules import Duty
from yiwang.replies import queries
from yiwang.replies.queries import Sent
from yiwang.replies.rules import Flaw
from yiwang.replies.words import FLAWS

DAYS = 30
_FOR = (*IN_A_UNIT, Duty.SUPERVISE)


class Tab(NamedTuple):
    """A flaw in words, and how many replies had it."""

    flaw: str
    words: str
    replies: int


@require_safe
@never_cache
def replies(request: HttpRequest) -> HttpResponse:
    """The last thirty days of one's own posts, of the unit one heads, of the ground one supervises."""
    only_for(request, *_FOR)
    actor, flaw, since = actor_of(request), _flaw(request), _since()
    before = read_number(request.GET.get("before", "")) or FIRST
    found, following = queries.sent(actor, since=since, flaw=flaw, before=before)
    shown = {
        "tabs": [Tab(one.flaw, str(FLAWS[one.flaw]), one.replies) for one in queries.counted(actor, since=since)],
        "flaw": flaw or "", "lines": [(one, [str(FLAWS[of]) for of in one.flaws]) for one in found],
        "following": written(following) if following else "", "kept": f"flaw={flaw}" if flaw else "",
    }  # fmt: skip
    return render(request, "desk/replies.html", shown)


@require_safe
@never_cache
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """All of them, or those with the flaw that is asked for, to be taken away."""
    only_for(request, *_FOR)
    actor, flaw, since = actor_of(request), _flaw(request), _since()
    headings = [_("case"), _("reply"), _("what was wanting"), _("unit"), _("place"), _("when")]
    rows = map(_cells, _every(actor, flaw, since))
    return taken_away(request, form, "replies", headings, lambda: rows, back=reverse("replies"))


def _since() -> datetime:
    return timezone.now() - timedelta(days=DAYS)


def _flaw(request: HttpRequest) -> Flaw | None:
    asked = request.GET.get("flaw", "")
    if asked and asked not in set(Flaw):
        raise Http404
    return Flaw(asked) if asked else None


def _every(actor: Actor, flaw: Flaw | None, since: datetime) -> Iterator[Sent]:
    before: int | None = FIRST
    while before is not None:
        found, before = queries.sent(actor, since=since, flaw=flaw, before=before)
        yield from found


def _cells(one: Sent) -> list[str]:
    wanting = " ".join(str(FLAWS[flaw]) for flaw in one.flaws)
    return [written(one.number), one.reply, wanting, unit_name(one.post) or "", place_name(one.place), moment(one.at)]
