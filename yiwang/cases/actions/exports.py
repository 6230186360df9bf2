"""Give out a list of cases, with a line in the trail: what leaves the platform is known."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries import FIRST, Filter, search
from yiwang.plumbing.audit.actions import note

AT_ONCE = 500


def export_cases(wanted: Filter, *, by: Actor, now: datetime, form: str) -> Iterator[Case]:
    """All of the actor's cases that are wanted, newest first, read page by page while they are written out.

    `form`: "csv" or "xlsx". The trail says who took which list before the first case is given.
    """
    asked: dict[str, Any] = {
        "place": wanted.place, "state": wanted.state, "item": wanted.item, "lead": wanted.lead, "text": wanted.text,
        "overdue": wanted.overdue_at is not None, "since": wanted.since.isoformat() if wanted.since else None,
    }  # fmt: skip
    note("export_cases", "cases", by=by.subject, ground=wanted.place, form=form, at=now.isoformat(), **asked)
    return _all(wanted, by)


def _all(wanted: Filter, by: Actor) -> Iterator[Case]:
    cursor: int | None = FIRST
    while cursor is not None:
        page = search(by, wanted, cursor=cursor, limit=AT_ONCE)
        yield from page.cases
        cursor = page.next
