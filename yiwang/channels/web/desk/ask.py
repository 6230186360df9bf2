"""Ask a form: written, looked at for what is asked or known already and for what it costs, then sent out."""

from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yiwang.cases.access import Actor
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.naming import place_name, unit_named
from yiwang.forms import actions, queries
from yiwang.forms.access import grounds_to_ask
from yiwang.forms.models import Form
from yiwang.forms.rules import MOST_QUESTIONS, Asks, Every, Kind, Rounds, Wanted, question_fault
from yiwang.forms.words import EVERY, KINDS, KNOWN
from yiwang.people.queries import names_of
from yiwang.places.queries import tree
from yiwang.plumbing.refusals import Refused, sentence

_ROWS = 3
_MANY = 12
_COMMAS = str.maketrans("，、;；", ",,,,")
# Which field a refusal is about.
_FIELDS = {
    "form_title_unfit": "title", "form_lacks_why": "why", "form_minutes_unfit": "minutes", "form_due_unfit": "due",
    "series_end_unfit": "last", "series_overlaps": "due", "form_asked_of_nobody": "role",
    "form_lacks_questions": "row1", "form_not_yours_to_ask": "place",
}  # fmt: skip


class Row(NamedTuple):
    """A question as it was typed; `more`: the unit of a number, or the choices."""

    text: str = ""
    kind: str = Kind.NUMBER.value
    more: str = ""


@require_http_methods(["GET", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """The form that is being written; `do` says whether to look at it, to add a question, or to send it out."""
    by = actor_of(request)
    if not grounds_to_ask(by):
        raise Http404
    do = request.POST.get("do", "")
    if do not in {"look", "ask"}:
        return _page(request, by)
    try:
        wanted = _wanted(request)
        if do == "ask":
            form = actions.ask(wanted, by=by, now=timezone.now(), nevertheless=request.POST.get("nevertheless", ""))
            messages.success(request, _("It was asked."))
            return redirect("form", form.pk)
        return _page(request, by, found=_looked(wanted, by))
    except Refused as refusal:
        found = _looked(wanted, by) if refusal.code == "form_asked_already" else None
        return _page(request, by, found=found, refused=refusal, status=422)


def _looked(wanted: Wanted, by: Actor) -> dict[str, Any]:
    found = actions.look_at(wanted, by=by, now=timezone.now())
    names = names_of(set(found.over))
    return {
        "again": [(one, unit_named(one.form.unit), _series_words(one.form)) for one in found.again],
        "people": len(found.people),
        "known": [(text, KNOWN[known]) for text, known in found.known], "minutes": wanted.minutes,
        "hours": found.minutes / 60, "needs_reason": found.is_asked_already,
        "rounds": len(found.rounds), "first": found.rounds[0], "last": found.rounds[-1],
        "each": wanted.minutes * len(found.rounds) / 60,
        "over": [names.get(person, "—") for person in found.over[:_MANY]], "over_count": len(found.over),
    }  # fmt: skip


def _wanted(request: HttpRequest) -> Wanted:
    given = request.POST
    day = _day(given.get("due", ""))
    if day is None:
        raise Refused("form_due_unfit")
    minutes = given.get("minutes", "")
    return Wanted(
        given.get("place", "").partition(" ")[0], given.get("title", ""), given.get("why", ""),
        int(minutes) if minutes.isdecimal() and minutes.isascii() else 0,
        timezone.make_aware(datetime.combine(day, time(18))),
        tuple(_asks(row) for row in _rows(request) if row.text.strip()), given.get("role", ""),
        _rounds(request),
    )  # fmt: skip


def _rounds(request: HttpRequest) -> Rounds | None:
    every = request.POST.get("every", "")
    if every not in set(Every):
        return None
    last = _day(request.POST.get("last", ""))
    if last is None:
        raise Refused("series_end_unfit")
    return Rounds(Every(every), last)


def _day(said: str) -> date | None:
    try:
        return parse_date(said)
    except ValueError:
        return None


def _series_words(form: Form) -> str:
    """That it comes round anyway, where it does."""
    series = form.series
    if series is None or series.next_on is None:
        return ""
    return _("%(every)s until %(last)s anyway") % {"every": EVERY[Every(series.every)], "last": series.last}


def _asks(row: Row) -> Asks:
    if row.kind not in set(Kind):
        raise Refused("question_unfit")
    kind = Kind(row.kind)
    several = tuple(filter(None, map(str.strip, row.more.translate(_COMMAS).split(","))))
    return Asks(
        row.text.strip(),
        kind,
        row.more.strip()[:12] if kind is Kind.NUMBER else "",
        several if kind is Kind.ONE else (),
    )


def _rows(request: HttpRequest) -> list[Row]:
    given = request.POST
    sent = zip(given.getlist("text"), given.getlist("kind"), given.getlist("more"), strict=False)
    return [Row(*one) for one in sent][:MOST_QUESTIONS]


def _at(refused: Refused, rows: list[Row]) -> str:
    """The field that a refusal is about: a question where it is one of the questions."""
    if not refused.code.startswith("question_"):
        return _FIELDS.get(refused.code, "")
    return next((f"row{n}" for n, row in enumerate(rows, 1) if row.text.strip() and _is_unfit(row)), "")


def _is_unfit(row: Row) -> bool:
    return row.kind not in set(Kind) or bool(question_fault(_asks(row)))


def _page(
    request: HttpRequest, by: Actor, *, found: dict[str, Any] | None = None, refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    rows = _rows(request) or [Row()] * _ROWS
    if request.POST.get("do") == "more" and len(rows) < MOST_QUESTIONS:
        rows = [*rows, Row()]
    ground = next((code for code in grounds_to_ask(by) if code in tree()), "")
    english = (get_language() or "").startswith("en")
    shown = {
        "rows": rows, "kinds": [(kind.value, words) for kind, words in KINDS.items()], "found": found,
        "every": [(every.value, words) for every, words in EVERY.items()],
        "given": request.POST, "wrong_said": sentence(refused) if refused else "",
        "wrong_at": _at(refused, rows) if refused else "", "place": f"{ground} {place_name(ground)}" if ground else "",
        "roles": [(one.code, one.name_en if english else one.name) for one in queries.roles_outside()],
        "today": timezone.localdate(), "may_add": len(rows) < MOST_QUESTIONS,
    }  # fmt: skip
    return render(request, "desk/ask.html", shown, status=status)
