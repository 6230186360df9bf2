"""Two people act in the same moment: the second begins while the first has not committed."""

import threading
from collections.abc import Callable

from django.db import connection, transaction

from tests.waiting import until
from yiwang.plumbing.refusals import Refused
from yiwang.plumbing.walls.ground import EVERYWHERE, standing_on


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def at_once(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """The second act begins while the first has not committed; gives what the second was refused with."""
    refused: list[str] = []

    def act() -> None:
        try:
            with standing_on(EVERYWHERE):
                second()
        except Refused as no:
            refused.append(no.code)
        finally:
            connection.close()

    other = threading.Thread(target=act)
    with transaction.atomic(), standing_on(EVERYWHERE):
        first()
        other.start()
        until(somebody_waits)
    other.join()
    return refused
