"""Which reports count, read out of the loop: only here are the tables of cases read for it."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from yiwang.cases.access import Actor
from yiwang.cases.models import Case, Step
from yiwang.cases.queries import visible_to
from yiwang.cases.rules import State, Told, county_of
from yiwang.catalogue.rules import Secrecy
from yiwang.plumbing.walls.ground import lies_in

# Who left a phone as somebody whom a matter troubles; what an office or a program brings in is nobody's demand.
_TOLD = [Told.RESIDENT.value, Told.ON_BEHALF.value, Told.QR_CODE.value]
_TAKEN_BACK = State.WITHDRAWN.value
# What was told since the last look, and whoever is kept already; each phone is then found by its index.
_COUNT = """
    WITH looked_at AS MATERIALIZED (
        SELECT phone_mark AS mark FROM cases_case WHERE county = %(county)s AND phone_mark IS NOT NULL
            AND secrecy = %(open)s AND told = ANY (%(told)s) AND opened_at > %(news)s AND opened_at <= %(now)s
        UNION SELECT mark FROM repeats_teller WHERE county = %(county)s
    )
    INSERT INTO repeats_teller (county, place, mark, times, first_at, last_at, at)
    SELECT k.county, ground.code, k.phone_mark, count(*), min(k.opened_at), max(k.opened_at), %(now)s
    FROM looked_at JOIN cases_case AS k ON k.phone_mark = looked_at.mark
    CROSS JOIN LATERAL (SELECT k.county UNION SELECT left(k.place, 9)) AS ground (code)
    WHERE k.county = %(county)s AND k.secrecy = %(open)s AND k.told = ANY (%(told)s) AND k.part_of IS NULL
        AND k.state <> %(taken_back)s AND k.opened_at > %(since)s AND k.opened_at <= %(now)s
    GROUP BY k.county, ground.code, k.phone_mark HAVING count(*) >= %(times)s
    ON CONFLICT (county, place, mark) DO UPDATE SET times = excluded.times, first_at = excluded.first_at,
        last_at = excluded.last_at, at = excluded.at"""


def count_tellers(county: str, *, times: int, since: datetime, news: datetime, now: datetime) -> None:
    """Write who told that often since then. Looked at is whoever is kept already or told something after `news`."""
    asked: dict[str, Any] = {
        "county": county, "times": times, "since": since, "news": max(news, since), "now": now,
        "open": Secrecy.OPEN.value, "told": _TOLD, "taken_back": _TAKEN_BACK,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, asked)


def told_by(actor: Actor, place: str, marks: Collection[bytes], *, since: datetime) -> QuerySet[Case]:
    """What these phones told of a place (its code) since then, as far as the actor may see it, the newest first."""
    told = visible_to(actor).filter(lies_in("place", [place]), county=place[:6], phone_mark__in=marks)
    told = told.filter(secrecy=Secrecy.OPEN, told__in=_TOLD, part_of=None, opened_at__gt=since)
    return told.exclude(state=_TAKEN_BACK).order_by("-opened_at", "-number")


def dissatisfied(numbers: Collection[int]) -> Counter[int]:
    """How often whoever told each of these cases said in a call-back that they were not content, or it not solved.

    By the history: what a case keeps is only what was said last.
    """
    counties = {county_of(number) for number in numbers}
    said = Step.objects.filter(county__in=counties, number__in=numbers, move="call_back").values_list(
        "number", "given"
    )
    return Counter(number for number, given in said if given.get("satisfied") is False or given.get("solved") is False)
