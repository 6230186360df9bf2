"""Steps as signs know them. Only here are the tables of cases read to look for signs."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from yiwang.cases.models import Assignment, Case
from yiwang.cases.rules import Ending, Part
from yiwang.catalogue.rules import Secrecy
from yiwang.places.rules import metres_between

LOOKED_AT = ("finish", "settle", "close", "call_back")
# What was recorded by being brought in (a year of it, or another system's) is nobody's news.
NEWS = timedelta(days=31)
_RECORDED = """
SELECT number, seq, at, move, coalesce(post_id, 0), given, recorded_at FROM cases_step
WHERE recorded_at >= %s AND at >= %s AND move = ANY (%s) ORDER BY recorded_at, number, seq LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Happened:
    """A step with its case. `signed_at`: when the lead of that turn had signed for it."""

    case: Case
    seq: int
    at: datetime
    move: str
    given: dict[str, Any]
    signed_at: datetime | None

    @property
    def photos(self) -> list[str]:
        """The files that were brought to show it done."""
        return [photo["file"] for photo in self.given.get("photos", [])]


def happened(since: datetime, *, now: datetime, most: int) -> tuple[list[Happened], datetime | None]:
    """The steps recorded since, and when the last of them was, where there may be more of them."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, [since, now - NEWS, list(LOOKED_AT), most])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    numbers = {row[0] for row in rows}
    cases = Case.objects.filter(number__in=numbers).exclude(secrecy=Secrecy.SEALED).in_bulk()
    signed = _signed(numbers)
    found = [
        Happened(cases[number], seq, at, move, _plain(given), signed.get((number, at)))
        for number, seq, at, move, _post, given, _recorded in rows
        if number in cases
    ]
    return found, rows[-1][6] if len(rows) == most else None


def _signed(numbers: Collection[int]) -> dict[tuple[int, datetime], datetime]:
    """When the lead had signed, by the case and by when its part was done."""
    parts = Assignment.objects.filter(case__in=list(numbers), part=Part.LEAD, ending=Ending.DONE)
    done = parts.exclude(signed_at=None).values_list("case_id", "ended_at", "signed_at")
    return {(number, ended): signed for number, ended, signed in done if ended and signed}


def closed_nearby(case: Case, *, at: datetime, days: int, metres: int) -> list[int]:
    """The numbers of the cases of the same item closed at the same place in the days up to that moment, its own among
    them; parts of a case are not counted beside each other."""
    since = at - timedelta(days=days)
    same = Case.objects.filter(county=case.county, item=case.item_id, closed_at__gte=since, closed_at__lte=at)
    same = same.exclude(secrecy=Secrecy.SEALED).filter(lead__isnull=False).order_by("-number")
    near = [one for one in same.only("number", "place", "lon", "lat", "part_of")[:500] if _is_near(case, one, metres)]
    wholes = {one.part_of or one.number: one.number for one in near}
    return sorted(wholes.values())


def _is_near(case: Case, other: Case, metres: int) -> bool:
    if None in {case.lon, case.lat, other.lon, other.lat}:
        return case.place[:12] == other.place[:12] and len(case.place) >= 12
    return metres_between(case.lon, case.lat, other.lon, other.lat) <= metres  # type: ignore[arg-type]


def _plain(given: Any) -> dict[str, Any]:
    # Django hands out jsonb as text where no field of a model reads it.
    return dict(json.loads(given) if isinstance(given, str) else given)
