"""Which cases somebody sees, in lists that stay quick however many cases there are.

What lies on a ground is found by `cases_lying`, what a post has a part in by the post's own indexes. Both come newest
first, so that a page of them together needs no more than a page of each.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from yiwang.cases import rows
from yiwang.cases.access import CLOCK, Actor, involved, overseen
from yiwang.cases.models import Assignment, Case, Summons
from yiwang.cases.rules import WAITING, Told
from yiwang.catalogue.queries import catalogue
from yiwang.catalogue.rules import Secrecy
from yiwang.people.rules import WHOLE, Duty
from yiwang.plumbing.walls.ground import EVERYWHERE, lies_in, outermost

FIRST = 2**63 - 1
"""The cursor of a first page."""
MOST_COUNTED = 1000
"""Up to here a list is counted exactly."""
PRESSING = "pressing"
ORDERS = {"": "next_due_at", "newest": "-number", "oldest": "number", "place": "place", "item": "named"}
"""How what waits can be ordered, and by which column: what is due next first where nothing else is asked for."""
Cursor = tuple[Any, int]
"""Behind a case: what it is ordered by (`key_of`), and its number."""
_LYING = "SELECT cases_lying(%s, %s, %s, %s)"
_PRESSING = "SELECT cases_pressing(%s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases are wanted; what is empty is not asked. `place` (a prefix) and `item` are codes, `lead` a post.

    `item` may be a branch: all under it. `overdue_at`: what is due next was due before then. `since`: received then
    or later. `text` is searched for. `sort`: newest first, or with `PRESSING` what is due next first and nothing that
    is not due, from behind `after` (`next_due_at` and number of a case) on. `but`: which a room above leaves out.
    """

    place: str = ""
    state: str = ""
    item: str = ""
    lead: int | None = None
    overdue_at: datetime | None = None
    since: datetime | None = None
    text: str = ""
    sort: str = ""
    after: tuple[datetime, int] | None = None
    but: Q | None = None


