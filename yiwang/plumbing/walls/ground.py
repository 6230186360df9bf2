"""Set the ground of a transaction: the place codes whose inside it may see.

`SET LOCAL` is used, never a session setting: it ends with the transaction, cannot leak through a pool, and
reaches the workers of a distributed PostgreSQL.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.models import Q

SETTING = "yiwang.ground"
EVERYWHERE = ("*",)
NOWHERE: tuple[str, ...] = ()

_standing: ContextVar[tuple[str, ...]] = ContextVar("ground", default=NOWHERE)


def outermost(codes: Iterable[str]) -> tuple[str, ...]:
    """The shortest list of prefixes that covers the same ground: a place inside another is dropped."""
    kept: list[str] = []
    for code in sorted(set(codes)):
        if not kept or not code.startswith(kept[-1]):
            kept.append(code)
    return tuple(kept)


def lies_in(column: str, codes: Iterable[str]) -> Q:
    """What lies inside these places, as a filter on a column of place codes (collation C); `EVERYWHERE` keeps all.

    A range and not LIKE, which may look at rows only behind the wall, where no index serves it.
    """
    listed = tuple(codes)
    if "*" in listed:
        return Q()
    inside = Q(pk__in=[])
    for code in listed:
        inside |= Q(**{f"{column}__gte": code, f"{column}__lt": f"{code}~"})
    return inside


def _set(codes: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, ",".join(codes)])


@contextmanager
def standing_on(codes: Iterable[str]) -> Iterator[None]:
    """Run a transaction that sees only what lies in these places; `EVERYWHERE` sees all.

    May be nested: the inner ground holds inside, the outer one comes back. A place code never contains a
    comma or a star, so the list can travel as one text.
    """
    ground = EVERYWHERE if "*" in (listed := tuple(codes)) else outermost(listed)
    before = _standing.get()
    nested = connection.in_atomic_block
    token = _standing.set(ground)
    try:
        with transaction.atomic():
            _set(ground)
            yield
            # The end of the transaction forgets its ground by itself.
            if nested:
                _set(before)
    finally:
        _standing.reset(token)


def reaches(code: str) -> bool:
    """Whether the present transaction stands on ground that holds this place: what it may change."""
    ground = _standing.get()
    return ground == EVERYWHERE or code.startswith(ground)
