"""Set the ground of a transaction: the place codes whose inside it may see.

`SET LOCAL` is used, never a session setting: it ends with the transaction, cannot leak through a pool, and
reaches the workers of a distributed PostgreSQL.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.models import Q

from yiwang.plumbing.prepared import begin

SETTING = "yiwang.ground"
SEALED = "yiwang.sealed"
EVERYWHERE = ("*",)
NOWHERE: tuple[str, ...] = ()

# The ground, and the part of it on which sealed matters are seen too.
_standing: ContextVar[tuple[tuple[str, ...], tuple[str, ...]]] = ContextVar("ground", default=(NOWHERE, NOWHERE))


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


def _set(ground: tuple[str, ...], sealed: tuple[str, ...]) -> None:
    begin({SETTING: ",".join(ground), SEALED: ",".join(sealed)})


def _whole(codes: Iterable[str]) -> tuple[str, ...]:
    return EVERYWHERE if "*" in (listed := tuple(codes)) else outermost(listed)


@contextmanager
def standing_on(codes: Iterable[str], *, sealed: Iterable[str] | None = None) -> Iterator[None]:
    """Run a transaction that sees only what lies in these places; `EVERYWHERE` sees all.

    What is sealed is seen only in the places named so: a person's pages name where they investigate, and an operator
    of the whole installation sees none. Unless said, the platform's own work everywhere sees it, and nobody else.
    May be nested: the inner ground holds inside, the outer one comes back. A place code never contains a
    comma or a star, so the list can travel as one text.
    """
    ground = _whole(codes)
    unsealed = (EVERYWHERE if ground == EVERYWHERE else NOWHERE) if sealed is None else _whole(sealed)
    before = _standing.get()
    nested = connection.in_atomic_block
    token = _standing.set((ground, unsealed))
    try:
        with transaction.atomic():
            _set(ground, unsealed)
            yield
            # The end of the transaction forgets its ground by itself, and so does what is taken back.
            if nested and not transaction.get_rollback():
                _set(*before)
    finally:
        _standing.reset(token)


def reaches(code: str) -> bool:
    """Whether the present transaction stands on ground that holds this place: what it may change."""
    ground, _sealed = _standing.get()
    return ground == EVERYWHERE or code.startswith(ground)


@contextmanager
def past_the_wall() -> Iterator[None]:
    """As whoever signed in, who owns the tables: PostgreSQL takes no COPY through a wall. Within a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        (role,) = cursor.fetchone()
        cursor.execute("SET LOCAL ROLE NONE")
        yield
        cursor.execute("SELECT set_config('role', %s, true)", [role])
