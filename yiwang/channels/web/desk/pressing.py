"""Where a list of what waits goes on: the cursor in the address bar, in each of its orders."""

import re
from datetime import UTC, datetime, timedelta

from yiwang.cases.models import Case
from yiwang.cases.queries import Cursor, key_of

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(r"([0-9]{1,18})-([0-9]{16})")


def cursor_of(case: Case, sort: str = "") -> Cursor | None:
    """Behind this case."""
    key = key_of(case, sort)
    return (key, case.number) if key is not None else None


def cursor_out(cases: list[Case], limit: int, sort: str = "") -> str:
    """What goes into the address for the rest of a list that was read one line further than it is shown."""
    return written_cursor(cases[limit - 1], sort) if len(cases) > limit else ""


def written_cursor(case: Case, sort: str = "") -> str:
    """Behind this case, as it stands in an address."""
    cursor = cursor_of(case, sort)
    if cursor is None:
        return ""
    key, number = cursor
    return f"{(key - _BEGINNING) // timedelta(microseconds=1) if isinstance(key, datetime) else key}-{number:016}"


def cursor_in(written: str, sort: str = "") -> Cursor | None:
    """What came out of the address; whatever is no cursor begins at the beginning."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    key, number = found.groups()
    if sort == "place":
        return key, int(number)
    return (int(key) if sort else _moment(key)), int(number)


def _moment(key: str) -> datetime:
    """So many microseconds since 1970; what no clock shows is the beginning."""
    try:
        return _BEGINNING + timedelta(microseconds=int(key))
    except OverflowError:
        return _BEGINNING
