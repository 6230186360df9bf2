"""The law of being done: who may look, whether the reporter must be asked, when a case may be opened again."""

from collections.abc import Iterable
from datetime import datetime

from yiwang.cases.rules.life import ENDED, Capacity, State
from yiwang.cases.rules.time import LATE_REOPENING

ENOUGH_ATTEMPTS = 3


def closed_in_time(due: datetime, closed: datetime) -> bool:
    """Whether a case was closed by when it was promised; the promised moment itself is in time."""
    return closed <= due


def may_not_check(*, handler: str, checker: str, handler_post: int | None, checker_post: int | None) -> str:
    """Somebody else looks: neither the person who finished nor anybody acting in the same post."""
    same_post = handler_post is not None and handler_post == checker_post
    return "own_work_not_checked" if handler == checker or same_post else ""


def may_not_name_item(state: State) -> str:
    """Whoever settles a report says what it is; once the desk has accepted it, that is decided."""
    return "" if state is State.REPORTED else "item_decided_already"


def may_join_up(whole: State, parts: Iterable[State]) -> bool:
    """Whether a split case goes on: all its parts have ended."""
    return whole is State.SPLIT and ENDED.issuperset(parts)


def may_not_close(state: State, *, reachable: bool, attempts: int) -> str:
    """A reporter who can be reached is asked before the case is closed; three attempts in vain are enough."""
    if state is State.CHECKED and reachable and attempts < ENOUGH_ATTEMPTS:
        return "reporter_not_asked_yet"
    return ""


def may_not_reopen(
    state: State,
    *,
    capacity: Capacity,
    reopened: int,
    satisfied: bool | None,
    closed_at: datetime | None,
    now: datetime,
) -> str:
    """Once by right, where the reporter is dissatisfied or comes within 14 days; after that a supervisor decides."""
    if capacity is Capacity.SUPERVISOR:
        return ""
    if reopened:
        return "reopened_by_right_already"
    if state is State.CALLED_BACK and satisfied and capacity is not Capacity.REPORTER:
        return "reporter_is_satisfied"
    if state is State.CLOSED and capacity is not Capacity.REPORTER:
        return "only_the_reporter_reopens"
    if closed_at is not None and now - closed_at > LATE_REOPENING:
        return "too_late_to_reopen"
    return ""
