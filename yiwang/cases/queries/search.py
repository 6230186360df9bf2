"""Cases found by words: Chinese text as pairs of neighbouring characters, everything else as words."""

import re
import unicodedata

from django.db import connection

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries.listing import FIRST, Filter, Page, listed, narrowed, visible_to
from yiwang.cases.rules import query_of

_FOUND = "SELECT cases_found(%s, %s, %s, %s)"
# What is wanted beside the words may be rare among what they find: each batch is larger than the one before. Of the
# first, most is wanted as a rule.
_BATCHES = (100, 600, 5000)
_SPARE = 10
_RUN = re.compile(r"\S+")


def search(actor: Actor, wanted: Filter, *, cursor: int = FIRST, limit: int = 50) -> Page:
    """The actor's cases that say `wanted.text` (parts parted by spaces must all be said), newest first.

    A page may hold fewer than `limit` and still have a next one: only so many candidates are looked at for one page.
    A text in which nothing can be searched for finds nothing; without a text this is `listed`.
    """
    if not wanted.text.strip():
        return listed(actor, wanted, cursor=cursor, limit=limit)
    sought = query_of(wanted.text)
    if not sought:
        return Page([], None)
    found: list[Case] = []
    for most in (limit + _SPARE, *_BATCHES):
        candidates = _candidates(sought, wanted.place, before=cursor, most=most)
        found += _kept(actor, wanted, candidates)
        if len(found) > limit:
            return Page(found[:limit], found[limit - 1].number)
        if len(candidates) < most:
            return Page(found, None)
        cursor = candidates[-1]
    return Page(found, cursor)


def _candidates(sought: str, place: str, *, before: int, most: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [sought, place, before, most])
        return [number for (number,) in cursor.fetchall()]


def _kept(actor: Actor, wanted: Filter, candidates: list[int]) -> list[Case]:
    cases = narrowed(visible_to(actor).filter(number__in=candidates), wanted).order_by("-number")
    return [case for case in cases if _says(case, wanted.text)]


def _says(case: Case, text: str) -> bool:
    """Pairs may be found apart from each other: what was looked for must stand there as a whole."""
    said = _plain(f"{case.text} {case.address}")
    return all(run in said for run in _RUN.findall(_plain(text)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
