"""One problem in its four lists: what is done about it is written down here, and who answers is named."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.desk.lists import asked_in, item_in, line_of
from yiwang.channels.web.form_only import form_of
from yiwang.channels.web.naming import names_behind
from yiwang.channels.web.templatetags.lists import problem_of
from yiwang.lists import access, actions, queries
from yiwang.lists.queries import Problem
from yiwang.lists.rules import LONGEST_TEXT
from yiwang.plumbing.refusals import NotYours, Refused, Unseen, sentence


@require_safe
@never_cache
def problem(request: HttpRequest) -> HttpResponse:
    """`item` of the lists that `place`, `unit` and `period` name."""
    return _page(request)


@form_of("problem")
def write(request: HttpRequest) -> HttpResponse:
    """Write down a measure about it."""
    asked, item, text = asked_in(request), item_in(request), request.POST.get("text", "")
    try:
        actions.write(asked.place, item or 0, text=text, by=actor_of(request), now=timezone.now(), unit=asked.unit)
    except (NotYours, Unseen) as stranger:
        raise Http404 from stranger
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, _("Written down."))
    return redirect(problem_of(asked, item or 0))


@form_of("problem")
def end(request: HttpRequest, measure: int) -> HttpResponse:
    """End a measure, with a reason."""
    asked, item = asked_in(request), item_in(request)
    try:
        actions.end(measure, text=request.POST.get("text", ""), by=actor_of(request), now=timezone.now())
    except (NotYours, Unseen) as stranger:
        raise Http404 from stranger
    except Refused as refusal:
        return _page(request, wrong=sentence(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY, ending=measure)
    messages.success(request, _("Written down."))
    return redirect(problem_of(asked, item or 0))


def _page(request: HttpRequest, *, wrong: str = "", status: int = HTTPStatus.OK, ending: int = 0) -> HttpResponse:
    by, asked, item, now = actor_of(request), asked_in(request), item_in(request), timezone.now()
    if item is None:
        raise Http404
    try:
        found = queries.lists(by, asked, now=now, item=item)
    except Unseen as unseen:
        raise Http404 from unseen
    one = next(iter(found.problems), Problem(item))
    subjects = {leader.owner for leader in one.leaders}
    subjects |= {subject for line in one.measures for subject in (line.measure.author, line.ended_by or "")}
    shown = {
        "asked": asked, "problem": one, "line": line_of(one), "names": names_behind(subjects), "now": now,
        "cases": queries.most_pressing(by, asked, item), "wrong": wrong, "ending": ending, "most": LONGEST_TEXT,
        "may_write": bool(item) and access.writes_in(by, asked.place, asked.unit) is not None,
        "may_end": {line.measure.pk for line in one.measures
                    if line.ended_at is None and queries.post_to_end(by, line.measure)},
        "given": request.POST.get("text", ""),
    }  # fmt: skip
    return render(request, "desk/problem.html", shown, status=status)
