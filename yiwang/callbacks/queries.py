"""What can be asked of sampling: who is to be called, and why."""

from collections.abc import Collection
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q

from yiwang.callbacks.models import Draw
from yiwang.callbacks.rules import LOTS, Why
from yiwang.callbacks.words import LOT_DRAWN, WHYS
from yiwang.cases.models import Case
from yiwang.cases.queries import Filter


def to_be_called(wanted: Filter) -> Filter:
    """The same without the cases whose reporter is not called: neither drawn, nor unhappy on their own page."""
    left = Draw.objects.filter(county=OuterRef("county"), number=OuterRef("number"), turn=OuterRef("reopened"))
    unhappy = Q(solved=False) | Q(satisfied=False)
    return replace(wanted, but=Q(Exists(left.filter(asked=False))) & ~Q(unhappy & Q(solved__isnull=False)))


def whys(cases: Collection[Case]) -> dict[int, list[str]]:
    """Why the reporters of these cases are called, in words, by case; all in one query."""
    here = {"county__in": {case.county for case in cases}, "number__in": [case.number for case in cases]}
    turns = {case.number: case.reopened for case in cases}
    drawn = {draw.number: draw for draw in Draw.objects.filter(**here) if turns[draw.number] == draw.turn}
    return {case.number: _why(case, drawn.get(case.number)) for case in cases}


def _why(case: Case, draw: Draw | None) -> list[str]:
    said = [Why(why) for why in draw.reasons] if draw else []
    unhappy = False in {case.solved, case.satisfied}
    if unhappy and Why.DISSATISFIED not in said:
        said.insert(0, Why.DISSATISFIED)
    return [_words(why, draw) for why in said]


def _words(why: Why, draw: Draw | None) -> str:
    if why is Why.LOT and draw is not None:
        return LOT_DRAWN % {"lot": draw.lot, "called": draw.percent * LOTS // 100, "of": LOTS}
    return str(WHYS[why])
