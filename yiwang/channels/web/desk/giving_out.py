"""Lists taken away: CSV that flows as it is read, Excel that is made whole before it is sent."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from yiwang.cases.models import Case
from yiwang.cases.rules import State, masked_text, written
from yiwang.cases.words import STATES
from yiwang.catalogue.queries import catalogue
from yiwang.channels.web.asking import actor_of
from yiwang.channels.web.naming import item_named, moment, place_name
from yiwang.channels.web.templatetags.case_lines import lead_unit
from yiwang.plumbing.audit.actions import note
from yiwang.plumbing.sheets.writing import harmless, write

MOST_IN_EXCEL = 20_000
Row = Sequence[str]


def as_csv(name: str, headings: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """Of a million lines, too, the first comes at once."""
    response = StreamingHttpResponse(_lines(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_dated(name)}.csv"'
    return response


def as_excel(request: HttpRequest, name: str, headings: Row, rows: Iterable[Row], *, back: str) -> HttpResponseBase:
    """The same as a sheet; of a longer list CSV is offered, on the page `back`."""
    found = list(islice(rows, MOST_IN_EXCEL + 1))
    if len(found) > MOST_IN_EXCEL:
        messages.error(request, _("More than %(n)s lines: narrow the list, or take CSV.") % {"n": MOST_IN_EXCEL})
        return redirect(f"{back}?{request.GET.urlencode()}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write(path, list(headings), map(list, found))
        # The file stays open for as long as it is sent; its name may go before.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{_dated(name)}.xlsx")


def given_out(
    request: HttpRequest, form: str, name: str, headings: Row, rows: Callable[[], Iterable[Row]], *, back: str
) -> HttpResponseBase:
    """A list in one of the two forms."""
    if form == "csv":
        return as_csv(name, headings, rows())
    return as_excel(request, name, headings, rows(), back=back)


def taken_away(
    request: HttpRequest, form: str, name: str, headings: Row, rows: Callable[[], Iterable[Row]], *, back: str
) -> HttpResponseBase:
    """A list of another room than that of cases, in one of the two forms; the trail says first who took it."""
    asked = {name: value for name, value in request.GET.items() if value}
    note("take_list", name, by=actor_of(request).subject, form=form, at=timezone.now().isoformat(), asked=asked)
    return given_out(request, form, name, headings, rows, back=back)


def headings_of_cases() -> list[str]:
    """What stands above a list of cases."""
    return [
        _("number"), _("state"), _("what was told"), _("place code"), _("place"), _("item code"), _("item"), _("lead"),
        _("received"), _("next due"), _("promised for"), _("finished"), _("closed"),
    ]  # fmt: skip


def row_of(case: Case) -> list[str]:
    """One case in a list that leaves the platform: nobody is named in it."""
    line = catalogue().get(case.item_id) if case.item_id else None
    moments = (case.opened_at, case.next_due_at, case.due_at, case.finished_at, case.closed_at)
    return [
        written(case.number), str(STATES[State(case.state)]), masked_text(case.text), case.place,
        place_name(case.place), line.code if line else "", item_named(case.item_id), lead_unit(case),
        *(moment(at) if at else "" for at in moments),
    ]  # fmt: skip


def _dated(name: str) -> str:
    return f"{name}-{timezone.localtime():%Y%m%d-%H%M}"


class _Echo:
    """Gives a written line back at once."""

    def write(self, line: str) -> str:
        return line


def _lines(headings: Row, rows: Iterable[Row]) -> Iterator[str]:
    writer: Any = csv.writer(_Echo())
    # The mark by which Excel knows that this is UTF-8.
    yield "\ufeff" + writer.writerow(headings)
    for row in rows:
        yield writer.writerow([harmless(text) for text in row])
