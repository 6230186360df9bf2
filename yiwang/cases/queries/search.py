"""Cases found by words: Chinese text as pairs of neighbouring characters, everything else as words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from yiwang.cases import rows
from yiwang.cases.access import Actor, overseen, oversees
from yiwang.cases.models import Case
from yiwang.cases.queries.listing import (
    ALL,
    FIRST,
    MOST_COUNTED,
    Count,
    Filter,
    Page,
    count_listed,
    listed,
    narrowed,
    read,
    visible_to,
)
from yiwang.cases.rules import sought_of

# What was told just now is put in its place in the index first: each of many looks would read through it else.
_FOUND = """
WITH written AS MATERIALIZED (SELECT cases_words_written())
SELECT cases_found(%s::text[], %s::text[], %s, %s, %s, %s) FROM written
"""
# Most of the first candidates are wanted as a rule. Where they are not, as many again are looked at as should fill the
# page by the share that was, and in all no more than cost no wait; so, too, of what was told to find them.
_LOOKED_AT = 1000
_READ = 2000
_SPARE = 4
_TOLD = ("number", "text", "address")
_Told = tuple[int, Case | None]
_RUN = re.compile(r"\S+")


def search(actor: Actor, wanted: Filter, *, cursor: int = FIRST, limit: int = 50) -> Page:
    """The actor's cases that say `wanted.text` (parts parted by spaces must all be said), newest first.

    A page may hold fewer than `limit` and still have a next one: only so many candidates are looked at for one page.
    A text in which nothing can be searched for finds nothing; without a text this is `listed`.
    """
    if not wanted.text.strip():
        return listed(actor, wanted, cursor=cursor, limit=limit)
    found, following = _found(actor, wanted, cursor, limit, whole=limit + _SPARE)
    others = [number for number, case in found if case is None]
    cases = (*(case for _number, case in found if case), *(read(others) if others else ()))
    return Page(sorted(cases, key=lambda case: -case.number), following)


def count(actor: Actor, wanted: Filter) -> Count:
    """How many cases `search` has in all, as far as so many candidates are looked at as for one page."""
    if not wanted.text.strip():
        return count_listed(actor, wanted)
    found, following = _found(actor, wanted, FIRST, MOST_COUNTED, whole=0)
    return Count(len(found), more=following is not None)


def _found(actor: Actor, wanted: Filter, cursor: int, limit: int, *, whole: int) -> tuple[list[_Told], int | None]:
    sought, runs = sought_of(wanted.text), _RUN.findall(_plain(wanted.text))
    found: list[_Told] = []
    if not sought:
        return found, None
    looked_at, most = 0, limit + _SPARE
    while looked_at < max(_LOOKED_AT, limit):
        candidates, stopped = _candidates(sought, runs, wanted.place, before=cursor, most=most)
        found += _kept(actor, wanted, runs, candidates, whole=len(candidates) <= whole) if candidates else ()
        if len(found) > limit:
            return found[:limit], found[limit - 1][0]
        if stopped or len(candidates) < most:
            return found, stopped
        cursor, looked_at = candidates[-1], looked_at + most
        most = _SPARE + looked_at * (limit + 1 - len(found)) // max(len(found), 1)
        most = min(most, looked_at * 4, _LOOKED_AT)
    return found, cursor


def _candidates(
    sought: list[str], runs: list[str], place: str, *, before: int, most: int
) -> tuple[list[int], int | None]:
    """Numbers of cases that say it, and where the looking stopped because enough was read; none where it did not."""
    with connection.cursor() as cursor:
        phrases = [run for run in runs if _is_plain_everywhere(run)]
        cursor.execute(_FOUND, [sought, phrases, place, before, most, _READ])
        numbers = [number for (number,) in cursor.fetchall()]
    stopped = -numbers.pop() if numbers and numbers[-1] < 0 else None
    return numbers, stopped


def _is_plain_everywhere(run: str) -> bool:
    """Letters beyond ASCII are made small by the rules of a database's own language: they are looked at here alone."""
    return run.isascii() or all(one.isascii() or one.lower() == one.upper() for one in run)


def _kept(actor: Actor, wanted: Filter, runs: list[str], candidates: list[int], *, whole: bool) -> Iterator[_Told]:
    """Of the candidates what the actor may see and wants; what was looked for stands there as a whole."""
    told: Iterable[tuple[Any, ...]]
    if whole:
        told = ((case.number, case.text, case.address, case) for case in _theirs(actor, wanted, candidates))
    else:
        told = _among(actor, wanted, candidates).values_list(*_TOLD)
    for number, text, address, *case in told:
        said = _plain(f"{text} {address}")
        if all(run in said for run in runs):
            yield number, case[0] if case else None


def _theirs(actor: Actor, wanted: Filter, candidates: list[int]) -> Iterable[Case]:
    """Of a page of candidates what the actor may see and wants; who looks after all of it needs no question more."""
    asks_more = replace(wanted, text="", place="") != ALL
    if not asks_more and not actor.itself and overseen(actor):
        cases = rows.many(candidates)
        if all(oversees(actor, case) for case in cases):
            return [case for case in cases if case.place.startswith(wanted.place)]
    return _among(actor, wanted, candidates)


def _among(actor: Actor, wanted: Filter, candidates: list[int]) -> QuerySet[Case]:
    # One array: a thousand figures, each with a place of its own in the statement, take longer than the looking.
    among = RawSQL("cases_case.number = ANY(%s)", [candidates], output_field=BooleanField())
    return narrowed(visible_to(actor).filter(among), wanted).order_by("-number")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
