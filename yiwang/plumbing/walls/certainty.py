"""Up to which moment everything is recorded: for those who follow what others write."""

from datetime import datetime

from django.db import connection


def certain_at() -> datetime:
    """The moment before which nothing more can be recorded, whatever is still under way.

    To be asked in a statement of its own, before what was recorded is read. See migration 0002.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT yiwang_certain_at()")
        (at,) = cursor.fetchone()
    assert isinstance(at, datetime)
    return at
