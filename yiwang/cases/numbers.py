"""Hand out case numbers, and the secrets by which reporters come back to their report.

Counts are fetched from the database in blocks, one query for fifty: a number costs nothing on the hot path. What a
process did not use when it ended is never used; numbers may have gaps, never twins.
"""

import base64
import hmac
import threading
from datetime import date

from django.db import connection

from yiwang.cases.rules import number_of, plain_phone, written
from yiwang.plumbing.sealing import mark, marks

BLOCK = 50  # as the sequence `cases_count` counts
_OF_REPORT = "report"
_OF_PHONE = "phone"
_BYTES = 10

_lock = threading.Lock()
_left: list[int] = []


def next_number(county: str, day: date) -> int:
    """A number that no other case has. `county` is 6 digits."""
    with _lock:
        if not _left:
            _left.extend(reversed(range(*_block())))
        count = _left.pop()
    return number_of(county, day, count)


def next_counts(how_many: int) -> list[int]:
    """So many counts for `number_of` that no other case has, in one query: for many cases at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_count') FROM generate_series(1, %s)", [-(-how_many // BLOCK)])
        counts = [count for (first,) in cursor.fetchall() for count in range(first, first + BLOCK)]
    return counts[:how_many]


def _block() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_count')")
        (first,) = cursor.fetchone()
    return first, first + BLOCK


def secret_of(number: int) -> str:
    """The code with which whoever told this case finds it again: 80 bits, sixteen letters and digits. Never stored."""
    return _readable(mark(written(number), of=_OF_REPORT))


def is_secret_of(number: int, secret: str) -> bool:
    """Whether this is the code of that case, also one made before keys were changed."""
    given = secret.strip().upper().encode()
    known = (_readable(one).encode() for one in marks(written(number), of=_OF_REPORT))
    return any(hmac.compare_digest(given, one) for one in known)


def phone_mark(phone: str) -> bytes:
    """The mark by which the reports of a phone number are found again, however it is typed."""
    return phone_marks(phone)[0]


def phone_marks(phone: str) -> list[bytes]:
    """The same by every key there is."""
    return marks(plain_phone(phone), of=_OF_PHONE)


def _readable(marked: bytes) -> str:
    return base64.b32encode(marked[:_BYTES]).decode()
