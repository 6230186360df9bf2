"""Reckon what was asked in a week, anew each time; set how long things take and how much a week may hold."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction

from yiwang.figures.actions import put
from yiwang.people.models import Person
from yiwang.places.models import Place
from yiwang.plumbing.audit.actions import note
from yiwang.workload import models
from yiwang.workload.matters import askings, workers_in
from yiwang.workload.models import Asked, Twice
from yiwang.workload.policy import MINUTES
from yiwang.workload.rules import Asking, Minutes, asked_twice, counted, minutes_said, monday_of

Source = Callable[[str, date], Iterable[Asking]]
"""What another room asked of people in a county (code) in the week from a Monday on."""
_sources: list[Source] = []


def count_also(source: Source) -> None:
    """From now on what this room asks of grid workers is counted too."""
    if source not in _sources:
        _sources.append(source)


@transaction.atomic
def reckon(county: str, *, week: date, today: date) -> int:
    """Count what was asked of each grid worker of a county in a week; how many workers were asked something.

    Whatever stood there before is written anew, so that it may run at any time and twice. Stands everywhere.
    """
    assert week == monday_of(week), "a week begins on a Monday"
    workers = {worker.person: worker for worker in workers_in(county, on=min(today, _sunday(week)))}
    found = list(askings(county, week, list(workers.values())))
    found += [one for source in _sources for one in source(county, week) if one.person in workers]
    here = {"county": county, "week": week}
    Asked.objects.filter(**here).delete()
    Twice.objects.filter(**here).delete()
    said = minutes_said(found)
    Asked.objects.bulk_create(
        Asked(**here, place=workers[person].ground, person=person, post=workers[person].post, kind=kind.value,
              unit=unit, times=times, minutes=said[person, kind, unit])
        for (person, kind, unit), times in counted(found).items()
    )  # fmt: skip
    Twice.objects.bulk_create(
        Twice(**here, place=workers[person].ground, person=person, case=case, how=how.value, times=times)
        for person, case, how, times in asked_twice(found)
    )
    return len({one.person for one in found})


def _sunday(week: date) -> date:
    return date.fromordinal(week.toordinal() + 6)


@transaction.atomic
def set_minutes(
    minutes: Minutes, *, county: Place | None, by: Person, today: date, change: models.Minutes | None = None
) -> models.Minutes:
    """Say how long things take in a county, or without one everywhere, and how much a week may hold.

    Refuses as `figures.put`.
    """
    kept = put(MINUTES, minutes, of=county, by=by, today=today, change=change)
    note("set_minutes", f"minutes:{kept.pk}", by=f"person:{by.pk}", ground=kept.county_id or "", **asdict(minutes))
    return kept
