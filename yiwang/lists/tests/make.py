"""The lists of the street of the cast in the month in which its stories happen."""

from tests.town import Town
from yiwang.cases.tests.make import MONDAY
from yiwang.catalogue.models import Item
from yiwang.insight import actions as insight
from yiwang.lists.queries import Asked
from yiwang.lists.rules import Period
from yiwang.places.models import Place
from yiwang.plumbing.freshness.snapshots import forget

MARCH = Period(MONDAY.date().replace(day=1), 1)


def counted() -> None:
    """What has happened is counted."""
    forget()
    insight.follow(now=MONDAY)


def of(place: Place, unit: int = 0) -> Asked:
    return Asked(place.code, MARCH, unit)


def lamp() -> int:
    return Item.objects.get(code="LAMP").pk


def street(town: Town) -> Asked:
    return of(town.two_wells)
