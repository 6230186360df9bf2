"""A year of cases at two places and a gathering at one of them, for tests."""

import random
from datetime import datetime, timedelta
from typing import Any

from tests.town import Town
from yiwang.cases.models import Case
from yiwang.cases.tests.make import MONDAY, make_lamp, reported
from yiwang.catalogue.models import Item

HERE, THERE = (106.005, 30.005), (106.045, 30.035)
_OTHERS = 30  # places


def gathered(town: Town, *, more: int = 9, last_year: int = 0, until: datetime = MONDAY, **told: Any) -> list[int]:
    """The numbers of so many cases that gather at `HERE` in the last three weeks, beside a year of ordinary ones.

    `last_year`: so many gathered there in the same days of last year.
    """
    if not Item.objects.filter(code="LAMP").exists():
        make_lamp()
    chance = random.Random(3)  # noqa: S311 - nothing secret is drawn
    first = reported(town, position=HERE, **told)
    Case.objects.filter(number=first).update(opened_at=until)
    one = Case.objects.get(number=first)
    spots = [HERE, *((THERE[0] + 0.01 * n, THERE[1]) for n in range(_OTHERS - 1))]
    ordinary = [_like(one, n, spots[n % _OTHERS], days=n * 400 / 360, chance=chance) for n in range(1, 360)]
    new = [_like(one, 1000 + n, HERE, days=2 * n + 0.5, chance=chance) for n in range(more - 1)]
    then = [_like(one, 2000 + n, HERE, days=365 + 2 * n, chance=chance) for n in range(last_year)]
    Case.objects.bulk_create([*ordinary, *new, *then])
    return [first, *(case.number for case in new)]


def _like(one: Case, count: int, at: tuple[float, float], *, days: float, chance: random.Random) -> Case:
    """Another case, told so many days before Monday within some twenty metres."""
    fields = {field.attname: getattr(one, field.attname) for field in Case._meta.concrete_fields}
    own = {
        "number": one.number + count, "opened_at": one.opened_at - timedelta(days=days), "teller": "reporter",
        "lon": at[0] + chance.gauss(0, 0.0001), "lat": at[1] + chance.gauss(0, 0.0001),
    }  # fmt: skip
    return Case(**fields | own)
