"""The load of grid workers: who is asked for how much, which unit asks most, and what was asked twice."""

from datetime import date, timedelta
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.desk.giving_out import taken_away
from yiwang.channels.web.naming import post_name, unit_named
from yiwang.forms.queries import asked_again
from yiwang.people.queries import names_of
from yiwang.people.rules import Duty
from yiwang.workload import queries
from yiwang.workload.models import Twice
from yiwang.workload.rules import Kind, Repeated, monday_of
from yiwang.workload.words import KINDS, REPEATED

WEEKS = 8
MOST = 200


class Line(NamedTuple):
    """A worker or a unit: its name, how often of each kind in the order of the columns, and how long that takes."""

    name: str
    post: int
    counts: list[int]
    hours: float
    over: bool
    person: int = 0

    @property
    def cells(self) -> list[tuple[int, bool]]:
        """The counts, and of which of them the forms can be looked at."""
        return [(n, bool(self.person and n) and kind is Kind.FORM) for kind, n in zip(Kind, self.counts, strict=True)]


class Again(NamedTuple):
    """What was asked of somebody twice."""

    name: str
    twice: Twice
    how: str


@require_safe
@never_cache
def load(request: HttpRequest) -> HttpResponse:
    """This week on the ground that one supervises, unless `week` names another of the last eight by its Monday."""
    only_for(request, Duty.SUPERVISE)
    week = chosen_week(request)
    found = queries.load(actor_of(request), week=week)
    names = names_of({one.person for one in found.workers} | {one.person for one in found.twice})
    shown = {
        "week": week, "weeks": _weeks(), "kept": f"week={week}",
        "kinds": [KINDS[kind] for kind in Kind], "over": found.over,
        "most": found.minutes.most / 60, "minutes": [(KINDS[kind], found.minutes.of(kind)) for kind in Kind],
        "workers": [_worker(one, names) for one in found.workers[:MOST]], "count": len(found.workers),
        "units": list(map(_unit, found.units)), "forms_again": asked_again(actor_of(request), week=week),
        "twice": [Again(names.get(one.person, "—"), one, str(REPEATED[Repeated(one.how)])) for one in found.twice],
    }  # fmt: skip
    return render(request, "leader/load.html", shown)


@require_safe
@never_cache
def as_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every worker of the week, to be taken away."""
    only_for(request, Duty.SUPERVISE)
    week = chosen_week(request)
    found = queries.load(actor_of(request), week=week)
    names = names_of({one.person for one in found.workers})
    headings = [_("Worker"), _("post"), _("Hours"), _("over"), *(str(KINDS[kind]) for kind in Kind)]
    rows = (_cells(_worker(one, names)) for one in found.workers)
    return taken_away(request, form, "load", headings, lambda: rows, back=reverse("load"))


def _cells(line: Line) -> list[str]:
    return [
        line.name,
        post_name(line.post),
        f"{line.hours:.1f}",
        _("over") if line.over else "",
        *map(str, line.counts),
    ]


def _weeks() -> list[date]:
    this = monday_of(timezone.localdate())
    return [this - timedelta(weeks=back) for back in range(WEEKS)]


def _worker(one: queries.OfWorker, names: dict[int, str]) -> Line:
    return Line(names.get(one.person, "—"), one.post, _counts(one.counts), one.minutes / 60, one.over, one.person)


def _unit(one: queries.OfUnit) -> Line:
    name = unit_named(one.unit) or _("A unit that is gone")
    return Line(name, 0, _counts(one.counts), one.minutes / 60, over=False)


def _counts(counts: dict[Kind, int]) -> list[int]:
    return [counts.get(kind, 0) for kind in Kind]


def chosen_week(request: HttpRequest) -> date:
    """The week that is asked for by its Monday, the one that runs where none is; others than those shown are not."""
    asked = request.GET.get("week", "")
    found = next((week for week in _weeks() if not asked or week.isoformat() == asked), None)
    if found is None:
        raise Http404
    return found
