"""Give out a list of cases, with a line in the trail: what leaves the platform is known."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from yiwang.cases.access import Actor
from yiwang.cases.models import Case
from yiwang.cases.queries import FIRST, PRESSING, Filter, MineNow, inbox, mine_now, search, to_call
from yiwang.plumbing.audit.actions import note

AT_ONCE = 500


def export_cases(wanted: Filter, *, by: Actor, now: datetime, form: str, of: str = "cases") -> Iterator[Case]:
    """All of the actor's cases that are wanted, in the order of the list, read page by page while they are written.

    `of`: all "cases", those in the "inbox", or the "calls" to be made. `form`: "csv" or "xlsx". The trail says who
    took which list before the first case is given.
    """
    asked: dict[str, Any] = {
        "place": wanted.place, "state": wanted.state, "item": wanted.item, "lead": wanted.lead, "text": wanted.text,
        "overdue": wanted.overdue_at is not None, "since": wanted.since.isoformat() if wanted.since else None,
    }  # fmt: skip
    note("export_cases", "cases", by=by.subject, ground=wanted.place, form=form, of=of, at=now.isoformat(), **asked)
    return _LISTS[of](wanted, by)


def export_turns(*, by: Actor, now: datetime, form: str) -> MineNow:
    """What waits for the actor, to be written out; the trail says so first."""
    note("export_cases", "cases", by=by.subject, form=form, of="mine", at=now.isoformat())
    return mine_now(by)


def _all(wanted: Filter, by: Actor) -> Iterator[Case]:
    cursor: int | None = FIRST
    while cursor is not None:
        page = search(by, wanted, cursor=cursor, limit=AT_ONCE)
        yield from page.cases
        cursor = page.next
        if wanted.sort == PRESSING and page.cases:
            wanted = replace(wanted, after=_behind(page.cases[-1]))


def _waiting(ask: Callable[..., list[Case]]) -> Callable[[Filter, Actor], Iterator[Case]]:
    def read(wanted: Filter, by: Actor) -> Iterator[Case]:
        cases = ask(by, wanted, limit=AT_ONCE)
        while cases:
            yield from cases
            cases = ask(by, wanted, cursor=_behind(cases[-1]), limit=AT_ONCE) if len(cases) == AT_ONCE else []

    return read


def _behind(case: Case) -> tuple[datetime, int]:
    assert case.next_due_at is not None, "what waits is due"
    return case.next_due_at, case.number


_LISTS = {"cases": _all, "inbox": _waiting(inbox), "calls": _waiting(to_call)}
