"""Open data: a county's months by place, for everybody, as CSV and JSON, with small counts hidden."""

import csv
import json
from datetime import date
from io import StringIO

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from yiwang.insight import opening
from yiwang.insight.models import OpenMonth
from yiwang.insight.rules.suppression import LEAST
from yiwang.plumbing.sheets.writing import harmless

HEADINGS = ("month", "place", "name", *opening.MEASURES)
_FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What there is, what its columns mean, and why some counts are missing."""
    return render(request, "resident/open_data.html", {"months": opening.months(), "least": LEAST})


@login_not_required
@require_safe
def open_month(request: HttpRequest, county: str, month: str, form: str) -> HttpResponse:
    """One month, as CSV (UTF-8, an empty field where a count is hidden) or JSON (null there)."""
    first = _first(month)
    kept = opening.month(county, first) if first else None
    if kept is None or form not in _FORMS:
        raise Http404
    text = _csv(kept) if form == "csv" else _json(kept)
    answer = HttpResponse(text, content_type=_FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="yiwang-{county}-{month}.{form}"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _csv(kept: OpenMonth) -> str:
    file = StringIO()
    lines = csv.writer(file)
    lines.writerow(HEADINGS)
    for line in opening.table(kept):
        lines.writerow(["" if (value := line[name]) is None else harmless(str(value)) for name in HEADINGS])
    return "\ufeff" + file.getvalue()


def _json(kept: OpenMonth) -> str:
    said = {
        "county": kept.county, "month": f"{kept.first:%Y-%m}", "version": kept.version,
        "made": opening.made_on(kept).isoformat(), "least": LEAST, "lines": list(opening.table(kept)),
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False)


def _first(month: str) -> date | None:
    try:
        return parse_date(f"{month}-01")
    except ValueError:
        return None
