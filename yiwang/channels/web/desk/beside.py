"""A list of what waits with one case open beside it: what the inbox and the call-backs have in common."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from yiwang.cases import actions, queries
from yiwang.cases.models import Case
from yiwang.cases.rules import State, read_number, written
from yiwang.channels.web.asking import actor_of, only_for
from yiwang.channels.web.desk.giving_out import given_out, headings_of_cases, row_of
from yiwang.channels.web.desk.pressing import cursor_in, cursor_of, cursor_out
from yiwang.channels.web.desk.wanted import asked_in
from yiwang.channels.web.polled import unless_known
from yiwang.people.rules import Duty
from yiwang.plumbing.refusals import Unseen
from yiwang.supervision.queries import warnings

MOST = 50
FIELDS = ("place", "state", "item", "overdue", "sort")
Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Beside:
    """One such page. `name`: in addresses and of the templates; `one`: the address's name of one case of it.

    `chosen`: what the pane beside shows of a case; `around`: what else the page needs. `narrow`: to what the list is
    kept whatever is asked for; `told`: what its lines show besides the cases themselves.
    """

    name: str
    one: str
    duty: Duty
    states: frozenset[State]
    waiting: Callable[..., list[Case]]
    count: Callable[..., queries.Count]
    chosen: Callable[[HttpRequest, Case], Shown]
    around: Callable[[], Shown]
    fields: tuple[str, ...] = field(default=FIELDS)
    narrow: Callable[[queries.Filter], queries.Filter] = field(default=lambda wanted: wanted)
    told: Callable[[list[Case]], Shown] = field(default=lambda _cases: {})

    def page(
        self, request: HttpRequest, case: Case | None = None, *, status: int = HTTPStatus.OK, **said: Any
    ) -> HttpResponse:
        """The list, and beside it this case, or the one in the address, or the first; `said` goes into the pane."""
        only_for(request, self.duty)
        wanted = read_number(request.GET.get("case", ""))
        case = case or (self.found(request, wanted) if wanted else None)
        shown = self.listed(request)
        case = case or next(iter(shown["cases"]), None)
        if case and case not in shown["cases"]:
            shown["clock"] |= warnings([case.number])
        shown |= (
            {"named": bool(wanted) or status != HTTPStatus.OK}
            | self.around()
            | (self.chosen(request, case) if case else {})
            | said
        )
        return render(request, f"desk/{self.name}.html", shown, status=422 if shown["wrong"] else status)

    def list_alone(self, request: HttpRequest) -> HttpResponse:
        """The list, for whoever has had it before."""
        only_for(request, self.duty)
        return unless_known(request, render(request, f"desk/{self.name}_list.html", self.listed(request)))

    def pane(self, request: HttpRequest, case: Case) -> HttpResponse:
        """One case to be put beside the list; without the script, with the list."""
        if "HX-Request" not in request.headers:
            return redirect(f"{reverse(self.name)}?case={written(case.number)}")
        shown = self.chosen(request, case) | {"kept": asked_in(request, self.fields).kept}
        shown["clock"] = warnings([case.number])
        return render(request, f"desk/{self.name}_case.html", shown)

    def found(self, request: HttpRequest, number: int) -> Case:
        """The case, for whoever sits at this list; otherwise nothing is here."""
        only_for(request, self.duty)
        try:
            return queries.case(actor_of(request), number)
        except Unseen as unseen:
            raise Http404 from unseen

    def listed(self, request: HttpRequest) -> Shown:
        """One page of the list as it is wanted."""
        asked, after, by = asked_in(request, self.fields), request.GET.get("after", ""), actor_of(request)
        cases: list[Case] = []
        count = queries.Count(0)
        if not asked.wrong:
            wanted = self.narrow(asked.wanted)
            cases = self.waiting(by, wanted, cursor=cursor_in(after, wanted.sort), limit=MOST + 1)
            whole = not after and len(cases) <= MOST
            count = queries.Count(len(cases)) if whole else self.count(by, wanted)
        return asked.shown(states=self.states) | self.told(cases[:MOST]) | {
            "cases": cases[:MOST], "more": cursor_out(cases, MOST, asked.wanted.sort), "after": after,
            "now": timezone.now(), "clock": warnings([case.number for case in cases]),
            "count": count, "page": self.name, "one": self.one, "sorts": asked.sorts(),
            # What every row's addresses end in is written once.
            "query": asked.kept and f"?{asked.kept}",
            "tail": "".join(f"&{one}" for one in (asked.kept, after and urlencode({"after": after})) if one),
        }  # fmt: skip

    def next_one(self, request: HttpRequest, behind: Case) -> HttpResponse:
        """On to the case behind this one, as it stood before it was dealt with, in the list as it is wanted."""
        asked = asked_in(request, self.fields)
        wanted = self.narrow(asked.wanted)
        following = self.waiting(actor_of(request), wanted, cursor=cursor_of(behind, wanted.sort), limit=1)
        number = f"case={written(following[0].number)}" if following else ""
        address = "&".join(filter(None, (number, asked.kept)))
        return redirect(f"{reverse(self.name)}?{address}" if address else self.name)

    def stay(self, request: HttpRequest, case: Case) -> HttpResponse:
        """The same case once more, in the list as it is wanted."""
        address = "&".join(filter(None, (f"case={written(case.number)}", asked_in(request, self.fields).kept)))
        return redirect(f"{reverse(self.name)}?{address}")

    def as_file(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """The whole list as it is wanted, to be taken away."""
        only_for(request, self.duty)
        asked = asked_in(request, self.fields)
        if asked.wrong:
            raise Http404
        wanted = self.narrow(asked.wanted)
        found = actions.export_cases(wanted, by=actor_of(request), now=timezone.now(), form=form, of=self.name)
        return given_out(
            request, form, self.name, headings_of_cases(), lambda: map(row_of, found), back=reverse(self.name)
        )
