"""The history of another system: which times can be true, and which steps a case must have gone through there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from yiwang.cases.rules.life import ENDED, LIFE, OPEN, State
from yiwang.cases.rules.telling import CLOCK_MAY_BE_AHEAD

OLDEST_HISTORY = date(1970, 1, 1)
LATEST_PROMISE = timedelta(days=20 * 366)
MOST_STEPS = 500
_DAY = r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?"
_HOUR = r"([0-9]{1,2})[:时点]([0-9]{1,2})(?:[:分]([0-9]{1,2}))?[分秒]?"
_PARTS = re.compile(f"{_DAY}(?:[ T]*{_HOUR})?")
# What is still open elsewhere waits here to be classified or dispatched anew: nobody here has signed for it.
TAKEN_OVER = frozenset({State.REPORTED, State.ACCEPTED, State.CLOSED, State.DECLINED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class PastStep:
    """One step as another system tells it, and the state after it. `department`: to whom it was given, in words."""

    at: datetime
    move: str
    state: State
    reason: str = ""
    department: str = ""


def moment_of(text: str, zone: tzinfo, *, end_of_day: bool = False) -> datetime | None:
    """A moment as systems write it; without an offset in `zone`; None for what is none.

    A date alone is its midnight, or with `end_of_day` its last microsecond.
    """
    found = _read(text)
    if found is None:
        return None
    if end_of_day and len(text) <= len("2026年03月02日") and found.time() == time.min:
        found = datetime.combine(found.date(), time.max, found.tzinfo)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _read(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        parts = _PARTS.fullmatch(text)
    try:
        return datetime(*(int(part or 0) for part in parts.groups())) if parts else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None


def past_time_fault(*, opened: datetime, due: datetime | None, closed: datetime | None, now: datetime) -> str:
    """Which of the three cannot be true, as the column's name; empty when all can.

    Opened and closed between 1970 and now, a promise at most twenty years ahead, closed not before opened.
    """
    ahead = now + CLOCK_MAY_BE_AHEAD
    if not _lies(opened, ahead):
        return "opened"
    if due is not None and not _lies(due, now + LATEST_PROMISE):
        return "due"
    if closed is not None and not (_lies(closed, ahead) and opened <= closed):
        return "closed"
    return ""


def _lies(at: datetime, until: datetime) -> bool:
    return at.date() >= OLDEST_HISTORY and at <= until


def state_fault(state: State, closed: datetime | None) -> str:
    """Why a case cannot be taken over in this state, as a refusal's code; empty when it can."""
    if state not in TAKEN_OVER:
        return "past_state_unfit"
    if state in ENDED and closed is None:
        return "past_ended_without_time"
    return "past_open_with_closing_time" if state not in ENDED and closed is not None else ""


def taken_over(state: State, *, has_item: bool) -> State:
    """The state in which a case waits here: without an item it must be classified first."""
    return State.REPORTED if state is State.ACCEPTED and not has_item else state


def is_open(state: State) -> bool:
    """Whether somebody here must still do something about a case in this state."""
    return state in OPEN


_ENDING = {State.DECLINED: "decline", State.WITHDRAWN: "withdraw"}


def derived(state: State, *, opened: datetime, closed: datetime | None, department: str) -> Iterator[PastStep]:
    """The steps that a case must have gone through, as far as the dates tell: told, given to a department, done."""
    yield PastStep(opened, "report", State.REPORTED)
    if state is State.ACCEPTED:
        yield PastStep(opened, "accept", state)
    if closed is None:
        return
    if state in _ENDING:
        yield PastStep(closed, _ENDING[state], state)
        return
    if department:
        yield PastStep(opened, "dispatch", State.DISPATCHED, department=department)
    yield PastStep(closed, "finish", State.FINISHED)
    yield PastStep(closed, "close", State.CLOSED)


def walked(told: Sequence[tuple[datetime, str, str]], *, opened: datetime) -> list[PastStep]:
    """Steps as told (when, which move, why) with the state after each, as our table leads on.

    Another system's order is kept as it is. Where the telling does not begin with it, the report is put in front.
    """
    state, found = LIFE.first, list[PastStep]()
    if not told or told[0][1] != "report":
        found.append(PastStep(opened, "report", state))
    for at, move, reason in told:
        state = state if move == "report" else LIFE.moves[move].into or state
        found.append(PastStep(at, move, state, reason))
    return found


def ended_with(steps: list[PastStep], state: State, closed: datetime | None) -> list[PastStep]:
    """The same steps, led to the state in which the case is said to be; empty where that is not possible."""
    if steps[-1].state is state:
        return steps
    if state in ENDED and closed is not None:
        return [*steps, PastStep(closed, _ENDING.get(state, "close"), state)]
    return []
