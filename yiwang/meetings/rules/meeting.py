"""The life of a meeting: called for a day, held or called off."""

from datetime import date, timedelta
from enum import StrEnum

from yiwang.plumbing.lifecycle import Life, move

FURTHEST = timedelta(days=366)


class State(StrEnum):
    """Where a meeting stands."""

    CALLED = "called"
    HELD = "held"
    CALLED_OFF = "called_off"


class Capacity(StrEnum):
    """As whom somebody acts on a meeting and on its agenda; `access` says who is what."""

    OWNER = "owner"  # was named at a meeting
    CHAIR = "chair"  # convenes and supervises there, and is not the owner
    KEEPER = "keeper"  # keeps agenda and minutes: supervises there
    CLOCK = "clock"


S, C = State, Capacity
LEADS = frozenset({C.CHAIR, C.KEEPER})
LIFE: Life[State, Capacity] = Life(
    S.CALLED,
    move("close", out_of={S.CALLED}, into=S.HELD, by=LEADS),
    move("call_off", out_of={S.CALLED}, into=S.CALLED_OFF, by=LEADS, needs={"text"}),
)


def day_fault(day: date, today: date) -> str:
    """Why there cannot be a meeting on that day, as a refusal's code."""
    return "" if today <= day <= today + FURTHEST else "meeting_day_unfit"


def has_met(day: date, today: date) -> bool:
    """Whether a meeting of that day can decide by now: not before it has met."""
    return day <= today
