"""Forms 报表: who asked what of how many people, and how many have returned it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yiwang.cases.queries import PRESSING
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.desk.wanted import Asked, asked_in
from yiwang.channels.web.naming import moment, place_name, unit_named
from yiwang.forms import queries
from yiwang.forms.access import grounds_to_ask

FIELDS = ("place", "overdue", "sort")
SORTS = {
    "": gettext_lazy("newest first"), PRESSING: gettext_lazy("what is due first"), "place": gettext_lazy("by place"),
}  # fmt: skip


@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """The forms of the reader's unit and of ground that they supervise."""
    asked, found = _found(request)
    shown = {"forms": found, "now": timezone.now(), "shown_at_most": queries.MOST_LISTED}
    return render(request, "desk/forms.html", shown | asked.shown() | {"sorts": asked.sorts(SORTS)})


@require_safe
def as_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list as it is shown, to be taken away."""
    asked, found = _found(request)
    if asked.wrong:
        raise Http404
    headings = [
        _("number"), _("title"), _("round"), _("unit"), _("place"), _("state"), _("asked on"), _("until"),
        _("asked of"), _("returned"), _("minutes for each"), _("asked again because"),
    ]  # fmt: skip
    return taken_away(request, kind, "forms", headings, lambda: map(_row, found), back=reverse("forms"))


def _found(request: HttpRequest) -> tuple[Asked, list[queries.Counted]]:
    by, asked = actor_of(request), asked_in(request, FIELDS)
    if not grounds_to_ask(by):
        raise Http404
    which = queries.Which(asked.wanted.place, asked.wanted.overdue_at is not None, asked.sort(SORTS))
    return asked, [] if asked.wrong else queries.listed(by, which, now=timezone.now())


def _row(one: queries.Counted) -> list[str]:
    form = one.form
    return [
        str(form.pk), form.title, str(form.round or ""), unit_named(form.unit), place_name(form.place),
        form.get_state_display(), moment(form.asked_at), moment(form.due_at), str(one.people), str(one.returned),
        str(form.minutes), form.nevertheless,
    ]  # fmt: skip
