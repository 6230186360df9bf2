"""Look who told often; set how often is often."""

from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from yiwang.figures.actions import put
from yiwang.people.models import Person
from yiwang.places.models import Place
from yiwang.places.queries import tree
from yiwang.plumbing.audit.actions import note
from yiwang.repeats import models
from yiwang.repeats.matters import count_tellers
from yiwang.repeats.models import Teller
from yiwang.repeats.policy import OFTEN, often_in
from yiwang.repeats.rules import Often

_COUNTY = 6
# What was taken in while the last look was on its way is looked at again.
_OVERLAP = timedelta(minutes=10)


def look(*, now: datetime, whole: bool = False) -> int:
    """Look through what was told in every county since the last look, or `whole`: in all months that count.

    How many are kept now. Stands everywhere; twice is as good as once.
    """
    return sum(look_in(code, now=now, whole=whole) for code in tree().outermost if len(code) == _COUNTY)


@transaction.atomic
def look_in(county: str, *, now: datetime, whole: bool = False) -> int:
    """The same for a county. Whoever is kept is counted anew each time, so that what is over is forgotten."""
    often = often_in(county)
    since = often.since(now)
    kept = Teller.objects.filter(county=county)
    last = kept.aggregate(last=Max("at"))["last"]
    news = since if whole or last is None else last - _OVERLAP
    count_tellers(county, times=often.times, since=since, news=news, now=now)
    kept.filter(at__lt=now).delete()
    return kept.count()


@transaction.atomic
def set_often(often: Often, *, county: Place | None, by: Person, today: date, change: models.Often | None = None) -> (
    models.Often
):  # fmt: skip
    """Say how often is often in a county, or without one everywhere; the next nightly look goes by it.

    Refuses as `figures.put`.
    """
    kept = put(OFTEN, often, of=county, by=by, today=today, change=change)
    note("set_often", f"often:{kept.pk}", by=f"person:{by.pk}", ground=kept.county_id or "", **asdict(often))
    return kept
