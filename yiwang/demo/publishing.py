"""What the demonstration county would have published by now: the months of its year, its last weeks and days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from yiwang.demo import COUNTY
from yiwang.demo.cases import DAYS
from yiwang.insight import opening, publishing
from yiwang.insight.rules.bulletins import Kind, newest
from yiwang.proof.actions import make_digests

_LAST_DAYS, _LAST_WEEKS = 7, 4


def past(today: date) -> Iterator[tuple[Kind, date]]:
    """What is published, the newest of its kind first: each with its first day. A month lies wholly in the year."""
    for day in range(1, _LAST_DAYS + 1):
        yield Kind.DAY, today - timedelta(days=day)
    week = newest(Kind.WEEK, today)
    for back in range(_LAST_WEEKS):
        yield Kind.WEEK, week - timedelta(weeks=back)
    month, begun = newest(Kind.MONTH, today), today - timedelta(days=DAYS)
    while month > begun:
        yield Kind.MONTH, month
        month = newest(Kind.MONTH, month)


def publish(kind: Kind, first: date, *, now: datetime) -> list[str]:
    """Publish one of them over a history that is signed day by day, and open it where it is a month. Twice is once."""
    make_digests(now=now)
    published = publishing.publish(COUNTY, kind, first, now=now)
    opening.open_published(now=now)
    return published
