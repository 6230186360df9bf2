"""What each figure means: formula, unit, source fields and version of every indicator, in plain words, for anybody."""

from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from yiwang.insight.rules.indicators import INDICATORS, Indicator
from yiwang.insight.words import MEANINGS, NAMES


class Explained(NamedTuple):
    """An indicator, its name, and what stands over and under the line; nothing under it where there is no division."""

    indicator: Indicator
    name: Promise
    over: Promise
    of: Promise | None


@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """All indicators; every figure elsewhere leads to its own line here."""
    lines = [
        Explained(one, NAMES[one.name], MEANINGS[one.over], MEANINGS[one.of] if one.of else None)
        for one in INDICATORS.values()
    ]
    return render(request, "leader/figures.html", {"lines": lines})
