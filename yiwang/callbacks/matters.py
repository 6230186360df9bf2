"""Checked cases as sampling knows them: a batch in a few queries. Only here are cases read to be drawn."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db import connection

from yiwang.callbacks.rules import ENOUGH_FOR_USUAL, Handled
from yiwang.cases.models import Assignment, Case, Step
from yiwang.cases.rules import Ending, Part
from yiwang.catalogue.queries import catalogue

_SEALED_BY = ["confirm", "join_up"]
_USUAL = """
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM a.ended_at - a.signed_at)), count(*)
FROM (SELECT number, county FROM cases_case WHERE item_id = %s AND county = %s AND closed_at IS NOT NULL
      ORDER BY number DESC LIMIT 200) AS k
JOIN cases_assignment AS a ON a.case_id = k.number AND a.county = k.county
WHERE a.part = 'lead' AND a.ending = 'done' AND a.signed_at IS NOT NULL
"""


def handled(cases: Collection[Case]) -> Iterator[tuple[Case, int, Handled]]:
    """These cases with the step that sealed their check, and all that decides whether their reporter is called."""
    here = {"county__in": {case.county for case in cases}}
    numbers = [case.number for case in cases]
    told = Step.objects.filter(**here, number__in=numbers, move__in=_SEALED_BY).order_by("number", "seq")
    seals = {number: (seq, bytes(seal)) for number, seq, seal in told.values_list("number", "seq", "hash")}
    parts = Assignment.objects.filter(**here, case__in=numbers, part=Part.LEAD, ending=Ending.DONE).order_by("pk")
    leads = {part.case_id: part for part in parts}
    usual: dict[tuple[int, str], timedelta | None] = {}
    for case in cases:
        # What was brought in may never have been checked here: its newest step seals it.
        seq, seal = seals.get(case.number, (case.steps, bytes(case.head)))
        which = (case.item_id or 0, case.county)
        if which not in usual:
            usual[which] = _usual(*which)
        part = leads.get(case.number)
        yield case, seq, Handled(
            case.number, seal, items=_codes(case.item_id),
            took=part.ended_at - part.signed_at if part and part.ended_at and part.signed_at else None,
            limit=part.handle_due - part.given_at if part else None, usual=usual[which],
            dissatisfied=False in {case.solved, case.satisfied}, reopened=case.reopened,
        )  # fmt: skip


def _codes(item: int | None) -> list[str]:
    line = catalogue().get(item) if item else None
    above = (catalogue().get(one) for one in line.path) if line else ()
    return [one.code for one in above if one]


def _usual(item: int, county: str) -> timedelta | None:
    """How long an item usually takes its handler, by the newest that are closed; None where they are too few."""
    with connection.cursor() as cursor:
        cursor.execute(_USUAL, [item, county])
        seconds, count = cursor.fetchone()
    return timedelta(seconds=float(seconds)) if seconds is not None and count >= ENOUGH_FOR_USUAL else None
