"""Count who solved what, and who handed what back to whom: the last months anew, every night."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from yiwang.cases.rules import State
from yiwang.catalogue.rules import Secrecy
from yiwang.triage.models import Handled
from yiwang.triage.rules import CONFIRMED

MONTHS_ANEW = 2
"""What was handed back at the end of a month is signed for by another in the next."""

# By the day on which a step was kept, which has an index of its own. What was classified anew since was handed back as
# something else, and says nothing of who answers for it now.
_COUNT = """
INSERT INTO triage_handled (county, place, item, month, post, afterwards, cases)
SELECT told.county, left(told.place, 9), told.item_id, %(month)s, told.post, told.afterwards,
    count(DISTINCT told.number)
FROM (
    SELECT c.county, c.number, c.place, c.item_id, c.lead_id AS post, 0 AS afterwards
    FROM cases_step s JOIN cases_case c ON c.county = s.county AND c.number = s.number
    WHERE s.recorded_at >= %(since)s AND s.recorded_at < %(until)s AND s.move = 'close'
        AND c.state = %(closed)s AND c.lead_id IS NOT NULL AND c.item_id IS NOT NULL AND c.secrecy <> %(sealed)s
    UNION ALL
    SELECT c.county, c.number, c.place, c.item_id, s.post_id, c.lead_id
    FROM cases_step s JOIN cases_case c ON c.county = s.county AND c.number = s.number
    WHERE s.recorded_at >= %(since)s AND s.recorded_at < %(until)s AND s.move = 'hand_back'
        AND c.state = ANY(%(confirmed)s) AND c.lead_id <> s.post_id AND c.item_id IS NOT NULL
        AND c.secrecy <> %(sealed)s AND NOT EXISTS (
            SELECT 1 FROM cases_step r WHERE r.county = s.county AND r.number = s.number AND r.seq > s.seq
                AND r.move = 'reclassify')
) told
GROUP BY told.county, left(told.place, 9), told.item_id, told.post, told.afterwards
"""


def count_handled(*, now: datetime) -> int:
    """Count this month and the last one anew; how many lines came of it. Harmless when run twice.

    Stands everywhere; each month in a transaction of its own.
    """
    month, lines = timezone.localdate(now).replace(day=1), 0
    for _ in range(MONTHS_ANEW):
        lines += _count(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return lines


@transaction.atomic
def _count(month: date) -> int:
    following = (month + timedelta(days=32)).replace(day=1)
    Handled.objects.filter(month=month).delete()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {
            "month": month, "since": _midnight(month), "until": _midnight(following), "closed": State.CLOSED.value,
            "confirmed": sorted(state.value for state in CONFIRMED), "sealed": Secrecy.SEALED.value,
        })  # fmt: skip
        return int(cursor.rowcount)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware in the same breath