ALL = Filter()


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases, and the cursor of what follows; none where nothing does."""

    cases: list[Case]
    next: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; `more`: at least so many, nobody has counted on."""

    n: int
    more: bool = False


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases that are this actor's to see: on ground they look after, with a part of their posts, or their own.

    Sealed ones only for those who investigate on that ground.
    """
    if actor.itself:
        return Case.objects.all() if actor == CLOCK else Case.objects.none()
    posts = involved(actor)
    theirs = (
        lies_in("place", overseen(actor))
        | Q(lead__in=posts)
        | Exists(Assignment.objects.filter(case=OuterRef("number"), county=OuterRef("county"), post__in=posts))
        | Exists(Summons.objects.filter(case=OuterRef("number"), county=OuterRef("county"), post__in=posts))
        | Q(teller=actor.identity)
    )
    return Case.objects.filter(
        (~Q(secrecy=Secrecy.SEALED) & theirs)
        | (Q(secrecy=Secrecy.SEALED) & lies_in("place", overseen(actor, sealed=True)))
    )


def listed(actor: Actor, wanted: Filter, *, cursor: int = FIRST, limit: int = 50) -> Page:
    """The actor's cases with a number below the cursor, newest first, or in the order that is wanted.

    `wanted.text` is not looked at here.
    """
    numbers = _numbers(actor, wanted, before=cursor, most=limit + 1)
    if wanted.sort == PRESSING:
        cases = [case for case in read(numbers) if case.next_due_at]
        cases.sort(key=lambda case: (case.next_due_at, case.number))
        return Page(cases[:limit], cases[limit - 1].number if len(cases) > limit else None)
    return Page(read(numbers[:limit]), numbers[limit - 1] if len(numbers) > limit else None)


def count_listed(actor: Actor, wanted: Filter) -> Count:
    """How many cases `listed` has in all: exact up to `MOST_COUNTED`."""
    return counted(len(_numbers(actor, replace(wanted, after=None), before=FIRST, most=MOST_COUNTED + 1)))


def counted(found: int) -> Count:
    """So many were found by somebody who stopped one behind `MOST_COUNTED`."""
    return Count(min(found, MOST_COUNTED), more=found > MOST_COUNTED)


def _numbers(actor: Actor, wanted: Filter, *, before: int, most: int) -> list[int]:
    """So many of them from each place where there are some; the highest numbers first."""
    found: set[int] = set()
    for ground, sealed in _grounds(actor, wanted.place):
        found.update(_lying(ground, wanted, sealed=sealed, before=before, most=most))
    if not _looks_after(actor, wanted.place):
        found.update(_with_a_part(actor, wanted, before=before, most=most))
    return sorted(found, reverse=True)


def inbox(actor: Actor, wanted: Filter = ALL, *, cursor: Cursor | None = None, limit: int = 50) -> list[Case]:
    """Cases waiting at the desks where the actor has TRIAGE, the most pressing first, or as `wanted.sort` says."""
    return in_order(_at_desk(actor, wanted), wanted.sort, cursor, limit)


def count_inbox(actor: Actor, wanted: Filter = ALL) -> Count:
    """How many cases wait there, exact up to `MOST_COUNTED`."""
    return counted(_at_desk(actor, wanted)[: MOST_COUNTED + 1].count())


def key_of(case: Case, sort: str = "") -> Any:
    """By what the case stands where it stands in one of the `ORDERS`; what is not named stands before all items."""
    return {"": case.next_due_at, "place": case.place, "item": case.item_id or 0}.get(sort, case.number)


def in_order(cases: QuerySet[Case], sort: str, cursor: Cursor | None, limit: int) -> list[Case]:
    """So many of these cases behind the cursor, in one of the `ORDERS`."""
    column = ORDERS.get(sort, ORDERS[""])
    cases = cases.alias(named=Coalesce("item", 0))
    if cursor and sort == "newest":
        cases = cases.filter(number__lt=cursor[1])
    elif cursor:
        key, number = cursor
        cases = cases.filter(Q((f"{column}__gt", key)) | Q((column, key), number__gt=number))
    return list(cases.order_by(column, "number")[:limit])


def _at_desk(actor: Actor, wanted: Filter) -> QuerySet[Case]:
    desks = outermost(grant.ground for grant in actor.grants if Duty.TRIAGE in grant.duties)
    waiting = Case.objects.filter(
        ~Q(secrecy=Secrecy.SEALED), lies_in("desk", EVERYWHERE if WHOLE in desks else desks), state__in=_WAITING
    )
    return narrowed(waiting, wanted)


def read(numbers: list[int]) -> list[Case]:
    """These cases in this order; what the wall hides is left out."""
    found = {case.number: case for case in rows.many(numbers)}
    return [found[number] for number in numbers if number in found]


def narrowed(cases: QuerySet[Case], wanted: Filter) -> QuerySet[Case]:
    """Those of the cases that are wanted; the text is not looked at."""
    if wanted.place:
        cases = cases.filter(lies_in("place", [wanted.place]))
    if wanted.state:
        cases = cases.filter(state=wanted.state)
    if wanted.item:
        cases = cases.filter(item__in=_items(wanted.item))
    if wanted.lead is not None:
        cases = cases.filter(lead=wanted.lead)
    if wanted.overdue_at:
        cases = cases.filter(next_due_at__lt=wanted.overdue_at)
    if wanted.since:
        cases = cases.filter(opened_at__gte=wanted.since)
    return cases.exclude(wanted.but) if wanted.but is not None else cases


_WAITING = sorted(state.value for state in WAITING)


def _grounds(actor: Actor, place: str) -> Iterator[tuple[str, bool]]:
    """Where the actor looks after everything, narrowed to a place; and whether it is sealed cases that they see."""
    for sealed in (False, True):
        for code in overseen(actor, sealed=sealed):
            ground = "" if code == "*" else code
            if place.startswith(ground):
                yield place, sealed
            elif ground.startswith(place):
                yield ground, sealed


def _looks_after(actor: Actor, place: str) -> bool:
    """Whether all that is asked for lies on ground the actor looks after: no part of theirs is left to look for."""
    return any(code == "*" or place.startswith(code) for code in overseen(actor))


def _lying(ground: str, wanted: Filter, *, sealed: bool, before: int, most: int) -> list[int]:
    asked: dict[str, Any] = {"sealed": True} if sealed else {}
    if wanted.state:
        asked["state"] = wanted.state
    if wanted.item:
        asked["items"] = _items(wanted.item)
    if wanted.lead is not None:
        asked["lead"] = wanted.lead
    if wanted.overdue_at:
        asked["overdue_at"] = wanted.overdue_at.isoformat()
    if wanted.since:
        asked["since"] = wanted.since.isoformat()
    at, number = wanted.after or (None, None)
    with connection.cursor() as cursor:
        if wanted.sort == PRESSING:
            cursor.execute(_PRESSING, [ground, json.dumps(asked), at, number, most])
        else:
            cursor.execute(_LYING, [ground, json.dumps(asked), before, most])
        return [number for (number,) in cursor.fetchall()]


def _with_a_part(actor: Actor, wanted: Filter, *, before: int, most: int) -> list[int]:
    """Numbers of cases in which one of the actor's posts has or had a part, or which they brought in themselves."""
    cases = narrowed(Case.objects.filter(~Q(secrecy=Secrecy.SEALED), number__lt=before), wanted)
    order = ["-number"]
    if wanted.sort == PRESSING:
        order, cases = ["next_due_at", "number"], cases.filter(next_due_at__isnull=False)
    if wanted.sort == PRESSING and wanted.after:
        at, number = wanted.after
        cases = cases.filter(Q(next_due_at__gt=at) | Q(next_due_at=at, number__gt=number))
    shapes = [cases.filter(teller=actor.identity, told=Told.WORKER)]
    for post in sorted(involved(actor)):
        # Said on both tables, so that each index can be read from the cursor on.
        shapes += [
            cases.filter(lead=post),
            cases.filter(assignments__post=post, assignments__case__lt=before),
            cases.filter(summons__post=post, summons__case__lt=before),
        ]
    columns = [column.removeprefix("-") for column in order]
    first, *others = (shape.order_by(*order).values_list(*columns).distinct()[:most] for shape in shapes)
    together = first.union(*others).order_by(*order)[:most] if others else first
    return [row[-1] for row in together]


def _items(code: str) -> list[int]:
    """The items with this code, of whichever county, and all that hangs under them."""
    heads = {line.id for line in catalogue() if line.code == code}
    return [line.id for line in catalogue() if not heads.isdisjoint(line.path)]
