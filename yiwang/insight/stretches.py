"""The backlog: cases that wait to be counted, cut into stretches of their numbers.

After an upgrade that counts otherwise, or when many cases came in at once, all that waits is cut up in one statement.
Whoever counts a stretch holds its row until that is committed, and then it is gone: killed anywhere, it is there again
for the next one. So several count side by side, and whoever follows what moves now waits for nobody but those who
count the same cases at this moment.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from yiwang.cases.rules import county_of
from yiwang.insight.models import Stretch
from yiwang.plumbing.walls.ground import past_the_wall

# By its length a history is known to be longer than the one that was counted. What is sealed is not counted, and what
# has been sealed since then not any more.
_MOVED = """
SELECT moved.number FROM (
    SELECT number, county, max(seq) AS steps FROM cases_step WHERE recorded_at >= %s GROUP BY number, county
) AS moved
JOIN cases_case AS k ON k.number = moved.number AND k.county = moved.county
LEFT JOIN insight_counted AS c ON c.number = moved.number AND c.county = moved.county
WHERE c.steps < moved.steps OR (c.steps IS NULL AND k.secrecy <> 'sealed')
"""
# A report that is joined to another case, or taken out again, adds to that one's outcome without a step of it.
_JOINED = """
SELECT DISTINCT (given->>'into')::bigint AS number FROM cases_step
WHERE move IN ('merge', 'follow') AND given ? 'into' AND
"""
_CUT = """
INSERT INTO insight_stretch (version, first, last) SELECT %s, min(number), max(number)
FROM (SELECT number, (row_number() OVER (ORDER BY number) - 1) / %s AS n FROM {which}) AS waiting GROUP BY n
"""
_CUT_ALL = _CUT.format(which="cases_case")
# Those that were joined to have no step more: let them look as if they had.
_CUT_MOVED = f"""
WITH moved AS MATERIALIZED ({_MOVED}),
joined AS MATERIALIZED ({_JOINED} number IN (SELECT number FROM moved)),
stale AS (UPDATE insight_counted AS c SET steps = 0 FROM joined WHERE c.number = joined.number)
{_CUT.format(which="(SELECT number FROM moved UNION SELECT number FROM joined) AS both_of_them")}
"""  # noqa: S608 - statements of our own
# No stretch overlaps another: a number lies in the last one that begins before it, or in none.
_AROUND = """
SELECT first FROM insight_stretch WHERE first IN (
    SELECT near.first FROM unnest(%s::bigint[]) AS one CROSS JOIN LATERAL (
        SELECT first, last FROM insight_stretch WHERE first <= one ORDER BY first DESC LIMIT 1
    ) AS near WHERE near.last >= one
) ORDER BY first FOR UPDATE
"""
_WAITING = """
SELECT k.number FROM cases_case AS k LEFT JOIN insight_counted AS c ON c.number = k.number AND c.county = k.county
WHERE k.number BETWEEN %s AND %s AND (c.steps < k.steps OR (c.steps IS NULL AND k.secrecy <> 'sealed'))
ORDER BY k.number
"""


def moved_since(moment: datetime, most: int) -> list[int]:
    """The cases, so many at most, of which a step was recorded since then that is not counted."""
    return _numbers(f"{_MOVED} ORDER BY moved.number LIMIT %s", moment, most)


def joined_to(numbers: Collection[int]) -> list[int]:
    """The cases to which these were joined at any time."""
    counties = sorted({county_of(number) for number in numbers})
    return _numbers(f"{_JOINED} number = ANY(%s) AND county = ANY(%s)", list(numbers), counties) if numbers else []


def cut_all(version: int, each: int) -> None:
    """Let every case wait to be counted by the rules of this version, so many in a stretch; nothing else waits."""
    # Whoever counts one now is waited for.
    Stretch.objects.all().delete()
    with past_the_wall(), connection.cursor() as cursor:
        cursor.execute(_CUT_ALL, [version, each])


def cut_moved(moment: datetime, version: int, each: int) -> None:
    """Let the cases wait that have moved since then, and those to which they were joined. None may wait already."""
    with connection.cursor() as cursor:
        cursor.execute(_CUT_MOVED, [moment, version, each])


def wait_for(numbers: Collection[int]) -> None:
    """Wait until nobody counts a stretch in which one of these cases lies; until the end nobody else can begin to."""
    _numbers(_AROUND, list(numbers))


def take(version: int) -> Stretch | None:
    """A stretch that nobody counts, the newest cases first, for whoever counts by the rules of this version.

    Until the end of the transaction nobody else can take it, and the version stays.
    """
    free = Stretch.objects.select_for_update(skip_locked=True).filter(version=version)
    return free.order_by("-first").first()


def alone_in(lane: int) -> bool:
    """Whether nobody else walks in this lane until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [f"yiwang.insight.walk.{lane}"])
        (alone,) = cursor.fetchone()
    return bool(alone)


def waiting_in(stretch: Stretch) -> list[int]:
    """The cases of a stretch that are not counted as they stand."""
    return _numbers(_WAITING, stretch.first, stretch.last)


def _numbers(statement: str, *asked: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [number for (number,) in cursor.fetchall()]
