"""Where departments disagree whose a matter is, and the table of responsibilities mended with one press."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from yiwang.catalogue.actions import set_responsibility
from yiwang.catalogue.models import Item, Responsibility
from yiwang.catalogue.queries import responsibilities_on_ground_of
from yiwang.channels.admin.scoped import administrator
from yiwang.channels.admin.site import site
from yiwang.people.models import Post
from yiwang.people.queries import grounds_for
from yiwang.places.models import Place
from yiwang.plumbing.refusals import Refused, sentence
from yiwang.triage.queries import Conflict, solved_at
from yiwang.triage.queries import conflicts as found_conflicts

_PAGE = "admin:catalogue_conflicts"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What mending would do: who answers until now, how such cases were solved, and what stays as it is inside."""

    conflict: Conflict
    until_now: Responsibility | None
    solved: int
    solved_of: int
    stay: list[Responsibility]


def conflicts(request: HttpRequest) -> HttpResponse:
    """Hand-backs from one post to another, by item and town, this month's most frequent first."""
    found = found_conflicts(administrator(request), on=timezone.localdate())
    return _page(request, "administration/conflicts.html", title=_("Where departments disagree"), conflicts=found)


def mend(request: HttpRequest) -> HttpResponse:
    """Ask first what will happen; when that was confirmed, let the post that takes such cases answer for them."""
    conflict = _conflict_of(request)
    title = _("Mend the table of responsibilities")
    if request.method != "POST":
        return _page(request, "administration/mend.html", title=title, outcome=_outcome(request, conflict))
    by, today = administrator(request), timezone.localdate()
    item = Item.objects.get(pk=conflict.item.id)
    post = Post.objects.get(pk=conflict.takes.id)
    place = _town(request, conflict)
    try:
        set_responsibility(item, place=place, post=post, since=today, by=by, today=today)
    except Refused as no:
        outcome = _outcome(request, conflict)
        page = _page(request, "administration/mend.html", title=title, outcome=outcome, wrong=sentence(no))
        page.status_code = 422
        return page
    told = {"post": conflict.takes.title, "item": conflict.item.name, "town": conflict.place_name}
    messages.success(request, _("%(post)s answers for “%(item)s” in %(town)s from today on.") % told)
    return redirect(_PAGE)


def _conflict_of(request: HttpRequest) -> Conflict:
    """The conflict that the address or the form names, as it stands; 404 where there is none on one's ground."""
    given = request.POST if request.method == "POST" else request.GET
    asked = tuple(given.get(name, "") for name in ("item", "place", "was", "takes"))
    for one in found_conflicts(administrator(request), on=timezone.localdate()):
        if asked == (str(one.item.id), one.place, str(one.was.id), str(one.takes.id)):
            return one
    raise Http404


def _outcome(request: HttpRequest, conflict: Conflict) -> Outcome:
    today = timezone.localdate()
    given = responsibilities_on_ground_of(administrator(request), on=today).filter(item=conflict.item.id)
    present = [one for one in given.select_related("place", "post") if one.since <= today < (one.until or date.max)]
    solved = solved_at(conflict.item.id, conflict.place, on=today)
    return Outcome(
        conflict, next((one for one in present if one.place_id == conflict.place), None),
        solved[conflict.takes.id], solved.total(),
        [one for one in present if one.place_id and one.place_id != conflict.place
         and one.place_id.startswith(conflict.place)],
    )  # fmt: skip


def _town(request: HttpRequest, conflict: Conflict) -> Place:
    return grounds_for(administrator(request)).get(code=conflict.place)


def _page(request: HttpRequest, template: str, **shown: Any) -> TemplateResponse:
    return TemplateResponse(request, template, {**site.each_context(request), **shown})
