"""Cases that may be the same matter as another one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries.listing import FIRST, visible_to
from yiwang.cases.rules import OPEN, State, Told
from yiwang.catalogue.rules import Secrecy
from yiwang.triage.rules import (
    SAME_FOR_DAYS,
    TOLD_AGAIN_WITHIN_DAYS,
    Sketch,
    is_of_one_label,
    is_told_again,
    likeness,
    metres_apart,
)

# The newest in the community and those in the town around it are looked at: some weeks of an ordinary place, and on
# the day of a flood the last hours.
_NEWEST = "SELECT cases_lying(%s, '{}', %s, 300) UNION SELECT cases_lying(%s, '{}', %s, 200)"
_LOOKED_AT = 50
_COMPARED = ("number", "text", "item_id", "place", "lon", "lat", "state", "opened_at")


@dataclass(frozen=True, slots=True)
class Likely:
    """A case that may tell of the same; `metres` away where both have a position."""

    number: int
    state: str
    text: str
    item: int | None
    place: str
    opened_at: datetime
    metres: int | None
    is_open: bool


def likely_same(actor: Actor, case: Case, *, most: int = 5) -> list[Likely]:
    """Cases of the actor's that may be the same matter, the open ones first, then what is most alike.

    Told within 30 days of it, in its town. Those that were merged, declined or withdrawn are left out.
    """
    if case.is_sealed or len(case.place) < 9:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [case.place[:12], FIRST, case.place[:9], FIRST])
        numbers = [number for (number,) in cursor.fetchall() if number != case.number]
    days = timedelta(days=SAME_FOR_DAYS)
    told = visible_to(actor).filter(
        number__in=numbers, county=case.county, state__in=sorted(OPEN | {State.CLOSED}),
        opened_at__range=(case.opened_at - days, case.opened_at + days),
    )  # fmt: skip
    this = _sketch(case.text, case.item_id, case.place, case.lon, case.lat)
    found = [(likeness(this, _sketch(*row[1:6])), row) for row in told.values_list(*_COMPARED)]
    likely = sorted(
        ((State(row[6]) in OPEN, like, row) for like, row in found if like),
        key=lambda one: (one[0], one[1], one[2][0]),
    )
    return [_likely(row, this, is_open=is_open) for is_open, _like, row in reversed(likely[-most:])]


def told_before(case: Case) -> int | None:
    """The open case (its number) of which this report is surely the same once more: by the same reporter, or through
    the same QR code, within a week. None where there is no such case, or who told it is not known.
    """
    if case.secrecy != Secrecy.OPEN:
        return None
    this = _sketch(case.text, case.item_id, case.place, case.lon, case.lat)
    since = case.opened_at - timedelta(days=TOLD_AGAIN_WITHIN_DAYS)
    before = Case.objects.filter(
        county=case.county, state__in=sorted(OPEN), secrecy=Secrecy.OPEN, merged_into=None, number__lt=case.number,
        opened_at__gte=since,
    ).order_by("-number")  # fmt: skip
    columns = ("number", "text", "item_id", "place", "lon", "lat", "address")
    if case.phone_mark is not None:
        for number, *row, _address in before.filter(phone_mark=case.phone_mark).values_list(*columns)[:_LOOKED_AT]:
            if is_told_again(this, _sketch(*row)):
                return int(number)
    if case.told == Told.QR_CODE and case.item_id is not None:
        there = before.filter(told=Told.QR_CODE, item=case.item_id, place=case.place)
        for number, *row, address in there.values_list(*columns)[:_LOOKED_AT]:
            if is_of_one_label(this, _sketch(*row), case.address, address):
                return int(number)
    return None


def _sketch(text: str, item: int | None, place: str, lon: float | None, lat: float | None) -> Sketch:
    return Sketch(text, item, place, None if lon is None or lat is None else (lon, lat))


def _likely(row: tuple[Any, ...], this: Sketch, *, is_open: bool) -> Likely:
    number, text, item, place, lon, lat, state, opened_at = row
    metres = metres_apart(this, _sketch(text, item, place, lon, lat))
    return Likely(number, state, text, item, place, opened_at, None if metres is None else round(metres), is_open)
