"""All cases that one sees: filtered in the address bar, newest first, given out as they are shown."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yiwang.cases import actions, queries
from yiwang.cases.models import Case
from yiwang.cases.rules import State, masked_text, read_number, written
from yiwang.cases.words import STATES
from yiwang.catalogue.queries import catalogue
from yiwang.channels.web.asking import actor_of, person_of
from yiwang.channels.web.drawing import spots_of
from yiwang.channels.web.naming import item_named, moment, place_name
from yiwang.channels.web.templatetags.case_lines import unit_name
from yiwang.people import access
from yiwang.people.roster import roster
from yiwang.places.queries import tree
from yiwang.plumbing.sheets.writing import harmless, write
from yiwang.plumbing.walls.ground import EVERYWHERE

MOST = 50
MOST_ON_A_MAP = 300
MOST_IN_EXCEL = 20_000
_FIRST_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Asked:
    """The filter as it was typed, what is asked by it, and what of it cannot be meant."""

    typed: dict[str, str]
    wanted: queries.Filter = field(default_factory=queries.Filter)
    wrong: list[str] = field(default_factory=list)


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """One page of them, as a list or on a map."""
    asked, now = _asked(request), timezone.now()
    on_a_map = request.GET.get("view") == "map"
    page = queries.Page([], None)
    if not asked.wrong:
        cursor = read_number(request.GET.get("before", "")) or queries.FIRST
        page = queries.search(
            actor_of(request), asked.wanted, cursor=cursor, limit=MOST_ON_A_MAP if on_a_map else MOST
        )
    kept = request.GET.copy()
    kept.pop("before", None)
    keys = [
        ("j / k", _("next, previous case")), ("Enter", _("open the case")), ("/", _("search")), ("?", _("these keys")),
    ]  # fmt: skip
    shown = {
        "page": page, "typed": asked.typed, "wrong": asked.wrong, "states": STATES.items(), "kept": kept.urlencode(),
        "items": [line for line in catalogue() if line.is_open(timezone.localdate())], "now": now,
        "before": request.GET.get("before", ""), "keys": keys, "next": written(page.next) if page.next else "",
        "view": "map" if on_a_map else "list", "other": _other_view(request),
        "spots": spots_of(page.cases, now) if on_a_map else [], "grounds": _drawn(request, asked.wanted.place),
    }  # fmt: skip
    return render(request, "desk/cases.html", shown, status=422 if asked.wrong else 200)


def _other_view(request: HttpRequest) -> str:
    """The same cases, shown the other way."""
    other = request.GET.copy()
    other.pop("before", None)
    other["view"] = "list" if other.get("view") == "map" else "map"
    return other.urlencode()


def _drawn(request: HttpRequest, place: str) -> list[str]:
    """The place that is asked for; otherwise the reader's ground, or every county for who stands on all."""
    grounds = access.grounds_of(person_of(request).pk, timezone.localdate())
    ours = tree().outermost if grounds == EVERYWHERE else grounds
    inside = [place for ground in ours if place.startswith(ground)] if place else []
    return inside[:1] or list(ours)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """All that the filter finds, as it is read: also of a million cases the first line comes at once."""
    found = _given_out(request, "csv")
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name()}.csv"'
    return response


@require_safe
def as_excel(request: HttpRequest) -> HttpResponseBase:
    """The same as an Excel sheet, which is made whole before it is sent: of a longer list CSV is offered."""
    found = list(islice(_given_out(request, "xlsx"), MOST_IN_EXCEL + 1))
    if len(found) > MOST_IN_EXCEL:
        messages.error(request, _("More than %(n)s cases: narrow the list, or take CSV.") % {"n": MOST_IN_EXCEL})
        return redirect(f"{reverse('cases')}?{request.GET.urlencode()}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.xlsx"
        write(path, _headings(), map(_row, found))
        # The file stays open for as long as it is sent; its name may go before.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{_name()}.xlsx")


def _given_out(request: HttpRequest, form: str) -> Iterator[Case]:
    if not access.present(person_of(request).pk, timezone.localdate()):
        raise Http404
    asked = _asked(request)
    if asked.wrong:
        raise Http404
    return actions.export_cases(asked.wanted, by=actor_of(request), now=timezone.now(), form=form)


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    asked = Asked({name: given.get(name, "").strip()[:100] for name in _FIELDS})
    typed = asked.typed
    place, item, lead = (_code(typed[name]) for name in ("place", "item", "lead"))
    if place and place not in tree():
        asked.wrong.append(_("Choose the place from what is proposed while you type."))
    if item and not any(line.code == item for line in catalogue()):
        asked.wrong.append(_("Choose the item from what is proposed while you type."))
    if lead and not (lead.isdecimal() and roster().get(int(lead))):
        asked.wrong.append(_("Choose the post from what is proposed while you type."))
    if typed["state"] and typed["state"] not in set(State):
        asked.wrong.append(_("There is no such state."))
    day = _day(typed["since"])
    if typed["since"] and day is None:
        asked.wrong.append(_("Write the day as 2026-03-02."))
    if not asked.wrong:
        asked.wanted = queries.Filter(
            place=place, state=typed["state"], item=item, lead=int(lead) if lead else None, text=typed["q"],
            overdue_at=timezone.now() if typed["overdue"] else None, since=_midnight(day) if day else None,
        )  # fmt: skip
    return asked


_FIELDS = ("q", "place", "state", "item", "lead", "overdue", "since")


def _code(typed: str) -> str:
    """Proposals are written with their name behind: "990101001 双井街道"."""
    found = _FIRST_WORD.match(typed)
    return found[0] if found else ""


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _name() -> str:
    return f"cases-{timezone.localtime():%Y%m%d-%H%M}"


def _headings() -> list[str]:
    return [
        _("number"), _("state"), _("what was told"), _("place code"), _("place"), _("item code"), _("item"), _("lead"),
        _("received"), _("next due"), _("promised for"), _("finished"), _("closed"),
    ]  # fmt: skip


def _row(case: Case) -> list[str]:
    line = catalogue().get(case.item_id) if case.item_id else None
    moments = (case.opened_at, case.next_due_at, case.due_at, case.finished_at, case.closed_at)
    return [
        written(case.number), str(STATES[State(case.state)]), masked_text(case.text), case.place,
        place_name(case.place), line.code if line else "", item_named(case.item_id), unit_name(case.lead_id),
        *(moment(at) if at else "" for at in moments),
    ]  # fmt: skip


class _Echo:
    """Gives a written line back at once."""

    def write(self, line: str) -> str:
        return line


def _lines(found: Iterable[Case]) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    # The mark by which Excel knows that this is UTF-8.
    yield "\ufeff" + writer.writerow(_headings())
    for case in found:
        yield writer.writerow([harmless(text) for text in _row(case)])
