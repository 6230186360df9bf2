"""Where a list that is most pressing first goes on: the cursor in the address bar, and who comes after whom."""

import re
from datetime import UTC, datetime, timedelta

from yiwang.cases.models import Case

Cursor = tuple[datetime, int]
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(r"([0-9]{1,17})-([0-9]{16})")


def cursor_of(case: Case) -> Cursor | None:
    """Behind this case."""
    return (case.next_due_at, case.number) if case.next_due_at else None


def cursor_out(cases: list[Case], limit: int) -> str:
    """What goes into the address for the rest of a list that was read one line further than it is shown."""
    return written_cursor(cases[limit - 1]) if len(cases) > limit else ""


def written_cursor(case: Case) -> str:
    """Behind this case, as it stands in an address."""
    cursor = cursor_of(case)
    return f"{(cursor[0] - _BEGINNING) // timedelta(microseconds=1)}-{cursor[1]:016}" if cursor else ""


def cursor_in(written: str) -> Cursor | None:
    """What came out of the address; whatever is no cursor begins at the beginning."""
    found = _WRITTEN.fullmatch(written)
    return (_BEGINNING + timedelta(microseconds=int(found[1])), int(found[2])) if found else None
