"""Give out a list of cases, with a line in the trail: what leaves the platform is known."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries import FIRST, PRESSING, Filter, MineNow, inbox, key_of, mine_now, search, to_call
from yiwang.plumbing.audit.actions import note

AT_ONCE = 500


def export_cases(wanted: Filter, *, by: Actor, now: datetime, form: str, of: str = "cases") -> Iterator[Case]:
    """All of the actor's cases that are wanted, in the order of the list, read page by page while they are written.

    `of`: all "cases", those in the "inbox", or the "calls" to be made. `form`: "csv" or "xlsx". The trail says who
    took which list before the first case is given.
    """
    _note(wanted, by, now, form, of)
    return _LISTS[of](wanted, by)


def export_turns(wanted: Filter, *, by: Actor, now: datetime, form: str, most: int) -> MineNow:
    """What waits for the actor, to be written out; the trail says so first."""
    _note(wanted, by, now, form, "mine")
    return mine_now(by, wanted, most=most)


def _note(wanted: Filter, by: Actor, now: datetime, form: str, of: str) -> None:
    asked: dict[str, Any] = {
        "place": wanted.place, "state": wanted.state, "item": wanted.item, "lead": wanted.lead, "text": wanted.text,
        "overdue": wanted.overdue_at is not None, "since": wanted.since.isoformat() if wanted.since else None,
    }  # fmt: skip
    note("export_cases", "cases", by=by.subject, ground=wanted.place, form=form, of=of, at=now.isoformat(), **asked)


def _all(wanted: Filter, by: Actor) -> Iterator[Case]:
    cursor: int | None = FIRST
    while cursor is not None:
        page = search(by, wanted, cursor=cursor, limit=AT_ONCE)
        yield from page.cases
        cursor = page.next
        if wanted.sort == PRESSING and page.cases:
            wanted = replace(wanted, after=(key_of(page.cases[-1]), page.cases[-1].number))


def _waiting(ask: Callable[..., list[Case]]) -> Callable[[Filter, Actor], Iterator[Case]]:
    def read(wanted: Filter, by: Actor) -> Iterator[Case]:
        cases = ask(by, wanted, limit=AT_ONCE)
        while cases:
            yield from cases
            last = key_of(cases[-1], wanted.sort), cases[-1].number
            cases = ask(by, wanted, cursor=last, limit=AT_ONCE) if len(cases) == AT_ONCE else []

    return read


_LISTS = {"cases": _all, "inbox": _waiting(inbox), "calls": _waiting(to_call)}
