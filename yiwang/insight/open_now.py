"""What is open at this moment, town by town: walked over by whoever counts, so that no page has to.

With two hundred thousand open cases a walk over them takes a sixth of a second. It is made when something was counted,
and once a minute, because time alone makes overdue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from yiwang.cases.rules import WAITING
from yiwang.insight.models import OpenNow
from yiwang.insight.rules.marks import LEVELS_BY_HOUR

EVERY = timedelta(minutes=1)
"""How long what was walked over holds where nothing moves."""
_LONGEST = EVERY * 2
_TOWN = LEVELS_BY_HOUR[-1]
_WAITING = sorted(state.value for state in WAITING)
_LATE = "FILTER (WHERE next_due_at < %(now)s)"
_WHO = "unit, holder, state = ANY(%(waiting)s)"
_HOW_MANY = f"count(*) AS open, count(*) {_LATE} AS overdue, min(next_due_at) {_LATE} AS since"
_KEEP = f"""
WITH walked AS MATERIALIZED (
    SELECT county, left(place, {_TOWN}) AS town, {_WHO} AS on_desk, {_HOW_MANY}
    FROM insight_counted WHERE is_open GROUP BY 1, 2, 3, 4, 5
),
towns AS MATERIALIZED (
    SELECT county, town, sum(open) AS open, coalesce(
        jsonb_agg(jsonb_build_array(unit, holder, on_desk, overdue, since)) FILTER (WHERE overdue > 0), '[]'
    ) AS stuck FROM walked GROUP BY county, town
),
gone AS (DELETE FROM insight_opennow AS o WHERE (o.county, o.place) NOT IN (SELECT county, town FROM towns))
INSERT INTO insight_opennow (county, place, as_of, open, stuck) SELECT county, town, %(now)s, open, stuck FROM towns
ON CONFLICT (county, place) DO UPDATE SET as_of = excluded.as_of, open = excluded.open, stuck = excluded.stuck
"""  # noqa: S608 - statements of our own
# What was kept, or where there is nothing of that, a walk: in one question, whichever it will be.
_READ = f"""
WITH kept AS MATERIALIZED (
    SELECT open, stuck FROM insight_opennow WHERE ({{here}}) AND as_of BETWEEN %(since)s AND %(now)s
)
SELECT NULL, NULL, NULL, open, 0, NULL FROM kept
UNION ALL SELECT (one->>0)::bigint, (one->>1)::bigint, (one->>2)::boolean, 0, (one->>3)::bigint, (one->>4)::timestamptz
    FROM kept CROSS JOIN jsonb_array_elements(stuck) AS one
UNION ALL SELECT {_WHO}, {_HOW_MANY} FROM insight_counted
    WHERE is_open AND ({{here}}) AND NOT EXISTS (SELECT FROM kept) GROUP BY 1, 2, 3
"""  # noqa: S608 - as above


@dataclass(frozen=True, slots=True)
class Stuck:
    """What is overdue and with whom: a unit (id) and a post of it (id), 0 where nobody has it."""

    unit: int
    post: int
    overdue: int
    since: datetime
    on_desk: bool  # still to be accepted or dispatched: nobody deals with it yet


@dataclass(frozen=True, slots=True)
class OpenHere:
    """How many are open; `stuck`: who has what is overdue of them, those with the most first."""

    open: int = 0
    stuck: Sequence[Stuck] = ()


def keep(now: datetime) -> None:
    """Walk over all that is open and keep what it comes to. Stands everywhere."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"now": now, "waiting": _WAITING})


def read(places: Sequence[str], now: datetime) -> OpenHere:
    """What is open in these places (codes), as it was kept a moment ago.

    It is walked over instead in places smaller than a town, and where nobody has counted for two minutes.
    """
    is_kept = all(len(place) <= _TOWN for place in places)
    return _read(places, now, since=now - _LONGEST) if is_kept else walked(places, now)


def walked(places: Sequence[str], now: datetime) -> OpenHere:
    """The same as it is at this moment."""
    return _read(places, now, since=now + EVERY)


def _read(places: Sequence[str], now: datetime, *, since: datetime) -> OpenHere:
    if not places:
        return OpenHere()
    here = " OR ".join(f"place >= %(from{n})s AND place < %(to{n})s" for n in range(len(places)))
    ends = {f"{end}{n}": code + more for n, code in enumerate(places) for end, more in (("from", ""), ("to", "~"))}
    late: dict[tuple[int, int, bool], Stuck] = {}
    standing = 0
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(here=here), {"now": now, "since": since, "waiting": _WAITING, **ends})
        for unit, post, on_desk, n, overdue, begun in cursor.fetchall():
            standing += n
            if overdue:
                known = late.get((unit, post, on_desk))
                late[unit, post, on_desk] = Stuck(
                    unit, post, overdue + (known.overdue if known else 0),
                    min(begun, known.since) if known else begun, on_desk,
                )  # fmt: skip
    return OpenHere(standing, sorted(late.values(), key=lambda one: (-one.overdue, one.since, one.post)))


def is_old(now: datetime) -> bool:
    """Whether it is time to walk again although nothing was counted. Stands everywhere."""
    kept_at = OpenNow.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    return kept_at is None or not kept_at <= now < kept_at + EVERY
